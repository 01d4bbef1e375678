import { describe, expect, it } from 'vitest'
import { planImport, readRows } from './plan-import.ts'
import type { AccountDraft } from './saved-account.ts'

const KEPT: AccountDraft = {
  account: { kind: 'line', id: '09012345678' },
  label: '山田 太郎',
  note: '平日のみ',
  pinned: true,
}

/** Returns what importing one row would do to the saved account. */
function planned(text: string, kept: readonly AccountDraft[] = [KEPT]) {
  const [row, ...more] = planImport([...readRows(text)], kept)
  if (row === undefined || row.kind === 'wrong' || more.length > 0) throw new Error('not one good row')
  const { label, note, pinned } = row.draft
  return { kind: row.kind, label, note, pinned }
}
const as = { label: KEPT.label, note: KEPT.note, pinned: KEPT.pinned }

describe('a file without a column', () => {
  it.each([
    ['numbers alone', '090-1234-5678', 'same', {}],
    ['numbers alone, under a header', 'account\n090-1234-5678', 'same', {}],
    ['numbers and labels', 'account,label\n090-1234-5678,鈴木 花子', 'changed', { label: '鈴木 花子' }],
    [
      'no column for the pin',
      'account,label,note\n090-1234-5678,鈴木 花子,新',
      'changed',
      { label: '鈴木 花子', note: '新' },
    ],
  ] as const)('erases nothing of a kept line: %s', (_, text, kind, changed) => {
    expect(planned(text)).toEqual({ kind, ...as, ...changed })
  })

  it('adds a line that is not kept without what it does not have', () => {
    expect(planned('090-1234-5678', [])).toEqual({ kind: 'new', label: '', note: '', pinned: false })
    expect(planned('account,label\n090-1234-5678,A', [])).toEqual({
      kind: 'new',
      label: 'A',
      note: '',
      pinned: false,
    })
  })

  it('takes nothing from another line', () => {
    const other = { ...KEPT, account: { kind: 'line', id: '08011112222' } } as const
    expect(planned('090-1234-5678', [other])).toMatchObject({ kind: 'new', label: '', note: '' })
  })
})

describe('an empty cell', () => {
  it.each([
    ['label', 'account,label,note,pinned\n090-1234-5678,,平日のみ,1', { label: '' }],
    ['note', 'account,label,note,pinned\n090-1234-5678,山田 太郎,,1', { note: '' }],
    ['pin', 'account,label,note,pinned\n090-1234-5678,山田 太郎,平日のみ,', { pinned: false }],
  ])('of a column that the file has empties the %s and nothing else', (_, text, changed) => {
    expect(planned(text)).toEqual({ kind: 'changed', ...as, ...changed })
  })
})

describe('the column of the pin', () => {
  it.each(['1', 'true', 'TRUE', 'yes', '○', ' 1 '])('pins a line by %j', cell => {
    expect(planned(`account,label,note,pinned\n090-1234-5678,a,b,${cell}`, [])).toMatchObject({
      pinned: true,
    })
  })

  it.each(['', '0', 'false', 'no', '×', '11'])('does not pin it by %j', cell => {
    expect(planned(`account,label,note,pinned\n090-1234-5678,a,b,${cell}`)).toMatchObject({ pinned: false })
  })
})
