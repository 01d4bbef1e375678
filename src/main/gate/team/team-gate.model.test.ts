import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { keepsEveryPromise } from '../testing/gate-model.ts'
import { type Cluster, hasPostgres, startCluster } from './testing/postgres.ts'
import { createTeamWorld, setSharedTestClock } from './testing/team-world.ts'

/** The same schedules each time, so that a red test is one's own; `npm run torture:team` takes others. */
const SEED = 20_261_130

describe.skipIf(!hasPostgres)('the gate of a team', () => {
  let cluster: Cluster
  let admin: Client

  beforeAll(async () => {
    cluster = await startCluster(['fsync=off', 'full_page_writes=off'])
    admin = await cluster.createDatabase('gate')
    await admin.query('CREATE ROLE desk LOGIN IN ROLE td_desk')
    await setSharedTestClock(admin)
  })

  afterAll(async () => {
    await admin?.end()
    cluster?.remove()
  })

  it('keeps every promise that the local one keeps, on 40 random schedules before a real server', async () => {
    const queries = await keepsEveryPromise(
      () => createTeamWorld(admin, { port: cluster.port, database: 'gate' }),
      { schedules: 40, seed: SEED },
    )
    expect(queries).toBeGreaterThan(60)
  }, 120_000)
})
