import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hideNumbers } from './hide-numbers.ts'
import { plainText } from './plain-text.ts'
import { readAccounts } from './read-accounts.ts'
import { numberCorpus } from './testing/number-corpus.ts'
import { spellings } from './testing/spellings.ts'

describe('25: a text with its numbers hidden', () => {
  const line = { kind: 'line', id: '09012345678' } as const

  it.each([
    '09012345678',
    '090-1234-5678',
    '090 1234 5678',
    '090.1234.5678',
    '(090)1234-5678',
    '０９０－１２３４－５６７８',
    '０９０１２３４５６７８',
    '819012345678',
    '+819012345678',
    '+81-90-1234-5678',
    '+81 (0)90 1234 5678',
    '0081 90 1234 5678',
    '090ー1234ー5678',
  ])('shows only the end of %s', written => {
    for (const text of [written, `NG ${written}.`, `{"n":"${written}"}`, `番号${written}です`]) {
      const hidden = hideNumbers(text, line)
      expect(hidden).toContain('090-****-5678')
      expect(hidden.normalize('NFKC').replace(/\D/g, '')).not.toContain('1234')
    }
  })

  it('hides the members of a group, and the group', () => {
    const group = { kind: 'group', id: 'AAA0_00000000001' } as const
    expect(hideNumbers('AAA0_00000000001: 09012345678, 080-7654-3210, 02001234567890', group)).toBe(
      'AAA0_*******0001: 090-****-5678, 080-****-3210, 0200-*****-*7890',
    )
  })

  it('leaves alone what is no number of a line', () => {
    for (const text of ['', '03-1234-5678', '2026-11-23 13:05', '100 KB', '12345678901234567890']) {
      expect(hideNumbers(text, line)).toBe(text)
    }
  })
})

describe('25: whatever the reader can read, the mask hides', () => {
  const digitsOf = (text: string) => plainText(text).text.replace(/\D/g, '')

  it('in any spelling, with marks that nobody sees inside', () => {
    const around = fc.constantFrom('', 'NG ', '{"account":', '番号', '(', 'TEL:', '\n')
    const behind = fc.constantFrom('', '.', '}', 'です', ')', ' 様', '円', '月から', 'abc', '\n')
    const unseen = fc.constantFrom('', '\u200b', '\u2060', '\u00ad')
    fc.assert(
      fc.property(spellings, around, behind, unseen, fc.nat(), ({ id, text }, before, after, mark, at) => {
        const chars = [...text]
        chars.splice(at % (chars.length + 1), 0, mark)
        const hidden = digitsOf(hideNumbers(before + chars.join('') + after))
        expect(hidden).not.toContain(id.slice(1))
        expect(hidden.length).toBeLessThanOrEqual(8)
      }),
      { numRuns: 10_000 },
    )
  })

  it('in every text of the corpus', () => {
    for (const [text] of numberCorpus) {
      const reading = readAccounts(text)
      const accounts =
        reading.found === 'one' ? [reading.account] : reading.found === 'several' ? reading.accounts : []
      const hidden = hideNumbers(text)
      const again = readAccounts(hidden)
      expect(again.found === 'none' ? [] : again).toEqual([])
      for (const { id } of accounts) expect(plainText(hidden).text).not.toContain(id)
    }
  })

  it.each([
    '{"account":9012345678}',
    '{"account":2012345678}',
    '{"account": 819012345678}',
    '{"account":2001234567890}',
    '90-1234-5678',
    '090-1234-567',
    '090/1234/5678',
    '090(1234)5678',
    '090-1234 5678',
    '0 9 0 1 2 3 4 5 6 7 8',
    '090\n1234\n5678',
    '090-1234-5678-01',
    '09012345678abc',
    'rec_09012345678.wav',
    '0901234567890',
  ])('and what only looks like a number: %j', text => {
    const hidden = hideNumbers(text)
    expect(hidden).toContain('*')
    expect(digitsOf(hidden)).not.toContain('1234')
  })
})
