import { readAccounts } from '../../shared/account.ts'
import type { LookUpAnswer } from '../../shared/bridge.ts'
import type { Outcome } from '../../shared/failure.ts'
import { fail, ok } from '../../shared/result.ts'
import { goodLookup } from '../../shared/traffic.ts'
import type { Clock } from '../clock.ts'
import type { AuthKeyVault } from '../keychain/auth-key-vault.ts'
import type { Desk } from '../profiles/desk.ts'
import type { Lookups } from '../store/lookups.ts'
import type { CarrierClient } from './carrier-client.ts'
import type { RateGate } from './rate-gate.ts'

/** A good answer this young is offered before the carrier is asked again. */
const STILL_FRESH_MS = 60_000

export interface LookUp {
  /** Asks the carrier about one account, once, and records what came of it. */
  lookUp(request: { readonly account: string; readonly again: boolean }): Promise<Outcome<LookUpAnswer>>
  cancel(): void
  /** The profile changed: what has not been sent is dropped; what is in flight is filed under its own profile. */
  dropUnsent(): void
}

export function createLookUp({
  desk,
  vault,
  gate,
  client,
  lookups,
  clock,
  agent,
}: {
  readonly desk: Pick<Desk, 'carrier'>
  readonly vault: Pick<AuthKeyVault, 'read'>
  readonly gate: RateGate<LookUpAnswer>
  readonly client: Pick<CarrierClient, 'getTrafficInfo'>
  readonly lookups: Pick<Lookups, 'record' | 'lastGood'>
  readonly clock: Clock
  readonly agent: string
}): LookUp {
  let giveUpKey = () => {}

  /** The keychain may keep us waiting for a prompt; the agent need not wait for it. */
  function readKey(owner: Parameters<AuthKeyVault['read']>[0]): Promise<Outcome<string>> {
    return new Promise((resolve, reject) => {
      giveUpKey = () => resolve(fail({ code: 'CANCELLED' }))
      vault.read(owner).then(resolve, reject)
    })
  }

  return {
    async lookUp({ account: text, again }) {
      const reading = readAccounts(text)
      if (reading.found !== 'one') {
        return fail({
          code: 'INVALID_ACCOUNT',
          problem: reading.found === 'none' ? reading.problem : 'SEVERAL',
        })
      }
      const { account } = reading
      const carrier = await desk.carrier()
      if (carrier === null) return fail({ code: 'KEY_MISSING' })
      const { profile } = carrier
      const key = `${profile.id} ${account.id}`

      const joined = gate.pending(key)
      if (joined !== null) return joined
      if (!again) {
        const last = lookups.lastGood(profile.id, account.id)
        const age = last === null ? Number.NaN : clock.now() - last.repliedAt
        if (last !== null && age >= 0 && age < STILL_FRESH_MS) return ok({ lookup: last, stored: true })
      }

      const authKey = await readKey(carrier.owner)
      if (!authKey.ok) return authKey
      return gate.run({
        key,
        account,
        limits: carrier.limits,
        query: async signal => {
          const askedAt = clock.now()
          const from = clock.monotonic()
          const { result, rawReply } = await client.getTrafficInfo({
            account,
            authKey: authKey.value,
            origin: carrier.origin,
            profile,
            signal,
          })
          const lookup = lookups.record({
            profileId: profile.id,
            account,
            askedAt,
            repliedAt: clock.now(),
            durationMs: clock.monotonic() - from,
            agent,
            result,
            rawReply,
          })
          const good = goodLookup(lookup)
          if (good !== null) return ok({ lookup: good, stored: false })
          return result.ok ? fail({ code: 'INTERNAL' }) : result
        },
      })
    },
    cancel() {
      giveUpKey()
      gate.cancel()
    },
    dropUnsent() {
      giveUpKey()
      gate.dropWaiting()
    },
  }
}
