import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../src/main/clock.ts'
import { startSimulator } from '../src/main/demo/carrier-simulator.ts'
import { startCluster } from '../src/main/gate/team/testing/postgres.ts'
import type { DemoOptions } from './demo-options.ts'
import { startKeyring } from './keyring.ts'
import { provision } from './provision.ts'
import { build } from './run.ts'
import { openTeamProgram } from './team-desks.ts'

const KEY = 'SIMULATOR-KEY-0001'
const ACCOUNTS = ['09012345678', '08076543210'] as const
const COOLDOWN_MS = 3_000

/**
 * `npm run demo -- --team`: an engine of its own, two desks, and a question at each of them at the same time. Gives the two
 * turns, as the team's server wrote them down.
 */
export async function demoTeam({ language, out, headful }: DemoOptions): Promise<string> {
  await provision({ engine: true })
  await build()
  await using atEnd = new AsyncDisposableStack()
  const carrier = await startSimulator({ port: 0, authKey: KEY, clock: systemClock, latency: 500 })
  atEnd.defer(carrier.stop)
  const cluster = await startCluster()
  atEnd.defer(cluster.remove)
  const admin = await cluster.createDatabase('traffic_desk')
  atEnd.defer(() => admin.end())
  await admin.query('SELECT td.allow_carrier($1, $2, 60)', [carrier.url, COOLDOWN_MS])
  const keyring = await startKeyring()
  atEnd.defer(keyring.stop)

  const desks = await Promise.all(
    ACCOUNTS.map(async (account, at) => {
      const user = `desk_0${at + 1}`
      await admin.query(`CREATE ROLE ${user} LOGIN IN ROLE td_desk`)
      const desk = await openTeamProgram({
        carrier: carrier.url,
        authKey: KEY,
        port: cluster.port,
        user,
        language,
        env: { ...keyring.env, ...(headful && { HOST_HEADFUL: '1' }) },
      })
      atEnd.defer(desk.close)
      return { account, main: desk.main }
    }),
  )
  await Promise.all(desks.map(({ main, account }) => main.lookUp(account)))
  mkdirSync(out, { recursive: true })
  await Promise.all(
    desks.map(async ({ main }, at) => {
      await main.outcome()
      await main.page.screenshot({ path: join(out, `team-desk-${at + 1}.png`) })
    }),
  )
  const { rows } = await admin.query<{ name: string; from: Date; to: Date; outcome: string }>(
    'SELECT d.name, q.started_at AS from, q.ended_at AS to, q.outcome FROM td.query q JOIN td.desk d USING (origin, desk) ORDER BY q.started_at',
  )
  return [
    ...rows.map(({ name, from, to, outcome }) => `${name}: ${time(from)} to ${time(to)} (${outcome})`),
    `never two at a time: ${carrier.maxInFlight()} in flight at most, ${COOLDOWN_MS / 1000} s between them`,
  ].join('\n')
}

const time = (at: Date | null): string => at?.toISOString().slice(11, 23) ?? '…'
