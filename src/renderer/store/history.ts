import type { Bridge, StoredReply } from '../../contract/bridge.ts'
import type { Account } from '../../domain/account.ts'
import type { Outcome } from '../../domain/failure.ts'
import type { Listing } from '../../domain/listing.ts'
import { type MergedDays, mergeOlder, type StoredDay, type StoredDaysPage } from '../../domain/stored-days.ts'
import type { StoredLookup } from '../../domain/traffic.ts'
import type { LookupSlice } from './lookup.ts'
import type { NoticesSlice } from './notices.ts'
import type { RecentsSlice } from './recents.ts'
import type { SavedAccountsSlice } from './saved-accounts.ts'
import type { SessionSlice } from './session.ts'
import type { Slice } from './slice.ts'

type Needs = Pick<SessionSlice, 'appChanged'> &
  Pick<LookupSlice, 'clearView'> &
  Pick<RecentsSlice, 'recentsChanged'> &
  Pick<SavedAccountsSlice, 'readList'> &
  Pick<NoticesSlice, 'notices' | 'notify'>

/** What is stored of one account, read when somebody wants to see it. None of these queries the carrier. */
export interface HistorySlice {
  /** A page of lookups, older than one of them where that is given. */
  readHistory(account: Account, before: number | null): Promise<readonly StoredLookup[]>
  /** Since when an account is in the state that this lookup found it in. */
  readListing(lookupId: number): Promise<Listing | null>
  /**
   * The merged days of all lookups, a page of lookups after the other.
   *
   * @returns what was merged so far, ever longer
   */
  readStoredDays(account: Account): AsyncIterable<readonly StoredDay[]>
  readRawReply(id: number): Promise<StoredReply>
  /** Returns true once the lookups are deleted; the screen is cleared as well. */
  clearHistory(): Promise<boolean>
  forgetCustomer(account: Account): Promise<boolean>
}

export const createHistorySlice =
  (bridge: Bridge): Slice<HistorySlice, Needs> =>
  (set, get) => {
    async function refresh(): Promise<void> {
      get().clearView()
      const app = await bridge.appState()
      if (app.ok) {
        get().appChanged(app.value)
        get().recentsChanged(app.value.current?.today ?? [])
      }
      await get().readList()
    }
    return {
      async readHistory(account, before) {
        const outcome = await bridge.history(account, before)
        return outcome.ok ? outcome.value : []
      },
      async readListing(lookupId) {
        const outcome = await bridge.listing(lookupId)
        return outcome.ok ? outcome.value : null
      },
      async *readStoredDays(account) {
        let merged: MergedDays = { days: [], until: null }
        let before: number | null = null
        do {
          const outcome: Outcome<StoredDaysPage> = await bridge.storedDays(account, before)
          if (!outcome.ok) return
          merged = mergeOlder(merged, outcome.value)
          before = outcome.value.next
          yield merged.days
        } while (before !== null)
      },
      async readRawReply(id) {
        const outcome = await bridge.rawReply(id)
        return outcome.ok ? outcome.value : { kind: 'not-kept' }
      },
      async clearHistory() {
        const outcome = await bridge.clearHistory()
        if (outcome.ok) await refresh()
        else get().notify({ kind: 'trouble', code: outcome.failure.code })
        return outcome.ok
      },
      async forgetCustomer(account) {
        const outcome = await bridge.forgetCustomer(account)
        if (outcome.ok) {
          // Drop all notices, because one may offer to bring back what was just erased.
          set({ notices: [] })
          await refresh()
        } else get().notify({ kind: 'trouble', code: outcome.failure.code })
        return outcome.ok
      },
    }
  }
