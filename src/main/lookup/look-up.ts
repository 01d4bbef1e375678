import type { LookUpRequest } from '../../contract/bridge.ts'
import type { Asked } from '../../contract/state.ts'
import type { Account } from '../../domain/account.ts'
import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { Lookup } from '../../domain/traffic.ts'
import type { CarrierClient } from '../carrier/client.ts'
import type { Clock } from '../clock.ts'
import type { Gate } from '../gate/gate.ts'
import type { FindTarget, QueryTarget } from '../profiles/query-target.ts'
import type { Lookups, NewLookup } from '../store/lookups.ts'
import { type Acted, type Answered, failureOf } from './acted.ts'
import { askCarrier } from './ask-carrier.ts'
import type { Credentials } from './credentials.ts'
import { createFreshAnswers } from './fresh-answers.ts'
import type { Unsent } from './unsent.ts'

export interface LookUp {
  /** Asks the carrier about one account, once, and records what came of it. */
  lookUp(request: LookUpRequest): Promise<Outcome<Answered>>
  /** The outcome of the last lookup in the current profile if it is about this account; else null. */
  join(account: Account): Promise<Outcome<Answered | null>>
  /** What was asked last in a profile, in this run. */
  asked(profileId: string): Asked | null
  /**
   * The stored lookups of an account, or of the whole profile (null), are being erased: a query in flight
   * must not be recorded when it ends.
   */
  erased(profileId: string, account: string | null): void
  cancel(): void
  /**
   * The profile changed: requests that have not been sent are dropped; the query in flight is still recorded
   * under its own profile.
   */
  dropUnsent(): void
  /** The program ends: nothing more is sent, and nothing is waited for. */
  stop(): void
}

export function createLookUp({
  findTarget,
  credentials,
  unsent,
  gate,
  client,
  lookups,
  clock,
  agent,
  confirmedNow,
  isKept,
  onDone,
  onUnrecorded,
}: {
  readonly findTarget: FindTarget
  readonly credentials: Pick<Credentials, 'signer'>
  readonly unsent: Unsent
  readonly gate: Gate<Acted>
  readonly client: Pick<CarrierClient, 'getTrafficInfo'>
  readonly lookups: Pick<Lookups, 'record' | 'lastGood'>
  readonly clock: Clock
  /** Who asks now. */
  readonly agent: () => string
  /** What time it is, milliseconds since the epoch; null where that is not certain. */
  readonly confirmedNow: () => number | null
  /** Whether the operator's retention keeps a lookup at all: what is not to be kept is never written. */
  readonly isKept: (lookup: NewLookup) => boolean
  /** Told of every query that was sent, for the log. */
  readonly onDone: (lookup: NewLookup) => void
  /** Told of a lookup that the store failed to take. */
  readonly onUnrecorded: () => void
}): LookUp {
  const fresh = createFreshAnswers({ lookups, clock, confirmedNow })
  /** The queries that have been sent and have not ended yet. */
  const flights = new Set<{ readonly profileId: string; readonly account: string; isErased: boolean }>()

  function dropUnsent(): void {
    unsent.giveUp()
    gate.dropWaiting()
  }

  function recorded(done: NewLookup): Lookup {
    const { rawReply: _rawReply, origin: _origin, ...lookup } = done
    try {
      return isKept(done) ? lookups.record(done) : { ...lookup, id: null }
    } catch {
      // The answer is returned all the same: the gate has to see a refused key or a 429, and the figures are
      // right.
      onUnrecorded()
      return { ...lookup, id: null }
    }
  }

  async function ask(
    { account, again, profileId }: LookUpRequest,
    target: QueryTarget | null | 'given up',
  ): Promise<Outcome<Answered>> {
    if (target === 'given up') return fail({ code: 'CANCELLED' })
    if (target === null) return fail({ code: 'KEY_MISSING' })
    const { profile, owner } = target
    if (profile.id !== profileId) return fail({ code: 'IPC_REFUSED' })
    if (target.refusal !== null) return fail(target.refusal)
    const key = keyOf(target, account.id)

    const joined = gate.pending(key)
    if (joined !== null) return answered(joined)
    const stored = again ? null : fresh.find(profile.id, account.id, owner.origin)
    if (stored !== null) return ok({ lookup: stored, stored: true })

    const signer = await unsent.orGivenUp(credentials.signer(target))
    if (signer === 'given up') return fail({ code: 'CANCELLED' })
    if (!signer.ok) return signer
    // Decided once for a turn: the gate counts what is then sent.
    let first: string | null = null
    const acted = gate.run({
      key,
      account,
      profileId,
      limits: target.limits,
      keyPrint: signer.value.print,
      failureOf,
      first() {
        first = signer.value.authKey()
        return first === null ? 'sign-in' : 'lookup'
      },
      query: async (signal, turn) => {
        const flight = { profileId: profile.id, account: account.id, isErased: false }
        flights.add(flight)
        const askedAt = clock.now()
        const from = clock.monotonic()
        const { result, rawReply } = await askCarrier(
          { signer: { ...signer.value, authKey: () => first }, turn, signal },
          { client, account, origin: target.origin, profile },
        )
        const done: NewLookup = {
          profileId: profile.id,
          origin: owner.origin,
          account,
          askedAt,
          repliedAt: clock.now(),
          durationMs: clock.monotonic() - from,
          agent: agent(),
          result,
          rawReply,
        }
        onDone(done)
        flights.delete(flight)
        if (flight.isErased) return fail({ code: 'CANCELLED' })
        const lookup = recorded(done)
        fresh.heard(lookup)
        return ok({ lookup, stored: false })
      },
    })
    return answered(acted)
  }

  let last:
    | (Asked & {
        readonly profileId: string
        readonly target: Promise<QueryTarget | null | 'given up'>
        readonly answer: Promise<Outcome<Answered>>
      })
    | null = null

  return {
    async join(account) {
      const asked = last
      if (asked === null || asked.account.id !== account.id) return ok(null)
      const [now, then] = await Promise.all([findTarget(), asked.target])
      if (then === null || then === 'given up')
        return asked.profileId === now?.profile.id ? asked.answer : ok(null)
      const isSame = then.profile.id === now?.profile.id && then.owner.origin === now.owner.origin
      return isSame ? asked.answer : ok(null)
    },
    asked: profileId =>
      last?.profileId === profileId ? { account: last.account, askedAt: last.askedAt } : null,
    erased(profileId, account) {
      last = null
      for (const flight of flights) {
        if (flight.profileId === profileId && (account ?? flight.account) === flight.account)
          flight.isErased = true
      }
    },
    async lookUp(request) {
      const { account } = request
      const target = unsent.orGivenUp(findTarget())
      const answer = target.then(found => ask(request, found))
      last = { account, profileId: request.profileId, askedAt: clock.now(), target, answer }
      return answer
    },
    cancel() {
      if (!unsent.giveUp()) gate.cancel()
    },
    dropUnsent,
    stop() {
      last = null
      dropUnsent()
      gate.cancel()
    },
  }
}

/** A turn whose key is an account's ends with a lookup. */
async function answered(acted: Promise<Outcome<Acted>>): Promise<Outcome<Answered>> {
  const outcome = await acted
  return outcome.ok && 'signedIn' in outcome.value
    ? fail({ code: 'INTERNAL' })
    : (outcome as Outcome<Answered>)
}

/** The same account at another host is another question. */
const keyOf = ({ profile, owner }: QueryTarget, account: string): string =>
  `${profile.id} ${owner.origin} ${account}`
