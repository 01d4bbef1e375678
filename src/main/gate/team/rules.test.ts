import type { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Cluster, hasPostgres, startCluster } from './testing/postgres.ts'
import { keepsEveryRule, useTestClock } from './testing/rules-model.ts'

describe.skipIf(!hasPostgres)('the rules in the database', () => {
  let cluster: Cluster
  let client: Client

  beforeAll(async () => {
    cluster = await startCluster(['fsync=off', 'full_page_writes=off'])
    client = await cluster.createDatabase('gate')
    await useTestClock(client)
  })

  afterAll(async () => {
    await client?.end()
    cluster?.remove()
  })

  it('hold on 480 random schedules of 200 steps', async () => {
    const grants = await keepsEveryRule(client, { schedules: 480, length: 200 })
    console.log(`rules: ${grants} turns granted in 480 schedules`)
    expect(grants).toBeGreaterThan(2_000)
  }, 600_000)
})
