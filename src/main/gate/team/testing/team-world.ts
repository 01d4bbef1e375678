import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { ok } from '../../../../domain/result.ts'
import type { GateLimits } from '../../gate.ts'
import { createCircuitBreaker } from '../../local/circuit-breaker.ts'
import { createGate } from '../../queue.ts'
import type { Surroundings } from '../../testing/gate-model.ts'
import { createMemoryGateStore } from '../../testing/memory-gate-store.ts'
import { createEngine, type Engine } from '../engine.ts'
import { createTeamTurns, type TeamTurns } from '../team-turns.ts'

/** Replaces the database's clock by a row that whoever calls it sets first. */
export async function setSharedTestClock(admin: Client): Promise<void> {
  await admin.query(`
    CREATE TABLE td.test_clock (at timestamptz);
    INSERT INTO td.test_clock VALUES (now());
    GRANT SELECT ON td.test_clock TO PUBLIC;
    CREATE OR REPLACE FUNCTION td.now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT at FROM td.test_clock $$;
    CREATE OR REPLACE FUNCTION td.engine() RETURNS text LANGUAGE sql VOLATILE AS $$ SELECT 'the same' $$`)
}

/** One desk of a team whose server is real, in a time that a test makes. */
export function createTeamWorld(
  admin: Client,
  { port, database }: { port: number; database: string },
): Surroundings {
  const server = { host: '127.0.0.1', port, database, user: 'desk', caFile: null }
  const id = randomUUID()
  const store = createMemoryGateStore()
  const calls = new Set<Promise<unknown>>()
  let clockSet: Promise<unknown> = Promise.resolve()
  let engines: Engine[] = []
  let turns: TeamTurns | null = null

  /** The server's time is the true one at the moment of each call. */
  const timed = (engine: Engine, time: () => number): Engine => ({
    ...engine,
    call(...call) {
      const at = new Date(1_800_000_000_000 + time()).toISOString()
      clockSet = clockSet.then(() => admin.query('UPDATE td.test_clock SET at = $1', [at]))
      const answer = clockSet.then(() => engine.call(...call))
      calls.add(answer)
      void answer.finally(() => calls.delete(answer))
      return answer
    },
  })

  return {
    origins: [`https://${randomUUID()}.example`, `https://${randomUUID()}.example`],
    async prepare(limits) {
      for (const { origin, cooldownMs, budget, signIns } of limits)
        await admin.query('SELECT td.allow_carrier($1, $2, $3, $4)', [
          origin,
          cooldownMs,
          budget ?? 1_200,
          signIns,
        ])
    },
    open(clock, time) {
      // A program that dies says nothing: its connections end.
      for (const engine of engines) engine.close()
      engines = []
      const own = createTeamTurns({
        clock,
        breaker: createCircuitBreaker({ clock, store }),
        engineOf: () => {
          const engine = createEngine({ clock, access: async () => ok({ server, password: '', ca: null }) })
          engines.push(engine)
          return timed(engine, time)
        },
        desk: { id: () => id, name: () => 'desk', version: '0.1.0' },
      })
      turns = own
      const gate = createGate<number>({ all: [own], of: () => own })
      const ofTeam = (limits: GateLimits): GateLimits => ({
        ...limits,
        team: { server, profileId: 'profile' },
      })
      return {
        ...gate,
        run: request => gate.run({ ...request, limits: ofTeam(request.limits) }),
        state: (limits, profileId) => gate.state(ofTeam(limits), profileId),
        tryKeyAgain: limits => gate.tryKeyAgain(ofTeam(limits)),
      }
    },
    async settled() {
      for (;;) {
        await new Promise<void>(resolve => setImmediate(resolve))
        if (calls.size === 0) return
        await Promise.all(calls)
      }
    },
    async close() {
      turns?.close()
      await new Promise<void>(resolve => setImmediate(resolve))
    },
  }
}
