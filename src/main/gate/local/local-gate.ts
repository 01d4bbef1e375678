import type { Clock } from '../../clock.ts'
import type { Gate } from '../gate.ts'
import { createGate } from '../queue.ts'
import { createCircuitBreaker } from './circuit-breaker.ts'
import type { GateStore } from './gate-store.ts'
import { createLocalTurns } from './local-turns.ts'

/** The gate of this program alone. */
export function createLocalGate<T>(deps: { readonly clock: Clock; readonly store: GateStore }): Gate<T> {
  const turns = createLocalTurns({ clock: deps.clock, breaker: createCircuitBreaker(deps) })
  return createGate({ all: [turns], of: () => turns })
}
