import type { ClosedReason, Failure, Outcome } from '../../../domain/failure.ts'
import { fail, ok } from '../../../domain/result.ts'
import type { Clock } from '../../clock.ts'
import type { GateLimits } from '../gate.ts'

/** What has to be remembered of a carrier across restarts. Wall-clock times, milliseconds since the epoch. */
export interface GateStore {
  /** Queries begun since a time, oldest first; `endedAt` is null where the program died with one in flight. */
  queries(
    origin: string,
    since: number,
    /** Queries from after this are of a clock that was ahead; they count as begun now. */
    now: number,
  ): readonly { readonly startedAt: number; readonly endedAt: number | null }[]
  started(origin: string, at: number): void
  ended(origin: string, startedAt: number, at: number): void
  closure(origin: string): Closure | null
  close(origin: string, closure: Closure): void
  reopen(origin: string): void
}

export interface Closure {
  readonly reason: ClosedReason
  readonly closedAt: number
  /** null: until the key changes or the agent tries it again. */
  readonly until: number | null
}

/** Why nothing may be sent to a carrier now, and for how long: milliseconds, null until somebody acts. */
export interface Closed {
  readonly reason: 'cool-down' | 'budget' | ClosedReason
  readonly opensInMs: number | null
}

/** One query of the breaker's, from its start on. */
export interface StartedQuery {
  /** The cool-down begins. */
  ended(): void
  /** Its key was replaced meanwhile: what the carrier says of the old one closes nothing. */
  keyReplaced(): void
  /** Takes what came of it: null for an answer, else why there is none. */
  judge(failure: Failure | null): void
}

/**
 * Says of each carrier whether it may be asked: a cool-down after each query, a budget for each rolling hour, and what the
 * carrier itself closed (a rate limit, a refused key). All of it belongs to the carrier's origin and outlives a restart.
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

/** What can't be written down holds for this run. */
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

  /** Wall times become ages; one in the future is taken as just now, which errs on the closed side. */
  function read(origin: string): Circuit {
    const wall = clock.now()
    const mono = clock.monotonic()
    const monoOf = (at: number) => mono - Math.max(0, wall - at)
    const queries = store.queries(origin, wall - HOUR, wall)
    const last = queries.at(-1)
    const closure = store.closure(origin)
    // The program died with it: nobody knows when it ended, so it is taken to end now, once and for all.
    if (last?.endedAt === null) tried(() => store.ended(origin, last.startedAt, wall))
    return {
      starts: queries.map(query => monoOf(query.startedAt)),
      // The cool-down's length may have changed since, so the end is kept and the length is added when asked.
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

  /** What came of a query says of the carrier's door: closed from now, or, after a trial, open again. */
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
      // Written before the query is sent: a crash must not make it free. A store that throws is a bug, and nothing is
      // sent; where the disk refuses, the store says nothing and this run's memory holds.
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
