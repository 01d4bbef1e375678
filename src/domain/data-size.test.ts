import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dataSize, type KbBase, rawKb } from './data-size.ts'

const bases = [1024, 1000] as const

describe('a size for people', () => {
  it.each<[KbBase, number, string, boolean]>([
    [1024, 0, '0 KB', false],
    [1024, 1, '1 KB', false],
    [1024, 100, '100 KB', false],
    [1024, 1000, '1,000 KB', false],
    [1024, 1023, '1,023 KB', false],
    [1024, 1024, '1.0 MB', true],
    [1024, 1536, '1.5 MB', true],
    [1024, 10_240, '10.0 MB', true],
    [1024, 1024 * 1000, '1,000.0 MB', true],
    [1024, 1024 * 1023, '1,023.0 MB', true],
    [1024, 1024 * 1024 - 52, '1,023.9 MB', true],
    [1024, 1024 * 1024 - 51, '1.00 GB', true],
    [1024, 1024 * 1024 - 1, '1.00 GB', true],
    [1024, 1024 * 1024, '1.00 GB', true],
    [1024, 1_289_748, '1.23 GB', true],
    [1024, 1024 * 1024 * 1234, '1,234.00 GB', true],
    [1000, 999, '999 KB', false],
    [1000, 1000, '1.0 MB', true],
    [1000, 1024, '1.0 MB', true],
    [1000, 1500, '1.5 MB', true],
    [1000, 999_949, '999.9 MB', true],
    [1000, 999_950, '1.00 GB', true],
    [1000, 1_000_000, '1.00 GB', true],
    [1000, 1_289_748, '1.29 GB', true],
  ])('with %i to a unit, %i KB is shown as %s', (base, kb, text, converted) => {
    expect(dataSize(kb, base)).toEqual({ text, converted })
  })

  it.each(bases)('has the digits that the language’s own rules give it (%i)', base => {
    const written = (value: number, digits: number) =>
      new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
        value,
      )
    // Averages are no whole numbers, and a figure may be any that JavaScript knows.
    const figures = fc.oneof(
      fc.nat({ max: 2 ** 31 - 1 }),
      fc.maxSafeNat(),
      fc.maxSafeNat().map(kb => kb / 7),
      fc.nat({ max: 99_999 }).map(kb => kb * 50),
      fc.double({ min: 0, max: Number.MAX_SAFE_INTEGER, noNaN: true }),
    )
    fc.assert(
      fc.property(figures, kb => {
        const unit = dataSize(kb, base).text.slice(-2)
        const [value, digits] = { KB: [kb, 0], MB: [kb / base, 1], GB: [kb / base / base, 2] }[unit] ?? []
        expect(dataSize(kb, base).text).toBe(`${written(value ?? Number.NaN, digits ?? 0)} ${unit}`)
        expect(rawKb(kb)).toBe(`${written(kb, 0)} KB`)
      }),
      { numRuns: 2_000 },
    )
  })

  it.each(bases)('never names a whole unit in the smaller one (%i)', base => {
    const wrong = base === 1024 ? ['1,024 KB', '1,024.0 MB'] : ['1,000 KB', '1,000.0 MB']
    for (let kb = base * base - 2 * base; kb <= base * base + base; kb++) {
      expect(wrong).not.toContain(dataSize(kb, base).text)
    }
  })

  it('says that it was converted exactly where it is not in KB', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.constantFrom(...bases), (kb, base) => {
        const { text, converted } = dataSize(kb, base)
        expect(text).toMatch(/^\d{1,3}(?:,\d{3})*(?: KB|\.\d MB|\.\d\d GB)$/)
        expect(converted).toBe(!text.endsWith(' KB'))
      }),
    )
  })

  it('is never further off than its last digit', () => {
    fc.assert(
      fc.property(fc.nat(4_000_000_000), fc.constantFrom(...bases), (kb, base) => {
        const [figure = '', unit] = dataSize(kb, base).text.split(' ')
        const size = unit === 'KB' ? 1 : unit === 'MB' ? base : base * base
        const last = unit === 'KB' ? 0 : unit === 'MB' ? 0.05 : 0.005
        expect(Math.abs(Number(figure.replaceAll(',', '')) - kb / size)).toBeLessThanOrEqual(last + 1e-6)
      }),
    )
  })

  it('grows with the figure', () => {
    const units = ['KB', 'MB', 'GB']
    const rank = (kb: number, base: KbBase) => units.indexOf(dataSize(kb, base).text.split(' ')[1] ?? '')
    fc.assert(
      fc.property(fc.nat(2_000_000), fc.nat(2_000_000), fc.constantFrom(...bases), (a, b, base) => {
        expect(rank(Math.min(a, b), base)).toBeLessThanOrEqual(rank(Math.max(a, b), base))
      }),
    )
  })
})

describe('the raw figure', () => {
  it.each([
    [0, '0 KB'],
    [999, '999 KB'],
    [1_289_748, '1,289,748 KB'],
    [Number.MAX_SAFE_INTEGER, '9,007,199,254,740,991 KB'],
  ])('of %i KB is %s', (kb, text) => {
    expect(rawKb(kb)).toBe(text)
  })

  it('can be read back digit for digit', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), kb => {
        expect(Number(rawKb(kb).replace(/\D/g, ''))).toBe(kb)
      }),
    )
  })
})
