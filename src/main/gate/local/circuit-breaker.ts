import type { GateState } from '../../../contract/state.ts'
import type { ClosedReason, Failure, Outcome } from '../../../domain/failure.ts'
import { fail, ok } from '../../../domain/result.ts'
import type { Clock } from '../../clock.ts'
import type { GateLimits, QueryKind } from '../gate.ts'
import { type Circuit, HOUR, LONGEST_CLOSURE, ledgerOf, readCircuit, tried } from './circuit.ts'
import type { GateStore } from './gate-store.ts'

/** Why nothing may be sent to a carrier now, and for how long: milliseconds, null until somebody acts. */
export interface Closed {
  readonly reason: 'cool-down' | 'budget' | ClosedReason
  readonly opensInMs: number | null
}

/** A query that the circuit breaker has let through. */
export interface StartedQuery {
  /** The cool-down begins. */
  ended(): void
  /** The key was replaced while the query was in flight: a refusal of the old key must not close the gate. */
  keyReplaced(): void
  /** Takes the outcome of the query: null for an answer, else the failure. */
  judge(failure: Failure | null): void
}

/**
 * Decides for each carrier whether it may be queried now: a cool-down follows each query, a budget limits
 * each rolling hour, and the carrier itself may close the gate (a rate limit, a refused key). All of this
 * belongs to the carrier's origin and survives a restart.
 */
export interface CircuitBreaker {
  closed(limits: GateLimits): Closed | null
  /**
   * Why an act that begins with this kind of query can't even wait; null where it may run now, or once the
   * cool-down is over. One that signs in looks something up afterwards.
   */
  refusal(limits: GateLimits, first?: QueryKind | 'sign-in-alone'): Failure | null
  /** Why an act that has its turn may not send one more query of this kind. */
  refusalInTurn(limits: GateLimits, kind: QueryKind): Failure | null
  /** Lookups that may still be sent within the hour, of how many; null where there is no budget. */
  budget(limits: GateLimits): GateState['budget']
  /** Milliseconds until the cool-down is over. */
  cooldown(limits: GateLimits): number
  /** Counts a query before it is sent. Throws where that can't be written down: nothing may be sent then. */
  start(origin: string, kind?: QueryKind): StartedQuery
  /** True where a new key, or new credentials, opened what the old ones had closed. */
  keyChanged(origin: string): boolean
  /** Lets one query through although the key was refused, once a minute at most. */
  tryKeyAgain(origin: string): Outcome<null>
}

const TRY_AGAIN_AFTER = 60_000

export function createCircuitBreaker({
  clock,
  store,
}: {
  readonly clock: Pick<Clock, 'now' | 'monotonic'>
  readonly store: GateStore
}): CircuitBreaker {
  const circuits = new Map<string, Circuit>()

  function circuitOf(origin: string): Circuit {
    const known = circuits.get(origin)
    if (known) return known
    const circuit = readCircuit(origin, { clock, store })
    circuits.set(origin, circuit)
    return circuit
  }

  /** When one more query of a kind would keep to its budget, milliseconds from now; null where it does so already. */
  function spent(limits: GateLimits, kind: QueryKind): number | null {
    const budget = kind === 'lookup' ? limits.budget : limits.signIns
    const starts = circuitOf(limits.origin).starts[kind]
    const now = clock.monotonic()
    while (starts[0] !== undefined && starts[0] <= now - HOUR) starts.shift()
    if (budget === null || starts.length < budget) return null
    // With a lowered budget more than one start has to age out.
    return (starts[starts.length - budget] ?? now) + HOUR - now
  }

  function spentInTurn(limits: GateLimits, kind: QueryKind): Failure | null {
    const signIns = kind === 'sign-in' ? spent(limits, 'sign-in') : null
    if (signIns !== null) return { code: 'SIGN_IN_REPEATED', opensInMs: signIns }
    // Nobody signs in for a lookup that may not follow.
    const lookups = spent(limits, 'lookup')
    return lookups === null ? null : { code: 'BUDGET_SPENT', opensInMs: lookups }
  }

  function closed(limits: GateLimits): Closed | null {
    const circuit = circuitOf(limits.origin)
    const now = clock.monotonic()
    if (circuit.closure !== null) {
      const { reason, until, onTrial } = circuit.closure
      if (!onTrial && (until === null || until > now))
        return { reason, opensInMs: until === null ? null : until - now }
      if (!onTrial) lift(limits.origin)
    }
    const lookups = spent(limits, 'lookup')
    if (lookups !== null) return { reason: 'budget', opensInMs: lookups }
    const opens = circuit.readyAt + limits.cooldownMs
    return opens > now ? { reason: 'cool-down', opensInMs: opens - now } : null
  }

  function lift(origin: string): void {
    if (circuitOf(origin).closure === null) return
    circuitOf(origin).closure = null
    tried(() => store.reopen(origin))
  }

  /** Applies the outcome of a query: it may close the gate from now on, or open it again. */
  function judge(origin: string, failure: Failure | null, keyReplaced: boolean): void {
    if (failure === null) {
      lift(origin)
      return
    }
    const isRefused = failure.code === 'KEY_REJECTED' || failure.code === 'SIGN_IN_REFUSED'
    if (isRefused && keyReplaced) return
    if ('carrier' in failure && !isRefused) lift(origin)
    if (!isRefused && failure.code !== 'RATE_LIMITED') return
    // A rate limit on the trial of a refused key leaves it refused.
    const stillRefused = circuitOf(origin).closure?.reason === 'key-rejected' && !keyReplaced
    const reason =
      failure.code === 'SIGN_IN_REFUSED'
        ? 'sign-in-refused'
        : failure.code === 'RATE_LIMITED' && !stillRefused
          ? 'rate-limited'
          : 'key-rejected'
    const wait =
      failure.code === 'RATE_LIMITED' && reason === 'rate-limited'
        ? Math.min(failure.opensInMs, LONGEST_CLOSURE)
        : null
    const wall = clock.now()
    const mono = clock.monotonic()
    circuitOf(origin).closure = { reason, closedAt: mono, until: wait === null ? null : mono + wait }
    tried(() => store.close(origin, { reason, closedAt: wall, until: wait === null ? null : wall + wait }))
  }

  return {
    closed,
    refusal(limits, first = 'lookup') {
      const state = closed(limits)
      if (state !== null && state.reason !== 'cool-down' && state.reason !== 'budget')
        return { code: 'GATE_CLOSED', reason: state.reason, opensInMs: state.opensInMs }
      if (state?.reason === 'budget' && first !== 'sign-in-alone')
        return { code: 'BUDGET_SPENT', opensInMs: state.opensInMs ?? HOUR }
      const signIns = first === 'lookup' ? null : spent(limits, 'sign-in')
      return signIns === null ? null : { code: 'SIGN_IN_REPEATED', opensInMs: signIns }
    },
    refusalInTurn: spentInTurn,
    budget(limits) {
      const { budget } = limits
      if (budget === null) return null
      const isSpent = spent(limits, 'lookup') !== null
      const sent = circuitOf(limits.origin).starts.lookup.length
      return { left: isSpent ? 0 : budget - sent, of: budget }
    },
    cooldown: ({ origin, cooldownMs }) =>
      Math.max(0, circuitOf(origin).readyAt + cooldownMs - clock.monotonic()),
    start(origin, kind = 'lookup') {
      const startedAt = clock.now()
      // Stored before the query is sent: a crash must not make the query free. A store that throws is a bug,
      // and the query is not sent. A store that can't write to the disk does not throw: memory holds the
      // query for this run.
      store.started(ledgerOf(origin, kind), startedAt)
      const circuit = circuitOf(origin)
      circuit.starts[kind].push(clock.monotonic())
      if (circuit.closure?.onTrial) circuit.closure = { ...circuit.closure, onTrial: false }
      let keyReplaced = false
      return {
        ended() {
          circuit.readyAt = clock.monotonic()
          tried(() => store.ended(ledgerOf(origin, kind), startedAt, clock.now()))
        },
        keyReplaced() {
          keyReplaced = true
        },
        judge: failure => judge(origin, failure, keyReplaced),
      }
    },
    keyChanged(origin) {
      const reason = circuitOf(origin).closure?.reason
      if (reason !== 'key-rejected' && reason !== 'sign-in-refused') return false
      lift(origin)
      return true
    },
    tryKeyAgain(origin) {
      const circuit = circuitOf(origin)
      const { closure } = circuit
      if (closure?.reason !== 'key-rejected' || closure.onTrial) return ok(null)
      const wait = closure.closedAt + TRY_AGAIN_AFTER - clock.monotonic()
      if (wait > 0) return fail({ code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: wait })
      // One query may pass; only the carrier's answer to it opens the door to more.
      circuit.closure = { ...closure, closedAt: clock.monotonic(), onTrial: true }
      tried(() => store.close(origin, { reason: closure.reason, closedAt: clock.now(), until: null }))
      return ok(null)
    },
  }
}
