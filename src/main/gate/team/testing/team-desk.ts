import { randomUUID } from 'node:crypto'
import type { Failure, Outcome } from '../../../../domain/failure.ts'
import { fail, ok } from '../../../../domain/result.ts'
import { type Clock, systemClock } from '../../../clock.ts'
import type { Gate, GateLimits, Turn } from '../../gate.ts'
import { createCircuitBreaker } from '../../local/circuit-breaker.ts'
import { createGate } from '../../queue.ts'
import { createMemoryGateStore } from '../../testing/memory-gate-store.ts'
import { createEngine } from '../engine.ts'
import { createTeamTurns, type TeamTurns } from '../team-turns.ts'

export const CARRIER = 'https://carrier.example.jp'

/** What the carrier sees of all desks: its own record is what the rules are judged by. */
export interface SeenQuery {
  readonly desk: string
  readonly from: number
  to: number | null
}

/** One desk of a team: its gate, and acts that query a carrier that takes its time. */
export interface TeamDesk {
  readonly name: string
  readonly gate: Gate<string>
  readonly turns: TeamTurns
  readonly limits: GateLimits
  /** Asks the carrier about an account, for so many milliseconds; it fails as it is told to. */
  ask(account: string, tookMs?: number, failure?: Failure, withKey?: number): Promise<Outcome<string>>
  /** The turn that runs now. */
  readonly turn: () => Turn | null
  close(): void
}

export function openDesk(
  {
    port,
    database,
    host = '127.0.0.1',
    user = 'desk',
    password = '',
  }: { port: number; database: string; user?: string; password?: string; host?: string },
  {
    name,
    seen,
    key = 1,
    clock = systemClock,
  }: { readonly name: string; readonly seen: SeenQuery[]; readonly key?: number; readonly clock?: Clock },
): TeamDesk {
  const server = { host, port, database, user, caFile: null }
  const limits: GateLimits = {
    origin: CARRIER,
    cooldownMs: 0,
    budget: null,
    signIns: 6,
    team: { server, profileId: 'profile' },
  }
  const id = randomUUID()
  const breaker = createCircuitBreaker({ clock, store: createMemoryGateStore() })
  const turns = createTeamTurns({
    clock,
    breaker,
    engineOf: () => createEngine({ clock, access: async () => ok({ server, password, ca: null }) }),
    desk: { id: () => id, name: () => name, version: '0.1.0' },
  })
  const gate = createGate<string>({ all: [turns], of: () => turns })
  let current: Turn | null = null
  return {
    name,
    gate,
    turns,
    limits,
    turn: () => current,
    ask: (account, tookMs = 20, failure, withKey = key) =>
      gate.run({
        key: account,
        account: { kind: 'line', id: account },
        profileId: 'profile',
        limits,
        keyPrint: withKey,
        failureOf: () => null,
        async query(signal, turn) {
          current = turn
          // The fence: nothing is written once the turn does not hold.
          if (!turn.holds()) return fail({ code: 'TURN_LOST' })
          const query: SeenQuery = { desk: name, from: clock.monotonic(), to: null }
          seen.push(query)
          const { promise, resolve } = Promise.withResolvers<void>()
          const callOff = clock.after(tookMs, resolve)
          signal.addEventListener('abort', () => resolve(), { once: true })
          await promise
          callOff()
          query.to = clock.monotonic()
          current = null
          return failure === undefined ? ok(account) : fail(failure)
        },
      }),
    close() {
      gate.dropWaiting()
      turns.close()
    },
  }
}

/** How many queries began before the one before had ended, or sooner after it than the cool-down. */
export function broken(seen: readonly SeenQuery[], cooldownMs: number): { overlaps: number; gaps: number } {
  const inOrder = seen.toSorted((a, b) => a.from - b.from)
  let overlaps = 0
  let gaps = 0
  for (const [at, query] of inOrder.entries()) {
    const before = inOrder[at - 1]
    if (before === undefined) continue
    const end = before.to ?? Number.POSITIVE_INFINITY
    if (query.from < end) overlaps += 1
    else if (query.from - end < cooldownMs) gaps += 1
  }
  return { overlaps, gaps }
}
