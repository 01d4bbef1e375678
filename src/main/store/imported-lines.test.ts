import { describe, expect, it } from 'vitest'
import { readImportedLines } from './imported-lines.ts'

const YAMADA = { account: '09012345678', label: ' 山田 ', note: '平日\nのみ', pinned: true }

describe('the lines of an import', () => {
  it('are read as they were sent, without spaces around their words', () => {
    const group = { account: 'AAA0_00000000001', label: '', note: '', pinned: false }
    expect(readImportedLines(JSON.stringify([YAMADA, group]))).toEqual([
      { account: { kind: 'line', id: '09012345678' }, label: '山田', note: '平日\nのみ', pinned: true },
      { account: { kind: 'group', id: 'AAA0_00000000001' }, label: '', note: '', pinned: false },
    ])
    expect(readImportedLines('[]')).toEqual([])
  })

  it.each([
    ['no JSON', '[{'],
    ['no list', JSON.stringify(YAMADA)],
    ['an account in another spelling', JSON.stringify([{ ...YAMADA, account: '090-1234-5678' }])],
    ['an account that is none', JSON.stringify([YAMADA, { ...YAMADA, account: '0312345678' }])],
    ['a label that is too long', JSON.stringify([{ ...YAMADA, label: 'x'.repeat(61) }])],
    ['a note that is too long', JSON.stringify([{ ...YAMADA, note: 'x'.repeat(501) }])],
    ['a line without its pin', JSON.stringify([{ account: '09012345678', label: '', note: '' }])],
    ['something besides', JSON.stringify([{ ...YAMADA, id: 1 }])],
    ['more lines than are kept', JSON.stringify(Array(20_001).fill(YAMADA))],
  ])('are refused as a whole: %s', (_, json) => {
    expect(readImportedLines(json)).toBeNull()
  })
})
