import { ok } from '../../shared/result.ts'
import { mergeSeries } from '../../shared/series.ts'
import type { Clock } from '../clock.ts'
import type { KeychainVault } from '../keychain/keytar-vault.ts'
import type { LookUp } from '../lookup/look-up.ts'
import type { RateGate } from '../lookup/rate-gate.ts'
import { ownerOf } from '../profiles/desk.ts'
import type { Handlers } from '../shell/ipc-guard.ts'
import type { Store } from '../store/database.ts'
import type { Lookups } from '../store/lookups.ts'
import type { SavedLines } from '../store/saved-lines.ts'
import { written } from '../store/written.ts'
import type { WithProfile } from './with-profile.ts'

/** Asking the carrier, and what was asked before. */
export function lookupHandlers({
  withProfile,
  lookUp,
  gate,
  keychain,
  lookups,
  savedLines,
  store,
  retentionDays,
  clock,
}: {
  readonly withProfile: WithProfile
  readonly lookUp: LookUp
  readonly gate: Pick<RateGate<unknown>, 'tryKeyAgain'>
  readonly keychain: Pick<KeychainVault, 'retry'>
  readonly lookups: Lookups
  readonly savedLines: SavedLines
  readonly store: Pick<Store, 'erase'>
  readonly retentionDays: () => number
  readonly clock: Clock
}) {
  return {
    async lookUp(request) {
      // "Ask again" is also the agent's word that the keychain may be tried once more.
      if (request.again) keychain.retry()
      const outcome = await lookUp.lookUp(request)
      if (retentionDays() === 0) lookups.retain(0, clock.now())
      return outcome
    },
    joinLookup: account => lookUp.join(account),
    cancelLookup() {
      lookUp.cancel()
      return ok(null)
    },
    tryKeyAgain: () => withProfile(profile => gate.tryKeyAgain(ownerOf(profile).origin)),
    storedLookup: account => withProfile(({ id }) => ok(lookups.lastGood(id, account))),
    lastLookup: account => withProfile(({ id }) => ok(lookups.last(id, account))),
    history: account => withProfile(({ id }) => ok(lookups.history(id, account))),
    rawReply: lookup => withProfile(({ id }) => ok(lookups.rawReply(id, lookup))),
    series: account => withProfile(({ id, days }) => ok(mergeSeries(lookups.good(id, account), days))),
    clearHistory: () =>
      withProfile(({ id }) => {
        lookUp.erased(id, null)
        return written(store.erase(() => lookups.clear(id)))
      }),
    forgetCustomer: account =>
      withProfile(({ id }) => {
        // What still waits or flies would file the number again.
        lookUp.erased(id, account)
        lookUp.stop()
        return written(
          store.erase(() => {
            const line = savedLines.find(id, account)
            if (line !== null) savedLines.remove(id, line.id)
            lookups.forget(id, account)
          }),
        )
      }),
  } satisfies Partial<Handlers>
}
