import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { withReferences } from './character-references.ts'

/** The rules as one expression: right, and slow for some texts. */
const MEANINGFUL = new RegExp(
  [
    /[!"#$%&'()*+<=>?@[\\\]^`{|}~]/,
    /(?<![A-Za-z0-9])[-_]|[-_](?![A-Za-z0-9])/,
    /(?<=^[A-Za-z]+\d*\.*)\./,
    /[:;](?=[^\s\d])/,
    /\.(?=\.)|(?<=\.)\.|(?<=\bwww)\./i,
    /(?<=(?<![A-Za-z0-9])[A-Z][A-Z0-9_]*)-(?=\d)/,
    /(?<=\d[\d.,]* ?)x(?= ?[\d.,])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
)
const byRules = (text: string) => text.replace(MEANINGFUL, char => `&#${char.codePointAt(0)};`)

describe('text as numeric references', () => {
  it('has each character that means something to Jira or Textile, and no other', () => {
    const texts = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'.-_:;x ,w19AaZ0/([&あ'), maxLength: 30 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc
        .array(fc.constantFrom('DESK-12', 'www.', '2 x 3', 'h3. ', 'bq..', ':)', 'AAA0_1', '...', '1.5x2'), {
          maxLength: 4,
        })
        .map(parts => parts.join('')),
    )
    fc.assert(
      fc.property(texts, text => {
        expect(withReferences(text)).toBe(byRules(text))
      }),
      { numRuns: 20_000 },
    )
  })

  it.each(['.', 'a.', '-', 'A-', '1 x ', '1', 'www.', '&', '<html>'])(
    '35: takes twice the steps for twice of %j, and no more',
    unit => {
      const steps = (count: number) => {
        const looks = vi.spyOn(String.prototype, 'charCodeAt')
        withReferences(`<html>${unit.repeat(count)}`)
        const { length } = looks.mock.calls
        looks.mockRestore()
        return length
      }
      expect(steps(4_000)).toBeLessThan(2.2 * steps(2_000))
    },
  )
})
