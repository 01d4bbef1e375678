import type { QueryStep } from '../../contract/state.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'
import { fail } from '../../domain/result.ts'
import type { Gate, GateLimits, GateRequest, Turn } from './gate.ts'
import type { FirstQuery, HeldTurn, Turns } from './turns.ts'

interface Pending<T> extends GateRequest<T> {
  readonly promise: Promise<Outcome<T>>
  readonly resolve: (outcome: Outcome<T>) => void
  readonly reject: (error: unknown) => void
}

interface Flight<T> extends Pending<T> {
  readonly abort: AbortController
  readonly turn: HeldTurn
  step: QueryStep
}

/**
 * The queue of one program: one query in flight and one waiting, for all carriers together. When the waiting one may go
 * is for others to say: the turns of its carrier.
 */
export function createGate<T>(turns: {
  readonly all: readonly Turns[]
  readonly of: (limits: GateLimits) => Turns
}): Gate<T> {
  const listeners = new Set<() => void>()
  let inFlight: Flight<T> | null = null
  let waiting: Pending<T> | null = null
  /** Gives up the wish of the waiting request; null while it has none. */
  let giveUpWish: (() => void) | null = null

  for (const each of turns.all) each.onChange(tellListeners)

  /** Wishes for a turn for the waiting request, once nothing is in flight any more. */
  function advance(): void {
    if (inFlight === null && waiting !== null && giveUpWish === null) wish(waiting)
    tellListeners()
  }

  function wish(request: Pending<T>): void {
    let isAsking = true
    const end = (then: () => void) => {
      giveUpWish = null
      waiting = null
      then()
      // Who asked tells of it anyway.
      if (!isAsking) tellListeners()
    }
    let isGivenUp = false
    giveUpWish = () => {
      isGivenUp = true
    }
    const giveUp = turns.of(request.limits).ask(
      { limits: request.limits, first: () => kindOf(request), keyPrint: request.keyPrint ?? 0 },
      {
        given: turn => end(() => start(request, turn)),
        refused: failure => end(() => request.resolve(fail(failure))),
        broke: error => end(() => request.reject(error)),
      },
    )
    isAsking = false
    if (isGivenUp) giveUp()
    else if (waiting === request) giveUpWish = giveUp
  }

  function tellListeners(): void {
    for (const listener of listeners) listener()
  }

  function start(request: Pending<T>, turn: HeldTurn): void {
    const abort = new AbortController()
    const flight: Flight<T> = { ...request, abort, turn, step: 'carrier' }
    inFlight = flight
    const land = (how: Failure | null | 'called off') => {
      if (inFlight !== flight) return false
      inFlight = null
      turn.end(how)
      return true
    }
    // After a cancel, the screen is free at once. The cool-down starts now, even if the query itself takes
    // longer to end.
    abort.signal.addEventListener('abort', () => {
      if (!land('called off')) return
      request.resolve(fail({ code: 'CANCELLED' }))
      advance()
    })
    turn.lost.addEventListener('abort', () => {
      if (!land('called off')) return
      const failure: Failure = { code: 'TURN_LOST' }
      request.resolve(fail(failure))
      abort.abort(failure)
      advance()
    })
    const query = async () => request.query(abort.signal, turnOf(flight))
    query().then(
      outcome => {
        if (!land(outcome.ok ? request.failureOf(outcome.value) : outcome.failure)) return
        request.resolve(outcome)
        advance()
      },
      error => {
        if (!land('called off')) return
        request.reject(error)
        advance()
      },
    )
  }

  /** What the act is given to work with. */
  function turnOf(flight: Flight<T>): Turn {
    const isOver = () => inFlight !== flight
    return {
      at(step) {
        if (isOver() || flight.step === step) return
        flight.step = step
        tellListeners()
      },
      holds: () => !isOver() && flight.turn.holds(),
      async next(kind) {
        if (isOver()) return fail({ code: 'CANCELLED' })
        const next = await flight.turn.next(kind, flight.abort.signal)
        return isOver() ? fail({ code: 'CANCELLED' }) : next
      },
    }
  }

  function kindOf({ account, first }: GateRequest<T>): FirstQuery {
    const kind = first?.() ?? 'lookup'
    return kind === 'sign-in' && account === null ? 'sign-in-alone' : kind
  }

  function giveUpWaiting(): void {
    giveUpWish?.()
    giveUpWish = null
    waiting?.resolve(fail({ code: 'CANCELLED' }))
    waiting = null
  }

  const pending = (key: string): Promise<Outcome<T>> | null =>
    [inFlight, waiting].find(request => request?.key === key)?.promise ?? null

  return {
    pending,
    run(request) {
      const joined = pending(request.key)
      if (joined !== null) return joined
      // Whoever has the turn may sign in for all: the rest is seen when it is this request's.
      const isAhead = inFlight?.limits.origin === request.limits.origin
      const refusal = turns
        .of(request.limits)
        .refusal(request.limits, isAhead ? 'lookup' : kindOf(request), request.keyPrint ?? 0)
      if (refusal !== null) return Promise.resolve(fail(refusal))
      const older = { waiting, giveUpWish }
      giveUpWish = null
      waiting = { ...request, ...Promise.withResolvers<Outcome<T>>() }
      const { promise } = waiting
      // The new one wishes before the older one gives up: it keeps the older one's place in a team's line.
      advance()
      older.giveUpWish?.()
      older.waiting?.resolve(fail({ code: 'SUPERSEDED' }))
      return promise
    },
    cancel() {
      if (waiting !== null) giveUpWaiting()
      else inFlight?.abort.abort()
      advance()
    },
    dropWaiting() {
      giveUpWaiting()
      advance()
    },
    keyChanged(origin) {
      if (inFlight?.limits.origin === origin) inFlight.turn.keyReplaced()
      for (const each of turns.all) each.keyChanged(origin)
    },
    tryKeyAgain: limits => turns.of(limits).tryKeyAgain(limits),
    state(limits, profileId) {
      const own = (request: GateRequest<T> | null) =>
        request?.profileId === profileId ? request.account : null
      const others = inFlight !== null && inFlight.profileId !== profileId
      const state = turns.of(limits).state(limits)
      return {
        ...state,
        inFlight: own(inFlight),
        step: inFlight?.profileId === profileId ? inFlight.step : null,
        waiting: own(waiting),
        ...(others && { closed: { reason: 'in-flight', opensInMs: null } }),
      }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
