import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from './fixtures.ts'

const LINE = '09012345678'
const LOOKUPS = 120

test('a day of many lookups of one line is shown a part at a time, in the day’s list and in the line’s history', async ({
  ownMain: main,
  ownProgram: { page },
  userData,
  carrier,
}) => {
  const state = await page.evaluate(() => window.bridge.appState())
  if (!state.ok || state.value.current === null) throw new Error('no profile')
  const database = new DatabaseSync(join(userData, 'traffic-desk.sqlite'))
  database.exec('PRAGMA busy_timeout = 5000')
  const now = Date.now()
  const report = { todayKb: 100, recentDays: '1,2,3', blacklist: 'listed', clockOffMs: 0 }
  const carrierSaid = { resultCode: '100', statusCode: '200', message: 'OK' }
  const insert = database.prepare(
    `INSERT INTO lookup (profile_id, account, asked_at, replied_at, duration_ms, agent, report)
     VALUES (?, ?, ?, ?, 300, ?, ?)`,
  )
  for (let at = 0; at < LOOKUPS; at++) {
    insert.run(
      state.value.current.profile.id,
      LINE,
      now,
      now,
      state.value.agent,
      JSON.stringify({ ...report, carrier: carrierSaid }),
    )
  }
  database.close()
  await page.reload()

  const list = page.getByRole('region', { name: '今日の照会' })
  const rows = list.getByRole('listitem')
  await expect(list).toContainText(`${LOOKUPS}件`)
  await expect(rows).toHaveCount(50)
  // With the keys alone one comes to the last of them, too.
  await rows.first().getByRole('button').focus()
  for (const count of [100, LOOKUPS]) {
    await page.keyboard.press('End')
    await expect(rows).toHaveCount(count)
  }
  await page.keyboard.press('End')
  await expect(rows.last().getByRole('button')).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(main.result).toHaveAttribute('data-account', LINE)
  await main.result.getByRole('button', { name: '履歴を表示' }).click()
  const history = main.result.getByRole('region', { name: '履歴' })
  const entries = history.getByRole('row')
  await expect(entries).toHaveCount(51)
  const older = history.getByRole('button', { name: 'さらに表示' })
  // Two clicks on the same page are one page.
  await older.evaluate(button => {
    for (let click = 0; click < 2; click++) (button as HTMLButtonElement).click()
  })
  await expect(entries).toHaveCount(101)
  await older.click()
  await expect(entries).toHaveCount(LOOKUPS + 1)
  await expect(older).toBeHidden()

  await main.result.getByRole('checkbox', { name: 'それ以前の日も表示' }).check()
  await expect(main.chart).toBeVisible()
  expect(carrier.requests).toHaveLength(0)
})
