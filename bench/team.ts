import { provision } from '../scripts/provision.ts'
import { fail, ok } from '../src/domain/result.ts'
import { systemClock } from '../src/main/clock.ts'
import type { GateLimits } from '../src/main/gate/gate.ts'
import { createLocalGate } from '../src/main/gate/local/local-gate.ts'
import { load } from '../src/main/gate/team/testing/load.ts'
import { startCluster } from '../src/main/gate/team/testing/postgres.ts'
import { CARRIER, openDesk } from '../src/main/gate/team/testing/team-desk.ts'
import { createMemoryGateStore } from '../src/main/gate/testing/memory-gate-store.ts'
import { type Benchmark, median, type Row } from './harness.ts'

const TURNS = 60
const LIMITS: GateLimits = { origin: CARRIER, cooldownMs: 0, budget: null, signIns: 6 }
const IDLE_AIM_MS = 30

/** Milliseconds from the question to the moment in which it may be written, on an idle gate. */
async function waits(
  gate: ReturnType<typeof createLocalGate<string>>,
  limits: GateLimits,
  pauseMs: number,
): Promise<readonly number[]> {
  const measured: number[] = []
  for (let turn = 0; turn < TURNS; turn++) {
    const from = performance.now()
    await gate.run({
      key: 'a line',
      account: { kind: 'line', id: '09012345678' },
      profileId: 'profile',
      limits,
      keyPrint: 1,
      failureOf: () => null,
      async query(_signal, { holds }) {
        measured.push(performance.now() - from)
        return holds() ? ok('') : fail({ code: 'TURN_LOST' })
      },
    })
    await new Promise(resolve => setTimeout(resolve, pauseMs))
  }
  // The first one connects.
  return measured.slice(1)
}

const row = (what: string, measure: string, aim = '', holds: boolean | null = null): Row => ({
  what,
  measure,
  peer: '',
  ratio: '',
  aim,
  holds,
})

/** What one gate for a whole team costs a desk. */
export const team: Benchmark = {
  name: 'team',
  async measure() {
    await provision({ engine: true })
    const cluster = await startCluster(['max_connections=260'])
    try {
      const admin = await cluster.createDatabase('gate')
      await admin.query('CREATE ROLE desk LOGIN IN ROLE td_desk')
      await admin.query('SELECT td.allow_carrier($1, 1000, 1200)', [CARRIER])
      await admin.query('UPDATE td.rule SET cooldown_ms = 20, poll_ms = 100, settle_ms = 1')
      const at = { port: cluster.port, database: 'gate' }

      const local = createLocalGate<string>({ clock: systemClock, store: createMemoryGateStore() })
      const alone = median(await waits(local, LIMITS, 0))
      const desk = openDesk(at, { name: 'desk', seen: [] })
      const shared = median(await waits(desk.gate, desk.limits, 60))
      desk.close()
      const added = shared - alone
      const rows = [
        row(
          'a turn of an idle team gate, beyond the local one',
          `${added.toFixed(1)} ms`,
          `<= ${IDLE_AIM_MS} ms`,
          added <= IDLE_AIM_MS,
        ),
      ]
      for (const desks of [50, 200]) {
        await admin.query('DELETE FROM td.query')
        const found = await load(at, { desks, lookups: Math.max(150, desks), cooldownMs: 20, serviceMs: 10 })
        rows.push(
          row(
            `${desks} desks that ask without a pause, cool-down 20 ms`,
            `${found.perSecond.toFixed(1)} queries/s`,
            'none overlaps',
            found.overlaps === 0 && found.gaps === 0,
          ),
        )
      }
      await admin.end()
      return rows
    } finally {
      cluster.remove()
    }
  },
}
