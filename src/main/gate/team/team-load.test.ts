import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { load } from './testing/load.ts'
import { type Cluster, hasPostgres, startCluster } from './testing/postgres.ts'
import { meetFate } from './testing/processes.ts'
import { CARRIER } from './testing/team-desk.ts'

describe.skipIf(!hasPostgres)('fifty desks that ask without a pause', () => {
  let cluster: Cluster
  let admin: Client

  beforeAll(async () => {
    cluster = await startCluster(['fsync=off'])
    admin = await cluster.createDatabase('gate')
    await admin.query('CREATE ROLE desk LOGIN IN ROLE td_desk')
  })

  afterAll(async () => {
    await admin?.end()
    cluster?.remove()
  })

  it('are one at a time, with the cool-down between, in the order they came', async () => {
    await admin.query('SELECT td.allow_carrier($1, 1000, 1200)', [CARRIER])
    await admin.query('UPDATE td.rule SET cooldown_ms = 20, poll_ms = 100')
    const figures = await load(
      { port: cluster.port, database: 'gate' },
      { desks: 50, lookups: 200, cooldownMs: 20, serviceMs: 10 },
    )
    console.log('50 desks, cool-down 20 ms:', JSON.stringify(figures))
    expect(figures).toMatchObject({ queries: 200, overlaps: 0, gaps: 0, inversions: 0, failures: [] })
  })

  // Windows freezes no process by a signal.
  const fates =
    process.platform === 'win32'
      ? (['killed in flight'] as const)
      : (['killed in flight', 'frozen in flight', 'frozen before sending'] as const)

  it.each(fates)(
    'get the turn of one that is %s as soon as its lease is over, and it sends nothing when it wakes',
    async fate => {
      await admin.query('DELETE FROM td.rule')
      await admin.query('SELECT td.allow_carrier($1, 1000, 1200)', [CARRIER])
      // Processes take a moment to start: that is no silence of the team.
      await admin.query('UPDATE td.rule SET silence_ms = 60000, settle_ms = 1')
      const figures = await meetFate(fate, { engine: cluster.port, cooldownMs: 1_000, serviceMs: 300 })
      console.log(JSON.stringify(figures))
      expect(figures.overlaps).toBe(0)
      expect(figures.sent).toBe(fate === 'frozen before sending' ? 0 : 1)
      expect(figures.woken).toBe(fate === 'killed in flight' ? null : 'TURN_LOST')
    },
  )
})
