import type { GateState } from '../../../contract/bridge.ts'
import type { Account } from '../../../domain/account.ts'
import type { ClosedReason, Outcome } from '../../../domain/failure.ts'
import { fail, ok } from '../../../domain/result.ts'
import type { Clock } from '../../clock.ts'

/** What the gate has to remember of a carrier across restarts. Wall-clock times, milliseconds since the epoch. */
export interface GateLedger {
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

/** What a carrier's queries are bound by; the caller takes them from the profile. */
export interface GateLimits {
  readonly origin: string
  readonly cooldownMs: number
  /** Queries in a rolling hour; null for none, which only the simulator may have. */
  readonly budget: number | null
}

export interface GateRequest<T> {
  /** Requests with the same key are one: later ones join it. */
  readonly key: string
  readonly account: Account
  /** Whose request it is: another profile is told that the gate is busy, not about whom. */
  readonly profileId: string
  readonly limits: GateLimits
  /** The query. It must settle soon after its signal aborts. */
  readonly query: (signal: AbortSignal) => Promise<Outcome<T>>
}

export interface RateGate<T> {
  run(request: GateRequest<T>): Promise<Outcome<T>>
  /** The request with this key that is in flight or waiting; null if there is none. */
  pending(key: string): Promise<Outcome<T>> | null
  /** Gives up the waiting request, or else the one in flight. */
  cancel(): void
  /** Gives up the waiting request alone. */
  dropWaiting(): void
  /** A new key was saved for this carrier: what the old one closed opens. */
  keyChanged(origin: string): void
  /** Opens a gate that a rejected key closed, once a minute at most. */
  tryKeyAgain(origin: string): Outcome<null>
  state(limits: GateLimits, profileId: string): GateState
}

const HOUR = 3_600_000
const LONGEST_CLOSURE = 10 * 60_000
const TRY_AGAIN_AFTER = 60_000

interface Pending<T> extends GateRequest<T> {
  readonly promise: Promise<Outcome<T>>
  readonly resolve: (outcome: Outcome<T>) => void
  readonly reject: (error: unknown) => void
}

/** What keeps a carrier's queries back by its own book. */
interface Closed {
  readonly reason: 'cool-down' | 'budget' | ClosedReason
  readonly opensInMs: number | null
}

/** One carrier's book, in monotonic time: a jump of the wall clock neither refills a budget nor locks it. */
interface Book {
  readonly starts: number[]
  readyAt: number
  closure:
    | (Closure & {
        /** The agent tries the rejected key again: the next query passes. */
        readonly onTrial?: boolean
      })
    | null
}

interface Flight<T> extends Pending<T> {
  readonly abort: AbortController
  /** A new key was saved meanwhile: what the carrier says of the old one closes nothing. */
  keyReplaced: boolean
}

/** What can't be written holds for this run, by the book. */
function kept(write: () => void): void {
  try {
    write()
  } catch {}
}

/**
 * The one door to the carrier: one query in flight in the whole program, then a cool-down; one request may wait, a
 * newer one takes its place. Cool-down, budget and closures belong to a carrier's origin and outlive a restart.
 *
 * A closed gate (budget, rate limit, refused key) refuses at once and never queues: a query that runs minutes
 * later is one that nobody asked for.
 */
export function createRateGate<T>({
  clock,
  ledger,
  onChange,
}: {
  readonly clock: Clock
  readonly ledger: GateLedger
  readonly onChange: () => void
}): RateGate<T> {
  const books = new Map<string, Book>()
  let inFlight: Flight<T> | null = null
  let waiting: Pending<T> | null = null
  let callOffOpening = () => {}

  function bookOf(origin: string): Book {
    const known = books.get(origin)
    if (known) return known
    const book = readBook(origin)
    books.set(origin, book)
    return book
  }

  /** Wall times become ages; one in the future is taken as just now, which errs on the closed side. */
  function readBook(origin: string): Book {
    const wall = clock.now()
    const mono = clock.monotonic()
    const monoOf = (at: number) => mono - Math.max(0, wall - at)
    const queries = ledger.queries(origin, wall - HOUR, wall)
    const last = queries.at(-1)
    const closure = ledger.closure(origin)
    // The program died with it: nobody knows when it ended, so it is taken to end now, once and for all.
    if (last?.endedAt === null) kept(() => ledger.ended(origin, last.startedAt, wall))
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
    const book = bookOf(limits.origin)
    const now = clock.monotonic()
    if (book.closure !== null) {
      const { reason, until, onTrial } = book.closure
      if (!onTrial && (until === null || until > now))
        return { reason, opensInMs: until === null ? null : until - now }
      if (!onTrial) lift(limits.origin)
    }
    while (book.starts[0] !== undefined && book.starts[0] <= now - HOUR) book.starts.shift()
    if (limits.budget !== null && book.starts.length >= limits.budget) {
      // With a lowered budget more than one start has to age out.
      const frees = book.starts[book.starts.length - limits.budget] ?? now
      return { reason: 'budget', opensInMs: frees + HOUR - now }
    }
    const opens = book.readyAt + limits.cooldownMs
    return opens > now ? { reason: 'cool-down', opensInMs: opens - now } : null
  }

  /** Null if the request may run now or wait its turn. */
  function refusal(limits: GateLimits): Outcome<T> | null {
    const state = closed(limits)
    if (state === null || state.reason === 'cool-down') return null
    if (state.reason === 'budget') return fail({ code: 'BUDGET_SPENT', opensInMs: state.opensInMs ?? HOUR })
    return fail({ code: 'GATE_CLOSED', reason: state.reason, opensInMs: state.opensInMs })
  }

  /** Lets the waiting request through, refuses it, or sets the timer for when that can be told. */
  function advance(): void {
    callOffOpening()
    callOffOpening = () => {}
    if (inFlight === null && waiting !== null) {
      const next = waiting
      const refused = refusal(next.limits)
      const state = refused === null ? closed(next.limits) : null
      if (refused !== null) {
        waiting = null
        next.resolve(refused)
      } else if (state === null) {
        waiting = null
        start(next)
      } else {
        callOffOpening = clock.after(state.opensInMs ?? 0, advance)
      }
    }
    onChange()
  }

  function start(request: Pending<T>): void {
    const { origin } = request.limits
    const abort = new AbortController()
    const startedAt = clock.now()
    // Written before the query is sent: a crash must not make it free. A ledger that throws is a bug, and nothing is
    // sent; where the disk refuses, the ledger says nothing and the book holds for this run.
    try {
      ledger.started(origin, startedAt)
    } catch (error) {
      request.reject(error)
      return
    }
    bookOf(origin).starts.push(clock.monotonic())
    const book = bookOf(origin)
    if (book.closure?.onTrial) book.closure = { ...book.closure, onTrial: false }
    const flight = { ...request, abort, keyReplaced: false }
    inFlight = flight
    const land = () => {
      if (inFlight !== flight) return false
      inFlight = null
      bookOf(origin).readyAt = clock.monotonic()
      kept(() => ledger.ended(origin, startedAt, clock.now()))
      return true
    }
    // Called off, the screen is free at once and the carrier's cool-down runs from now, whatever the query still does.
    abort.signal.addEventListener('abort', () => {
      if (!land()) return
      request.resolve(fail({ code: 'CANCELLED' }))
      advance()
    })
    const query = async () => request.query(abort.signal)
    query().then(
      outcome => {
        if (!land()) return
        judge(flight, outcome)
        request.resolve(outcome)
        advance()
      },
      error => {
        if (!land()) return
        request.reject(error)
        advance()
      },
    )
  }

  /** What an outcome says of the carrier's door: closed from now, or, after a try, open again. */
  function judge({ limits: { origin }, keyReplaced }: Flight<T>, outcome: Outcome<T>): void {
    if (outcome.ok) {
      lift(origin)
      return
    }
    const { failure } = outcome
    if (failure.code === 'KEY_REJECTED' && keyReplaced) return
    if ('carrier' in failure && failure.code !== 'KEY_REJECTED') lift(origin)
    if (failure.code !== 'KEY_REJECTED' && failure.code !== 'RATE_LIMITED') return
    // A rate limit on the trial of a refused key leaves it refused.
    const stillRefused = bookOf(origin).closure?.reason === 'key-rejected' && !keyReplaced
    const reason = failure.code === 'RATE_LIMITED' && !stillRefused ? 'rate-limited' : 'key-rejected'
    const wait =
      failure.code === 'RATE_LIMITED' && reason === 'rate-limited'
        ? Math.min(failure.opensInMs, LONGEST_CLOSURE)
        : null
    const wall = clock.now()
    const mono = clock.monotonic()
    bookOf(origin).closure = { reason, closedAt: mono, until: wait === null ? null : mono + wait }
    kept(() => ledger.close(origin, { reason, closedAt: wall, until: wait === null ? null : wall + wait }))
  }

  function reopen(origin: string): void {
    if (bookOf(origin).closure?.reason !== 'key-rejected') return
    lift(origin)
    advance()
  }

  function lift(origin: string): void {
    if (bookOf(origin).closure === null) return
    bookOf(origin).closure = null
    kept(() => ledger.reopen(origin))
  }

  function dropWaiting(code: 'CANCELLED' | 'SUPERSEDED' = 'CANCELLED'): void {
    waiting?.resolve(fail({ code }))
    waiting = null
  }

  function pending(key: string): Promise<Outcome<T>> | null {
    return [inFlight, waiting].find(request => request?.key === key)?.promise ?? null
  }

  return {
    pending,
    run(request) {
      const joined = pending(request.key)
      if (joined !== null) return joined
      const refused = refusal(request.limits)
      if (refused !== null) return Promise.resolve(refused)
      dropWaiting('SUPERSEDED')
      waiting = { ...request, ...Promise.withResolvers<Outcome<T>>() }
      const { promise } = waiting
      advance()
      return promise
    },
    cancel() {
      if (waiting !== null) dropWaiting()
      else inFlight?.abort.abort()
      advance()
    },
    dropWaiting() {
      dropWaiting()
      advance()
    },
    keyChanged(origin) {
      if (inFlight?.limits.origin === origin) inFlight.keyReplaced = true
      reopen(origin)
    },
    tryKeyAgain(origin) {
      const book = bookOf(origin)
      const { closure } = book
      if (closure?.reason !== 'key-rejected' || closure.onTrial) return ok(null)
      const wait = closure.closedAt + TRY_AGAIN_AFTER - clock.monotonic()
      if (wait > 0) return fail({ code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: wait })
      // One query may pass; only the carrier's answer to it opens the door to more.
      book.closure = { ...closure, closedAt: clock.monotonic(), onTrial: true }
      kept(() => ledger.close(origin, { reason: closure.reason, closedAt: clock.now(), until: null }))
      advance()
      return ok(null)
    },
    state(limits, profileId) {
      const own = (request: GateRequest<T> | null) =>
        request?.profileId === profileId ? request.account : null
      const others = inFlight !== null && inFlight.profileId !== profileId
      return {
        inFlight: own(inFlight),
        waiting: own(waiting),
        closed: others ? { reason: 'in-flight', opensInMs: null } : closed(limits),
      }
    },
  }
}
