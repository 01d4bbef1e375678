import type { Result } from '../domain/result.ts'
import type { Clock } from './clock.ts'
import type { Gate, Team } from './gate/gate.ts'
import { createCircuitBreaker } from './gate/local/circuit-breaker.ts'
import type { GateStore } from './gate/local/gate-store.ts'
import { createLocalTurns } from './gate/local/local-turns.ts'
import { createGate } from './gate/queue.ts'
import type { EngineAccess, EngineTrouble } from './gate/team/engine.ts'
import { createLazyEngine } from './gate/team/lazy-engine.ts'
import type { DeskName } from './gate/team/team-desk.ts'
import { createTeamTurns, type TeamTurns } from './gate/team/team-turns.ts'

/** The one gate of the program, with the turns of this program alone and those of teams. */
export function createGates<T>({
  clock,
  store,
  access,
  desk,
}: {
  readonly clock: Clock
  readonly store: GateStore
  /** What opens a team's server. */
  readonly access: (team: Team) => Promise<Result<EngineAccess, EngineTrouble>>
  readonly desk: DeskName
}): { readonly gate: Gate<T>; readonly teamTurns: TeamTurns } {
  // Shared: what is asked in a team is written down here too, for the time when its server is away.
  const breaker = createCircuitBreaker({ clock, store })
  const localTurns = createLocalTurns({ clock, breaker })
  const teamTurns = createTeamTurns({
    clock,
    breaker,
    desk,
    engineOf: team =>
      createLazyEngine(async () => {
        const { createEngine } = await import('./gate/team/engine.ts')
        return createEngine({ clock, access: () => access(team) })
      }),
  })
  const gate = createGate<T>({
    all: [localTurns, teamTurns],
    of: ({ team }) => (team === undefined ? localTurns : teamTurns),
  })
  return { gate, teamTurns }
}
