import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cluster, hasPostgres, startCluster } from './testing/postgres.ts'
import { keepsEveryRule, setTestClock } from './testing/rules-model.ts'

/** The same schedules each time, so that a red test is one's own; `npm run torture:team` takes others. */
const SEED = 20_261_130

describe.skipIf(!hasPostgres)('the rules in the database', () => {
  let cluster: Cluster
  let client: Client

  beforeAll(async () => {
    cluster = await startCluster(['fsync=off', 'full_page_writes=off'])
    client = await cluster.createDatabase('gate')
    await setTestClock(client)
  })

  afterAll(async () => {
    await client?.end()
    cluster?.remove()
  })

  it('hold on 480 random schedules of 200 steps', async () => {
    const grants = await keepsEveryRule(client, { schedules: 480, length: 200, seed: SEED })
    console.log(`rules: ${grants} turns granted in 480 schedules`)
    expect(grants).toBeGreaterThan(2_000)
  }, 600_000)
})
