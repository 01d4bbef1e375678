import { describe, expect, it } from 'vitest'
import { readAccounts } from './read-accounts.ts'
import { numberCorpus } from './testing/number-corpus.ts'

/** A reading in the corpus's words. */
function written(text: string): string {
  const reading = readAccounts(text)
  if (reading.found === 'one') return `one ${reading.account.id}`
  if (reading.found === 'several') return `ask ${reading.accounts.map(({ id }) => id).join(' ')}`
  return reading.problem === 'ZERO_LOST' ? `lost ${reading.likely.id}` : `none ${reading.problem}`
}

describe('a text as people write it', () => {
  it.each(numberCorpus)('%j gives: %s', (text, reads) => {
    expect(written(text)).toBe(reads)
  })

  it('is one of 300 or more', () => {
    expect(new Set(numberCorpus.map(([text]) => text)).size).toBeGreaterThanOrEqual(300)
  })
})
