import { describe, expect, it } from 'vitest'
import { parseAccount } from './account.ts'
import { exportLines, type LineDraft, planImport, searchFor } from './saved-line.ts'

function line(id: string, words: Partial<LineDraft> = {}): LineDraft {
  const account = parseAccount(id)
  if (account === null) throw new Error(id)
  return { account, label: '', note: '', pinned: false, ...words }
}

const YAMADA = line('09012345678', { label: '山田様', note: '平日ＡＭのみ' })

describe('an import', () => {
  it('says of each line whether it is new, changed, the same or wrong, by the number an editor shows', () => {
    const text = [
      'account,label,note,pinned',
      '080-1111-2222,鈴木,,1',
      '090-1234-5678,山田様,平日ＡＭのみ,',
      'AAA0_00000000001,法人,,',
      '03-1234-5678,固定',
      '+81 80 1111 2222,again',
      '090-1234-5678 080-1111-2222,two',
      `070-1111-2222,${'x'.repeat(61)}`,
      `070-1111-2222,x,${'n'.repeat(501)}`,
    ].join('\n')
    const kept = [YAMADA, line('AAA0_00000000001', { label: '旧' })]
    expect(
      planImport(text, kept).map(row => [
        row.line,
        row.kind,
        row.kind === 'wrong' ? row.problem : row.draft.account.id,
      ]),
    ).toEqual([
      [2, 'new', '08011112222'],
      [3, 'same', '09012345678'],
      [4, 'changed', 'AAA0_00000000001'],
      [5, 'wrong', 'LANDLINE'],
      [6, 'wrong', 'TWICE'],
      [7, 'wrong', 'SEVERAL'],
      [8, 'wrong', 'LABEL_TOO_LONG'],
      [9, 'wrong', 'NOTE_TOO_LONG'],
    ])
  })

  it.each(['account,label', '電話番号,名前', '番号,ラベル'])('passes over a header: %s', header => {
    expect(planImport(`${header}\n090-1234-5678,A`, [])).toHaveLength(1)
  })

  it('needs no header', () => {
    expect(planImport('090-1234-5678', [])).toMatchObject([{ kind: 'new', line: 1 }])
  })

  it('of what was exported changes nothing', () => {
    const lines = [
      YAMADA,
      line('08011112222', { label: '=1', note: 'a,"b"', pinned: true }),
      line('02001234567890'),
    ]
    expect(planImport(exportLines(lines), lines).map(row => row.kind)).toEqual(['same', 'same', 'same'])
    expect(planImport(exportLines(lines), []).map(row => row.kind !== 'wrong' && row.draft)).toEqual(lines)
  })

  it('of nothing is empty', () => {
    expect(planImport('', [])).toEqual([])
    expect(planImport('\n\n', [])).toEqual([])
  })
})

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
