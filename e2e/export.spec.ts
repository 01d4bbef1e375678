import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { ElectronApplication, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { runCommand } from './run-command.ts'

/** Enough rows for seconds of work even on a fast machine, so that the test can cancel it. */
const ROWS = 200_000
const LINE = '09012345678'

/** Answers the save dialog with a path. */
const saveTo = (app: ElectronApplication, path: string) =>
  app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, path)

/**
 * Inserts days of lookups of one busy line. They are recent enough that retention keeps them, and older than
 * a minute, so that a lookup still asks the carrier.
 */
async function fill(page: Page, userData: string): Promise<void> {
  const state = await page.evaluate(() => window.bridge.appState())
  if (!state.ok || state.value.current === null) throw new Error('no profile')
  const from = Date.now() - 3_600_000 - ROWS * 1_000
  const database = new DatabaseSync(join(userData, 'traffic-desk.sqlite'))
  database.exec('PRAGMA busy_timeout = 5000')
  database
    .prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ROWS})
       INSERT INTO lookup (profile_id, account, asked_at, replied_at, duration_ms, agent, report)
       SELECT ?, ?, ${from} + i * 1000, ${from} + i * 1000, 300, 'agent',
         json_object('todayKb', i, 'recentDays', '1,2,3', 'blacklist', 'listed', 'carrier',
           json_object('resultCode', '100', 'statusCode', '200', 'message', 'OK')) FROM n`,
    )
    .run(state.value.current.profile.id, LINE)
  database.close()
}

test('an export of 200,000 lookups shows how far it is, and can be called off without leaving anything', async ({
  ownMain: main,
  ownProgram: { app, page },
  userData,
  carrier,
}) => {
  await fill(page, userData)
  const target = join(userData, 'history.csv')
  await saveTo(app, target)
  await page.locator('main').waitFor()
  void page.evaluate(
    account => window.bridge.exportLookups({ kind: 'account', account: { kind: 'line', id: account } }),
    LINE,
  )

  const bar = page.getByRole('region', { name: '進行状況' })
  await expect(bar.getByRole('progressbar')).toBeVisible()
  await expect(bar).toContainText('200,000 件')
  await bar.getByRole('button', { name: '中止' }).click()
  await expect(bar).toBeHidden()
  expect(readdirSync(userData).filter(name => name.startsWith('history'))).toEqual([])
  expect(carrier.requests).toHaveLength(0)

  await main.lookUp('090-1234-5678')
  await expect(main.result).toBeVisible()
  await page.getByRole('button', { name: '履歴を表示' }).click()
  await page.getByRole('button', { name: '履歴を書き出す…' }).click()
  await expect(main.notices).toContainText('history.csv に 200001 件を書き出しました')
  expect(readFileSync(target, 'utf8').trimEnd().split('\r\n')).toHaveLength(ROWS + 2)
})

test('the shift’s lookups are exported by the command, numbers masked, as the chosen kind of file', async ({
  main,
  program: { app, page },
  folder,
}) => {
  await main.lookUp('090-1234-5678')
  await expect(main.result).toBeVisible()
  const target = join(folder, 'shift.json')
  await saveTo(app, target)
  await runCommand(page, 'palette')
  await page.getByRole('combobox', { name: /コマンド/ }).fill('今日')
  await page.keyboard.press('Enter')
  await expect(main.notices).toContainText('shift.json に 1 件を書き出しました')
  const text = readFileSync(target, 'utf8')
  expect(JSON.parse(text)).toMatchObject([{ account: '090-****-5678', today_kb: 100, result_code: '100' }])
  expect(text).not.toContain(LINE)
})

test('an export whose dialog is called off writes nothing and says nothing', async ({
  main,
  program: { app, page },
}) => {
  await app.evaluate(({ dialog }) => {
    dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' })
  })
  const outcome = await page.evaluate(() => window.bridge.exportLookups({ kind: 'shift' }))
  expect(outcome).toEqual({ ok: true, value: null })
  await expect(main.notices).toBeEmpty()
})
