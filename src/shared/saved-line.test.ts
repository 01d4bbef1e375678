import { describe, expect, it } from 'vitest'
import { parseAccount } from './account.ts'
import { type LineDraft, searchFor } from './saved-line.ts'

function line(id: string, words: Partial<LineDraft> = {}): LineDraft {
  const account = parseAccount(id)
  if (account === null) throw new Error(id)
  return { account, label: '', note: '', pinned: false, ...words }
}

const YAMADA = line('09012345678', { label: '山田様', note: '平日ＡＭのみ' })

describe('the search', () => {
  it.each([
    '山田',
    '平日',
    'am',
    'ＡＭ',
    '09012345678',
    '090-1234',
    '０９０－１２３４',
    '+81 90 1234',
    '5678',
    '(090) 1234',
    'tel:09012345678',
    '090.1234.5678',
    '+81(0)90-1234-5678',
    '12345',
    '',
    '  ',
  ])('finds a line by %j', query => {
    expect(searchFor(query)(YAMADA)).toBe(true)
  })

  it.each(['鈴木', '080', '099', 'x', '山田1', '-', '1234-x'])('does not find it by %j', query => {
    expect(searchFor(query)(YAMADA)).toBe(false)
  })

  it('finds a group by any part of its code, in any case', () => {
    const group = line('AAA0_00000000001')
    for (const query of ['aaa0', 'AAA0_0000', '0001', 'ＡＡＡ０']) expect(searchFor(query)(group)).toBe(true)
    expect(searchFor('BBB0')(group)).toBe(false)
  })
})
