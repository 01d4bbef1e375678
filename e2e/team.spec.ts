import { readFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Client } from 'pg'
import { type Cluster, hasPostgres, startCluster } from '../src/main/gate/team/testing/postgres.ts'
import en from '../src/renderer/i18n/en.json' with { type: 'json' }
import ja from '../src/renderer/i18n/ja.json' with { type: 'json' }
import { filesUnder, foundIn } from './canary.ts'
import { AUTH_KEY, expect, operator, setUp, test } from './fixtures.ts'
import { runCommand } from './run-command.ts'
import { MainWindow } from './screens/main-window.ts'

const LINE = '09012345678'
const OTHER = '5c0f43ba-7a2c-4f6e-9f3a-2f4f9c5a4e11'
const ASK = 'f0f2b7be-6b0a-4a73-9d1f-0d6a1c6c3a01'
const PASSWORD = 'CANARY team password'

const words = {
  ja: {
    ...ja,
    line: '順番待ち：前に 1 件',
    holder: '照会中：窓口2',
    away: 'チームサーバーの応答を待っています',
    back: 'チームに復帰しました',
    stopped: 'このPCからは照会できません',
    alone: 'このPCだけで照会します。次の照会は',
  },
  en: {
    ...en,
    line: '1 before you, about',
    holder: 'now 窓口2',
    away: 'waiting for the team server',
    back: 'back in the team',
    stopped: 'this computer may not ask alone',
    alone: 'asking alone, next at about',
  },
} as const

test.skip(!hasPostgres, 'no PostgreSQL on this computer')

let cluster: Cluster
let admin: Client

test.beforeAll(async () => {
  cluster = await startCluster(['fsync=off'])
  admin = await cluster.createDatabase('gate')
  await admin.query(`CREATE ROLE desk LOGIN PASSWORD '${PASSWORD}' IN ROLE td_desk`)
  cluster.stop('fast')
  cluster.demand(['host all postgres 127.0.0.1/32 trust', 'host all all 127.0.0.1/32 scram-sha-256'])
  cluster.start()
  admin = await cluster.connect({ database: 'gate' })
})

test.afterAll(async () => {
  await admin?.end()
  cluster?.remove()
})

/** A program whose profile has the team's server. */
async function join(
  {
    app,
    page,
  }: { app: import('@playwright/test').ElectronApplication; page: import('@playwright/test').Page },
  url: string,
  password = PASSWORD,
): Promise<MainWindow> {
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
  })
  const team = { host: '127.0.0.1', port: cluster.port, database: 'gate', user: 'desk', caFile: null }
  await setUp(page, { ...operator(url), cooldownSeconds: 1, team }, AUTH_KEY)
  await page.evaluate(text => window.bridge.saveTeamPassword(text), password)
  await page.reload()
  await page.getByRole('search').waitFor()
  return new MainWindow(page)
}

async function allow(url: string): Promise<void> {
  await admin.query('DELETE FROM td.rule')
  await admin.query('SELECT td.allow_carrier($1, 1000, 60)', [url])
  await admin.query('UPDATE td.rule SET settle_ms = 1')
}

/** Another desk has its turn, and keeps it. */
async function takeTurn(url: string): Promise<void> {
  await admin.query("SELECT td_v1.hello($1, $2, '窓口2', '0.1.0', 1, false, false, '[]', NULL, NULL)", [
    url,
    OTHER,
  ])
  await expect
    .poll(async () => {
      const { rows } = await admin.query("SELECT td_v1.take_turn($1, $2, $3, 1, 'lookup', NULL) AS answer", [
        url,
        OTHER,
        ASK,
      ])
      return rows[0]?.answer.is
    })
    .toBe('go')
  await admin.query("UPDATE td.gate SET expires_at = clock_timestamp() + interval '3 s'")
}

for (const language of ['ja', 'en'] as const)
  test.describe(`a desk in a team, in ${language}`, () => {
    test.use({ language })
    const t = words[language]

    test('waits in line and says for whom, may be called off, and goes once it is its turn', async ({
      firstRun,
      carrier,
    }) => {
      await allow(carrier.url)
      const main = await join(firstRun, carrier.url)
      await takeTurn(carrier.url)
      await main.lookUp(LINE)
      await expect(main.gate).toContainText(t.line)
      await expect(main.gate).toContainText(t.holder)
      await main.page.keyboard.press('Escape')
      await expect.poll(async () => (await admin.query('SELECT FROM td.place')).rowCount).toBe(0)
      expect(carrier.requests).toHaveLength(0)
      // The other desk is not heard of any more: its lease ends, and then the cool-down.
      await main.lookUp(LINE)
      await expect(main.result).toHaveAttribute('data-account', LINE)
      expect(carrier.requests).toHaveLength(1)
      const { rows } = await admin.query("SELECT kind, outcome FROM td.query WHERE outcome = 'answered'")
      expect(rows).toEqual([{ kind: 'lookup', outcome: 'answered' }])
    })

    test('says that the server is away, and goes on by itself when it is back', async ({
      firstRun,
      carrier,
    }) => {
      await allow(carrier.url)
      const main = await join(firstRun, carrier.url)
      await main.lookUp(LINE)
      await expect(main.result).toHaveAttribute('data-account', LINE)
      await admin.query("UPDATE td.rule SET away = 'stop'")
      await main.page.evaluate(() => window.bridge.testTeam())
      cluster.stop('immediate')
      await runCommand(main.page, 'look-up-again')
      await expect(main.gate).toContainText(t.away)
      await expect(main.failure).toHaveAttribute('data-code', 'TEAM_AWAY')
      await expect(main.gate).toContainText(t.stopped)
      cluster.start()
      admin = await cluster.connect({ database: 'gate' })
      await expect(main.gate).toContainText(t.back)
      await runCommand(main.page, 'look-up-again')
      await expect(main.result).toHaveAttribute('data-account', LINE)
      expect(carrier.requests).toHaveLength(2)
    })

    test('asks alone in its own slot while the server stays away, says when that is, and tells the team of it', async ({
      firstRun,
      carrier,
    }) => {
      await allow(carrier.url)
      await admin.query('UPDATE td.rule SET away_slots = 1')
      const main = await join(firstRun, carrier.url)
      // The desk hears of its slot before the server goes.
      await main.page.evaluate(() => window.bridge.testTeam())
      cluster.stop('immediate')
      await main.lookUp(LINE)
      await expect(main.gate).toContainText(t.away)
      await expect(main.gate).toContainText(t.alone)
      await expect(main.result).toHaveAttribute('data-account', LINE)
      expect(carrier.requests).toHaveLength(1)
      cluster.start()
      admin = await cluster.connect({ database: 'gate' })
      await expect(main.gate).toContainText(t.back)
      const { rows } = await admin.query('SELECT kind, outcome FROM td.query')
      expect(rows).toEqual([{ kind: 'lookup', outcome: 'alone' }])
      expect(carrier.requests).toHaveLength(1)
    })

    test.describe('while the carrier takes its time', () => {
      test.use({ latency: 60_000 })

      test('that lost its turn says so and asks nothing again by itself', async ({ firstRun, carrier }) => {
        await allow(carrier.url)
        const main = await join(firstRun, carrier.url)
        await main.lookUp(LINE)
        await expect.poll(() => carrier.requests.length).toBe(1)
        await admin.query("UPDATE td.gate SET expires_at = clock_timestamp() - interval '1 s'")
        await expect(main.failure).toHaveAttribute('data-code', 'TURN_LOST')
        await expect(main.failure).toContainText(t.failure.TURN_LOST.remedy)
        expect(carrier.requests).toHaveLength(1)
      })
    })

    test('looks nothing up while something is wrong with the server, and says what', async ({
      firstRun,
      carrier,
    }) => {
      await allow(carrier.url)
      const main = await join(firstRun, carrier.url, 'wrong')
      await main.lookUp(LINE)
      await expect(main.failure).toHaveAttribute('data-code', 'TEAM_REFUSED')
      await expect(main.failure).toContainText(t.teamReason.login)
      await main.failure.getByRole('button', { name: t.failure.TEAM_REFUSED.action }).click()
      const sheet = main.page.getByRole('dialog')
      await sheet.getByLabel(t.settings.team.password, { exact: true }).fill(PASSWORD)
      await sheet.getByRole('button', { name: t.settings.team.savePassword }).click()
      await expect(sheet.getByText(t.settings.saved, { exact: true })).toBeVisible()
      await sheet.getByRole('button', { name: t.settings.team.test }).click()
      await expect(sheet.getByText(t.settings.team.testOk)).toBeVisible()
      await main.page.keyboard.press('Escape')
      expect(carrier.requests).toHaveLength(0)
      await main.lookUp(LINE)
      await expect(main.result).toHaveAttribute('data-account', LINE)
    })
  })

test('34: the team’s password is in no file and no answer, and the team’s server learns no number, figure or key', async ({
  launch,
  carrier,
  userData,
}) => {
  await allow(carrier.url)
  const { app, page } = await launch()
  const main = await join({ app, page }, carrier.url)
  await main.lookUp(LINE)
  await expect(main.result).toHaveAttribute('data-account', LINE)
  const answers = await page.evaluate(async () =>
    JSON.stringify([await window.bridge.appState(), await window.bridge.testTeam()]),
  )
  expect(foundIn(Buffer.from(answers), PASSWORD)).toEqual([])
  const { rows } = await admin.query(
    "SELECT string_agg(t::text, ' ') AS text FROM (SELECT g::text AS t FROM td.gate g UNION ALL SELECT q::text FROM td.query q UNION ALL SELECT d::text FROM td.desk d UNION ALL SELECT p::text FROM td.place p UNION ALL SELECT r::text FROM td.refusal r) AS all_of_it",
  )
  const kept = Buffer.from(String(rows[0]?.text))
  for (const secret of [LINE, AUTH_KEY, PASSWORD]) expect(foundIn(kept, secret)).toEqual([])
  // Shows that the search works: the login is there.
  expect(String(rows[0]?.text)).toContain('desk')
  await app.close()
  const holding = filesUnder(userData)
    .filter(file => foundIn(readFileSync(file), PASSWORD).length > 0)
    .map(file => relative(userData, file))
  expect(holding).toEqual([])
})
