import type { QueryStep } from '../../../contract/state.ts'
import type { Outcome } from '../../../domain/failure.ts'
import { fail, ok } from '../../../domain/result.ts'
import type { Clock } from '../../clock.ts'
import type { Gate, GateRequest, QueryKind, Turn } from '../gate.ts'
import { createCircuitBreaker, type StartedQuery } from './circuit-breaker.ts'
import type { GateStore } from './gate-store.ts'

interface Pending<T> extends GateRequest<T> {
  readonly promise: Promise<Outcome<T>>
  readonly resolve: (outcome: Outcome<T>) => void
  readonly reject: (error: unknown) => void
}

interface Flight<T> extends Pending<T> {
  readonly abort: AbortController
  /** The query that was sent last in this turn. */
  started: StartedQuery
  step: QueryStep
  isKeyReplaced: boolean
}

/** The gate of this program alone: one query in flight and one waiting, for all carriers together. */
export function createLocalGate<T>({
  clock,
  store,
}: {
  readonly clock: Clock
  readonly store: GateStore
}): Gate<T> {
  const breaker = createCircuitBreaker({ clock, store })
  const listeners = new Set<() => void>()
  let inFlight: Flight<T> | null = null
  let waiting: Pending<T> | null = null
  let callOffOpening = () => {}

  /** Starts the waiting request, refuses it, or sets a timer for the end of the cool-down. */
  function advance(): void {
    callOffOpening()
    callOffOpening = () => {}
    if (inFlight === null && waiting !== null) {
      const next = waiting
      const refusal = breaker.refusal(next.limits, kindOf(next))
      const wait = breaker.cooldown(next.limits)
      if (refusal !== null) {
        waiting = null
        next.resolve(fail(refusal))
      } else if (wait === 0) {
        waiting = null
        start(next)
      } else {
        callOffOpening = clock.after(wait, advance)
      }
    }
    tellListeners()
  }

  function tellListeners(): void {
    for (const listener of listeners) listener()
  }

  function start(request: Pending<T>): void {
    const abort = new AbortController()
    let started: StartedQuery
    try {
      started = breaker.start(request.limits.origin, request.first?.())
    } catch (error) {
      request.reject(error)
      return
    }
    const flight: Flight<T> = { ...request, abort, started, step: 'carrier', isKeyReplaced: false }
    inFlight = flight
    const land = () => {
      if (inFlight !== flight) return false
      inFlight = null
      flight.started.ended()
      return true
    }
    // After a cancel, the screen is free at once. The cool-down starts now, even if the query itself takes
    // longer to end.
    abort.signal.addEventListener('abort', () => {
      if (!land()) return
      request.resolve(fail({ code: 'CANCELLED' }))
      advance()
    })
    const turn: Turn = {
      at(step) {
        if (inFlight !== flight || flight.step === step) return
        flight.step = step
        tellListeners()
      },
      next: kind => nextInTurn(flight, kind),
    }
    const query = async () => request.query(abort.signal, turn)
    query().then(
      outcome => {
        if (!land()) return
        flight.started.judge(outcome.ok ? request.failureOf(outcome.value) : outcome.failure)
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

  /** One more query of an act that keeps its turn meanwhile. */
  async function nextInTurn(flight: Flight<T>, kind: QueryKind): Promise<Outcome<null>> {
    const isOver = () => inFlight !== flight
    if (isOver()) return fail({ code: 'CANCELLED' })
    flight.started.ended()
    const refusal = breaker.refusalInTurn(flight.limits, kind)
    if (refusal !== null) return fail(refusal)
    await cooledDown(flight)
    if (isOver()) return fail({ code: 'CANCELLED' })
    const started = breaker.start(flight.limits.origin, kind)
    if (flight.isKeyReplaced) started.keyReplaced()
    flight.started = started
    return ok(null)
  }

  /** Resolves when the cool-down is over, or at once when the act is given up. */
  async function cooledDown({ limits, abort }: Flight<T>): Promise<void> {
    // More than once, because a timer may be early by a part of a millisecond.
    while (breaker.cooldown(limits) > 0 && !abort.signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const callOff = clock.after(breaker.cooldown(limits), resolve)
      abort.signal.addEventListener('abort', () => resolve(), { once: true })
      await promise
      callOff()
    }
  }

  /** What a request begins with; one about nobody is a sign-in and nothing else. */
  function kindOf({ account, first }: GateRequest<T>): QueryKind | 'sign-in-alone' {
    const kind = first?.() ?? 'lookup'
    return kind === 'sign-in' && account === null ? 'sign-in-alone' : kind
  }

  function giveUpWaiting(code: 'CANCELLED' | 'SUPERSEDED' = 'CANCELLED'): void {
    waiting?.resolve(fail({ code }))
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
      const refusal = breaker.refusal(request.limits, isAhead ? 'lookup' : kindOf(request))
      if (refusal !== null) return Promise.resolve(fail(refusal))
      giveUpWaiting('SUPERSEDED')
      waiting = { ...request, ...Promise.withResolvers<Outcome<T>>() }
      const { promise } = waiting
      advance()
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
      if (inFlight?.limits.origin === origin) {
        inFlight.isKeyReplaced = true
        inFlight.started.keyReplaced()
      }
      if (breaker.keyChanged(origin)) advance()
    },
    tryKeyAgain(origin) {
      const outcome = breaker.tryKeyAgain(origin)
      if (outcome.ok) advance()
      return outcome
    },
    state(limits, profileId) {
      const own = (request: GateRequest<T> | null) =>
        request?.profileId === profileId ? request.account : null
      const others = inFlight !== null && inFlight.profileId !== profileId
      return {
        inFlight: own(inFlight),
        step: inFlight?.profileId === profileId ? inFlight.step : null,
        waiting: own(waiting),
        closed: others ? { reason: 'in-flight', opensInMs: null } : breaker.closed(limits),
        isSure: true,
        budget: breaker.budget(limits),
      }
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
