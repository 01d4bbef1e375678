import type { Outcome } from '../../../domain/failure.ts'
import { fail, ok } from '../../../domain/result.ts'
import type { Clock } from '../../clock.ts'
import type { GateLimits, QueryKind } from '../gate.ts'
import type { CircuitBreaker, StartedQuery } from '../local/circuit-breaker.ts'
import type { HeldTurn } from '../turns.ts'
import { createLease, elapsedSince, type Stamp, stampOf } from './lease.ts'
import { type Met, metOf, outcomeOf } from './outcome.ts'
import type { Desk } from './team-desk.ts'

const KEEP_MS = 1_000
const AGAIN_MS = 300
/** For so long a desk tries to say that its turn is over; then the lease ends by itself. */
const END_MS = 5_000

/** A turn that the team's server gave. */
export function holdTurn(
  { turn: id, stamp, leaseMs, kind }: { turn: string; stamp: Stamp; leaseMs: number; kind: QueryKind },
  {
    desk,
    limits,
    key,
    breaker,
    clock,
    suspended,
  }: {
    readonly desk: Desk
    readonly limits: GateLimits
    readonly key: number
    readonly breaker: CircuitBreaker
    readonly clock: Clock
    /** Called when the computer goes to sleep. */
    readonly suspended: Set<() => void>
  },
): HeldTurn {
  // Written down here too: for the time when the server is away, and for the profile's own budget.
  let query: StartedQuery = breaker.start(limits.origin, kind)
  const lease = createLease(clock, stamp, leaseMs)
  const lost = new AbortController()
  let no = 1
  let isOver = false
  let isKeyReplaced = false
  /** Whether a request may have been written: only then has the turn cost anything. */
  let isWritten = false
  let callOffKeeping = () => {}
  let callOffLosing = () => {}

  function lose(): void {
    if (isOver) return
    lost.abort()
  }

  /** Wakes up when the lease is over by itself, whatever became of the calls that keep it. */
  function watch(): void {
    callOffLosing()
    callOffLosing = clock.after(Math.max(0, lease.left()), () => (lease.holds() ? watch() : lose()))
  }

  function keepAfter(ms: number): void {
    callOffKeeping()
    callOffKeeping = clock.after(ms, () => void keep())
  }

  async function keep(): Promise<void> {
    if (isOver) return
    const asked = stampOf(clock)
    const answer = await desk.call('keep_turn', id)
    if (isOver) return
    if (!answer.ok) return keepAfter(AGAIN_MS)
    if (answer.value.is !== 'held') return lose()
    lease.renew(asked, answer.value.lease_ms)
    watch()
    keepAfter(KEEP_MS)
  }

  async function end(outcome: string, met: Met | null): Promise<void> {
    const begun = stampOf(clock)
    for (;;) {
      const answer = await desk.call('end_turn', id, outcome, met?.opensInMs ?? null, key)
      if (answer.ok) return
      if (answer.failure.kind === 'refused' || elapsedSince(begun, clock) > END_MS) break
      await pause(AGAIN_MS, clock)
    }
    // The lease ends by itself; but what the carrier said must be heard.
    if (met !== null) desk.met(met)
  }

  watch()
  keepAfter(KEEP_MS)
  suspended.add(lose)
  return {
    lost: lost.signal,
    holds() {
      const holds = !isOver && lease.holds()
      isWritten ||= holds
      return holds
    },
    async next(nextKind, signal): Promise<Outcome<null>> {
      query.ended()
      callOffKeeping()
      for (;;) {
        if (isOver || signal.aborted) return fail({ code: 'CANCELLED' })
        const asked = stampOf(clock)
        const answer = await desk.call('next_query', id, no + 1, nextKind, limits.cooldownMs)
        if (isOver || signal.aborted) return fail({ code: 'CANCELLED' })
        if (!answer.ok) {
          if (!lease.holds()) return fail({ code: 'TURN_LOST' })
          await pause(AGAIN_MS, clock)
          continue
        }
        const { value } = answer
        if (value.is === 'budget') {
          keepAfter(0)
          return fail({
            code: value.kind === 'lookup' ? 'BUDGET_SPENT' : 'SIGN_IN_REPEATED',
            opensInMs: value.opens_ms,
          })
        }
        if (value.is !== 'go' && value.is !== 'wait') return fail({ code: 'TURN_LOST' })
        if (value.lease_ms !== undefined) lease.renew(asked, value.lease_ms)
        watch()
        if (value.is === 'go') break
        await pause(value.retry_ms, clock)
      }
      no += 1
      isWritten = false
      query = breaker.start(limits.origin, nextKind)
      if (isKeyReplaced) query.keyReplaced()
      keepAfter(KEEP_MS)
      return ok(null)
    },
    keyReplaced() {
      isKeyReplaced = true
      query.keyReplaced()
    },
    end(how) {
      isOver = true
      suspended.delete(lose)
      callOffKeeping()
      callOffLosing()
      query.ended()
      if (how !== 'called off') query.judge(how)
      const outcome = outcomeOf(how, { isWritten, isKeyReplaced })
      void end(outcome, metOf(outcome, how, key))
    },
  }
}

export function pause(ms: number, clock: Pick<Clock, 'after'>): Promise<void> {
  return new Promise(resolve => void clock.after(ms, resolve))
}
