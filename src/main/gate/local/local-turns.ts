import type { Outcome } from '../../../domain/failure.ts'
import { fail, ok } from '../../../domain/result.ts'
import type { Clock } from '../../clock.ts'
import type { GateLimits, QueryKind } from '../gate.ts'
import type { FirstQuery, HeldTurn, Turns } from '../turns.ts'
import type { CircuitBreaker } from './circuit-breaker.ts'

/** The turns of this program alone: a carrier may be asked once the cool-down is over, as its circuit breaker says. */
export function createLocalTurns({
  clock,
  breaker,
}: {
  readonly clock: Clock
  readonly breaker: CircuitBreaker
}): Turns {
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  return {
    refusal: breaker.refusal,
    ask({ limits, first }, told) {
      let callOff = () => {}
      const look = () => {
        const refusal = breaker.refusal(limits, first())
        if (refusal !== null) return told.refused(refusal)
        const wait = breaker.cooldown(limits)
        if (wait > 0) {
          callOff = clock.after(wait, look)
          return
        }
        let turn: HeldTurn
        try {
          turn = held(limits, first(), { breaker, clock })
        } catch (error) {
          return told.broke(error)
        }
        told.given(turn)
      }
      look()
      return () => callOff()
    },
    state: limits => ({ closed: breaker.closed(limits), isSure: true, budget: breaker.budget(limits) }),
    keyChanged(origin) {
      if (breaker.keyChanged(origin)) tell()
    },
    async tryKeyAgain({ origin }) {
      const outcome = breaker.tryKeyAgain(origin)
      if (outcome.ok) tell()
      return outcome
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** @throws where its first query can't be written down */
function held(
  limits: GateLimits,
  first: FirstQuery,
  { breaker, clock }: { readonly breaker: CircuitBreaker; readonly clock: Clock },
): HeldTurn {
  const { origin } = limits
  let query = breaker.start(origin, first === 'lookup' ? 'lookup' : 'sign-in')
  let isKeyReplaced = false
  let isOver = false

  /** Resolves when the cool-down is over, or at once when the act is given up. */
  async function cooledDown(signal: AbortSignal): Promise<void> {
    // More than once, because a timer may be early by a part of a millisecond.
    while (breaker.cooldown(limits) > 0 && !signal.aborted) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const callOff = clock.after(breaker.cooldown(limits), resolve)
      signal.addEventListener('abort', () => resolve(), { once: true })
      await promise
      callOff()
    }
  }

  return {
    // Nobody takes a turn from this program.
    lost: new AbortController().signal,
    holds: () => !isOver,
    async next(kind: QueryKind, signal): Promise<Outcome<null>> {
      query.ended()
      const refusal = breaker.refusalInTurn(limits, kind)
      if (refusal !== null) return fail(refusal)
      await cooledDown(signal)
      if (isOver) return fail({ code: 'CANCELLED' })
      query = breaker.start(origin, kind)
      if (isKeyReplaced) query.keyReplaced()
      return ok(null)
    },
    keyReplaced() {
      isKeyReplaced = true
      query.keyReplaced()
    },
    end(how) {
      isOver = true
      query.ended()
      if (how !== 'called off') query.judge(how)
    },
  }
}
