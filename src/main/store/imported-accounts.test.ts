import { describe, expect, it } from 'vitest'
import { readImportedAccounts } from './imported-accounts.ts'

const ACCOUNT = { kind: 'line', id: '09012345678' }
const YAMADA = { account: ACCOUNT, label: ' 山田 ', note: '平日\nのみ', pinned: true }
const withAccount = (account: unknown) => JSON.stringify([YAMADA, { ...YAMADA, account }])

describe('the lines of an import', () => {
  it('are read as they were sent, without spaces around their words', () => {
    const account = { kind: 'group', id: 'AAA0_00000000001' }
    const group = { account, label: '', note: '', pinned: false }
    expect(readImportedAccounts(JSON.stringify([YAMADA, group]))).toEqual([
      { ...YAMADA, label: '山田' },
      group,
    ])
    expect(readImportedAccounts('[]')).toEqual([])
  })

  it.each([
    ['no JSON', '[{'],
    ['no list', JSON.stringify(YAMADA)],
    ['an account in another spelling', withAccount({ kind: 'line', id: '090-1234-5678' })],
    ['an account that is none', withAccount({ kind: 'line', id: '0312345678' })],
    ['a line that is said to be a group', withAccount({ ...ACCOUNT, kind: 'group' })],
    ['an account with something besides', withAccount({ ...ACCOUNT, name: '' })],
    ['a bare number', withAccount('09012345678')],
    ['a label that is too long', JSON.stringify([{ ...YAMADA, label: 'x'.repeat(61) }])],
    ['a note that is too long', JSON.stringify([{ ...YAMADA, note: 'x'.repeat(501) }])],
    ['a line without its pin', JSON.stringify([{ account: ACCOUNT, label: '', note: '' }])],
    ['something besides', JSON.stringify([{ ...YAMADA, id: 1 }])],
    ['more lines than are kept', JSON.stringify(Array(20_001).fill(YAMADA))],
  ])('are refused as a whole: %s', (_, json) => {
    expect(readImportedAccounts(json)).toBeNull()
  })
})
