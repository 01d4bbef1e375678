import type { ClosedReason, Failure, Outcome } from '../../../domain/failure.ts'
import { fail, ok } from '../../../domain/result.ts'
import type { Clock } from '../../clock.ts'
import type { GateLimits } from '../gate.ts'
import type { Closure, GateStore } from './gate-store.ts'

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
  /** Why a request can't even wait; null where it may run now, or once the cool-down is over. */
  refusal(limits: GateLimits): Failure | null
  /** Counts a query before it is sent. Throws where that can't be written down: nothing may be sent then. */
  start(origin: string): StartedQuery
  /** True where a new key opened what the old one had closed. */
  keyChanged(origin: string): boolean
  /** Lets one query through although the key was refused, once a minute at most. */
  tryKeyAgain(origin: string): Outcome<null>
}

const HOUR = 3_600_000
const LONGEST_CLOSURE = 10 * 60_000
const TRY_AGAIN_AFTER = 60_000

/** One carrier in monotonic time: a jump of the wall clock neither refills a budget nor locks it. */
interface Circuit {
  readonly starts: number[]
  readyAt: number
  closure:
    | (Closure & {
        /** The agent tries the rejected key again: the next query passes. */
        readonly onTrial?: boolean
      })
    | null
}

/** Ignores a failed write: memory still has the fact, so it holds until the program ends. */
function tried(write: () => void): void {
  try {
    write()
  } catch {}
}

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
    const circuit = read(origin)
    circuits.set(origin, circuit)
    return circuit
  }

  /**
   * Turns stored wall-clock times into monotonic ones. A time in the future counts as just now, so that the
   * gate rather stays closed too long.
   */
  function read(origin: string): Circuit {
    const wall = clock.now()
    const mono = clock.monotonic()
    const monoOf = (at: number) => mono - Math.max(0, wall - at)
    const queries = store.queries(origin, wall - HOUR, wall)
    const last = queries.at(-1)
    const closure = store.closure(origin)
    // The program died during this query, and nobody knows when the query ended. It is taken to end now, and
    // that is stored.
    if (last?.endedAt === null) tried(() => store.ended(origin, last.startedAt, wall))
    return {
      starts: queries.map(query => monoOf(query.startedAt)),
      // Only the end of the query is kept. The cool-down is added at each check, because its length can be
      // changed in the profile.
      readyAt: last === undefined ? Number.NEGATIVE_INFINITY : monoOf(last.endedAt ?? wall),
      closure: closure && {
        reason: closure.reason,
        closedAt: monoOf(closure.closedAt),
        until:
          closure.until === null ? null : mono + Math.min(Math.max(0, closure.until - wall), LONGEST_CLOSURE),
      },
    }
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
    while (circuit.starts[0] !== undefined && circuit.starts[0] <= now - HOUR) circuit.starts.shift()
    if (limits.budget !== null && circuit.starts.length >= limits.budget) {
      // With a lowered budget more than one start has to age out.
      const frees = circuit.starts[circuit.starts.length - limits.budget] ?? now
      return { reason: 'budget', opensInMs: frees + HOUR - now }
    }
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
    if (failure.code === 'KEY_REJECTED' && keyReplaced) return
    if ('carrier' in failure && failure.code !== 'KEY_REJECTED') lift(origin)
    if (failure.code !== 'KEY_REJECTED' && failure.code !== 'RATE_LIMITED') return
    // A rate limit on the trial of a refused key leaves it refused.
    const stillRefused = circuitOf(origin).closure?.reason === 'key-rejected' && !keyReplaced
    const reason = failure.code === 'RATE_LIMITED' && !stillRefused ? 'rate-limited' : 'key-rejected'
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
    refusal(limits) {
      const state = closed(limits)
      if (state === null || state.reason === 'cool-down') return null
      if (state.reason === 'budget') return { code: 'BUDGET_SPENT', opensInMs: state.opensInMs ?? HOUR }
      return { code: 'GATE_CLOSED', reason: state.reason, opensInMs: state.opensInMs }
    },
    start(origin) {
      const startedAt = clock.now()
      // Stored before the query is sent: a crash must not make the query free. A store that throws is a bug,
      // and the query is not sent. A store that can't write to the disk does not throw: memory holds the
      // query for this run.
      store.started(origin, startedAt)
      const circuit = circuitOf(origin)
      circuit.starts.push(clock.monotonic())
      if (circuit.closure?.onTrial) circuit.closure = { ...circuit.closure, onTrial: false }
      let keyReplaced = false
      return {
        ended() {
          circuit.readyAt = clock.monotonic()
          tried(() => store.ended(origin, startedAt, clock.now()))
        },
        keyReplaced() {
          keyReplaced = true
        },
        judge: failure => judge(origin, failure, keyReplaced),
      }
    },
    keyChanged(origin) {
      if (circuitOf(origin).closure?.reason !== 'key-rejected') return false
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
