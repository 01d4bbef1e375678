import type { SavedAccount } from '../../../contract/state.ts'
import type { SavedAccounts } from '../saved-accounts.ts'

/** Every saved line of a profile, as the list shows them. */
export const everyAccount = (lines: SavedAccounts, profileId: string): readonly SavedAccount[] =>
  lines.page(profileId, { search: '', order: 'kept', offset: 0, limit: 100_000 }).lines
