import { expect, it } from 'vitest'
import { parseAccount } from './account.ts'
import { type AccountDraft, exportSavedAccounts } from './saved-account.ts'

function line(id: string, words: Partial<AccountDraft> = {}): AccountDraft {
  const account = parseAccount(id)
  if (account === null) throw new Error(id)
  return { account, label: '', note: '', pinned: false, ...words }
}

const YAMADA = line('09012345678', { label: '山田様', note: '平日ＡＭのみ' })

it('kept lines as CSV are a header and a row each, one by one', () => {
  expect([...exportSavedAccounts([YAMADA])]).toEqual([
    '\uFEFFaccount,label,note,pinned\r\n',
    '090-1234-5678,山田様,平日ＡＭのみ,\r\n',
  ])
  expect([...exportSavedAccounts([])]).toHaveLength(1)
})
