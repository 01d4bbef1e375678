import type { LookUpAnswer } from '../../contract/bridge.ts'
import type { Outcome } from '../../domain/failure.ts'
import { ok } from '../../domain/result.ts'
import { mergeDays } from '../../domain/stored-days.ts'
import type { Gate } from '../gate/gate.ts'
import type { KeychainVault } from '../keychain/keytar-vault.ts'
import type { Answered } from '../lookup/acted.ts'
import type { LookUp } from '../lookup/look-up.ts'
import { limitsOf } from '../profiles/owner.ts'
import type { Handlers } from '../shell/ipc-guard.ts'
import type { Erasure } from '../store/erasure.ts'
import type { Lookups } from '../store/lookups.ts'
import type { Store } from '../store/open-store.ts'
import type { SavedAccounts } from '../store/saved-accounts.ts'
import type { WithProfile } from './with-profile.ts'

/** Asking the carrier, and what was asked before. */
export function lookupHandlers({
  withProfile,
  lookUp,
  gate,
  keychain,
  lookups,
  savedAccounts,
  store,
  erase,
  retentionDays,
}: {
  readonly withProfile: WithProfile
  readonly lookUp: LookUp
  readonly gate: Pick<Gate<unknown>, 'tryKeyAgain'>
  readonly keychain: Pick<KeychainVault, 'retry'>
  readonly lookups: Lookups
  readonly savedAccounts: Pick<SavedAccounts, 'find'>
  readonly store: Pick<Store, 'retain'>
  /** Deletes for good, and shows how far it has come. */
  readonly erase: (erasure: Erasure) => Promise<Outcome<null>>
  readonly retentionDays: () => number
}) {
  /**
   * Adds the saved account to an answer, read after the answer was stored, so that it includes that answer.
   */
  const withLine = (found: Answered): LookUpAnswer => ({
    ...found,
    savedAccount: savedAccounts.find(found.lookup.profileId, found.lookup.account.id),
  })

  return {
    async lookUp(request) {
      // "Ask again" is also the agent's word that the keychain may be tried once more.
      if (request.again) keychain.retry()
      const outcome = await lookUp.lookUp(request)
      // With a retention of no days, only the last answer of each saved account is kept.
      if (retentionDays() === 0) void store.retain(null)
      return outcome.ok ? ok(withLine(outcome.value)) : outcome
    },
    async joinLookup(account) {
      const outcome = await lookUp.join(account)
      return outcome.ok ? ok(outcome.value && withLine(outcome.value)) : outcome
    },
    cancelLookup() {
      lookUp.cancel()
      return ok(null)
    },
    tryKeyAgain: () => withProfile(profile => gate.tryKeyAgain(limitsOf(profile))),
    storedLookup: account =>
      withProfile(({ id }) =>
        ok({ lookup: lookups.lastGood(id, account.id), savedAccount: savedAccounts.find(id, account.id) }),
      ),
    openLookup: id =>
      withProfile(profile => {
        const lookup = lookups.find(profile.id, id)
        return ok(lookup && { lookup, savedAccount: savedAccounts.find(profile.id, lookup.account.id) })
      }),
    listing: id => withProfile(profile => ok(lookups.listing(profile.id, id))),
    history: (account, before) => withProfile(({ id }) => ok(lookups.history(id, account.id, before))),
    rawReply: lookup => withProfile(({ id }) => ok(lookups.rawReply(id, lookup))),
    storedDays: (account, before) =>
      withProfile(({ id, days }) => {
        const page = lookups.good(id, account.id, before)
        return ok({ ...mergeDays(page.lookups, days), next: page.next })
      }),
    clearHistory: () =>
      withProfile(({ id }) => {
        lookUp.erased(id, null)
        return erase({ kind: 'clear', profileId: id })
      }),
    forgetCustomer: account =>
      withProfile(({ id }) => {
        // Cancel the queue first: a lookup that lands later would store the number again.
        lookUp.erased(id, account.id)
        lookUp.stop()
        return erase({ kind: 'forget', profileId: id, account: account.id })
      }),
  } satisfies Partial<Handlers>
}
