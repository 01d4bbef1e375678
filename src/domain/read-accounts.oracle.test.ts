import fc from 'fast-check'
import { findPhoneNumbersInText } from 'libphonenumber-js/max'
import { describe, expect, it } from 'vitest'
import type { Account } from './account.ts'
import { findLines } from './find-lines.ts'
import { plainText } from './plain-text.ts'
import { readAccounts } from './read-accounts.ts'
import { numberCorpus } from './testing/number-corpus.ts'
import { spellings } from './testing/spellings.ts'

/** The mobile and machine-to-machine lines that the field's own library finds in a text, in national form. */
function foundByLibrary(text: string): readonly string[] {
  const found = findPhoneNumbersInText(text, 'JP').map(({ number }) => number)
  return [
    ...new Set(
      found
        .filter(number => number.country === 'JP' && ['MOBILE', 'PAGER'].includes(number.getType() ?? ''))
        .map(number => `0${number.nationalNumber}`),
    ),
  ]
}

interface Disagreement {
  readonly reason: string
  /** The text in a spelling that the library knows, or null where it does not know the number at all. */
  readonly translated: (text: string, account: Account) => string | null
}

/** Every way in which our reader and the library differ on a text where we read one line, with the reason. */
const disagreements: readonly Disagreement[] = [
  {
    reason: 'the library knows no 14-digit lines (0200, machine to machine)',
    translated: (text, { id }) => (id.length === 14 ? null : text),
  },
  {
    reason:
      'its metadata has no line whose fourth digit is 0; whether one is assigned is the carrier’s to say',
    translated: (text, { id }) => (/^0[679]00/.test(id) ? null : text),
  },
  {
    reason: 'it takes these dashes and dots, which Japanese IMEs type, for words',
    translated: text => text.replace(/[ー\uff70・･·•〜～∼~━─˗⁻゠\u2e3a\ufe63．]/g, '-'),
  },
  {
    reason: 'it knows no other dialling prefix than Japan’s own 010',
    translated: text => text.replace(/^\(?(?:0081|００８１)\)?/, '+81'),
  },
  {
    reason: 'it joins no digits over a tab or a space that is not plain',
    translated: text => text.replace(/[\t\u2009]+/g, ' '),
  },
  {
    reason: 'it leaves numbers alone that touch Latin letters',
    translated: text => text.replace(/(?:tel|phone|mobile|fax|cell)(?=\d)/gi, ' '),
  },
  {
    reason: 'it takes figures beside a number (a count, a date, a time) for more of its digits',
    translated: (text, { id }) => {
      const plain = plainText(text)
      const own = findLines(plain.text).find(line => line.id === id)
      if (own === undefined) return text
      return plain.text.replace(/\d+/g, (figures, at: number) =>
        at >= own.from && at < own.to ? figures : '、'.repeat(figures.length),
      )
    },
  },
]

/**
 * The reasons needed to make the library agree with us; null if it disagrees even with all of them applied.
 */
function reasonsFor(text: string, account: Account): readonly string[] | null {
  const reasons: string[] = []
  let translated = text
  for (const { reason, translated: translate } of [null, ...disagreements].map(
    one => one ?? { reason: '', translated: (same: string) => same },
  )) {
    const next = translate(translated, account)
    if (next === null) return [reason]
    if (next !== translated && reason !== '') reasons.push(reason)
    translated = next
    if (foundByLibrary(translated).join() === account.id) return reasons
  }
  return null
}

describe('wherever we read one line, libphonenumber finds exactly that line in the same text', () => {
  const read = numberCorpus.flatMap(([text]) => {
    const reading = readAccounts(text)
    return reading.found === 'one' && reading.account.kind === 'line'
      ? [[text, reading.account] as const]
      : []
  })

  it.each(read)('%j', (text, account) => {
    expect(reasonsFor(text, account)).not.toBeNull()
  })

  it('in every usual spelling', () => {
    fc.assert(
      fc.property(spellings, ({ id, text }) => {
        expect(reasonsFor(text, { kind: 'line', id })).not.toBeNull()
      }),
      { numRuns: 2_000 },
    )
  })

  it('and each listed disagreement is a real one', () => {
    const used = new Set(read.flatMap(([text, account]) => reasonsFor(text, account) ?? []))
    expect(disagreements.map(({ reason }) => reason).filter(reason => !used.has(reason))).toEqual([])
  })
})
