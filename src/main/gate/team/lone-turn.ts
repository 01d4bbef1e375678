import { fail } from '../../../domain/result.ts'
import type { Clock } from '../../clock.ts'
import type { GateLimits } from '../gate.ts'
import type { CircuitBreaker } from '../local/circuit-breaker.ts'
import type { HeldTurn } from '../turns.ts'
import { elapsedSince, stampOf } from './lease.ts'
import { metOf, outcomeOf } from './outcome.ts'
import { LONE_QUERY_MS } from './slots.ts'
import type { Desk } from './team-desk.ts'

/** A turn that a desk takes by itself in its own slot, while the team's server is away: one lookup, and a short one. */
export function holdLoneTurn(
  limits: GateLimits,
  {
    desk,
    key,
    breaker,
    clock,
  }: {
    readonly desk: Desk
    readonly key: number
    readonly breaker: CircuitBreaker
    readonly clock: Clock
  },
): HeldTurn {
  const query = breaker.start(limits.origin)
  const begun = stampOf(clock)
  const told = desk.aloneWith('lookup')
  const lost = new AbortController()
  let isOver = false
  let isKeyReplaced = false
  const holds = () => !isOver && elapsedSince(begun, clock) < LONE_QUERY_MS
  const callOff = clock.after(LONE_QUERY_MS, () => {
    if (!isOver) lost.abort()
  })
  return {
    lost: lost.signal,
    holds,
    // It would have to wait for the next slot, minutes away.
    next: async () => fail({ code: 'TEAM_AWAY' }),
    keyReplaced() {
      isKeyReplaced = true
      query.keyReplaced()
    },
    end(how) {
      isOver = true
      callOff()
      query.ended()
      if (how !== 'called off') query.judge(how)
      told(metOf(outcomeOf(how, { isWritten: true, isKeyReplaced }), how, key))
    },
  }
}
