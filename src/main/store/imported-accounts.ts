import { accountDraftSchema } from '../../contract/argument-schemas.ts'
import { type AccountDraft, MOST_IMPORTED } from '../../domain/saved-account.ts'

/** Reads the lines of an import, JSON as the contract says; null where it is not that, or one account is none. */
export function readImportedAccounts(json: string): readonly AccountDraft[] | null {
  try {
    return accountDraftSchema().array().max(MOST_IMPORTED).safeParse(JSON.parse(json)).data ?? null
  } catch {
    return null
  }
}
