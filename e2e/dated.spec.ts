import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { systemClock } from '../src/main/clock.ts'
import { createLookups } from '../src/main/store/lookups.ts'
import { createSavedAccounts } from '../src/main/store/saved-accounts.ts'
import { migrate } from '../src/main/store/schema.ts'
import { expect, operator, test } from './fixtures.ts'
import { MainWindow } from './screens/main-window.ts'

const PROFILE = '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'
const account = { kind: 'line', id: '09012345678' } as const
const DAY = 86_400_000

test('a stored answer of another day is dated wherever it speaks, and looking up now is the main act', async ({
  launch,
  userData,
}) => {
  const at = Date.now() - 2 * DAY
  const database = new DatabaseSync(join(userData, 'traffic-desk.sqlite'))
  migrate(database)
  database
    .prepare('INSERT INTO profile VALUES (?, ?, ?)')
    .run(PROFILE, JSON.stringify({ ...operator('https://carrier.example'), id: PROFILE }), 1)
  createSavedAccounts(database, systemClock).add(PROFILE, {
    account,
    label: '山田様',
    note: '',
    pinned: false,
  })
  createLookups(database).record({
    profileId: PROFILE,
    origin: 'https://carrier.example',
    account,
    askedAt: at,
    repliedAt: at,
    durationMs: 300,
    agent: 'suzuki',
    result: {
      ok: true,
      value: {
        todayKb: 77,
        recentDays: '1,2,3',
        blacklist: 'listed',
        carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
        clockOffMs: 0,
      },
    },
    rawReply: null,
  })
  database.close()

  const { page } = await launch()
  const main = new MainWindow(page)
  await main.savedAccount(account.id).getByRole('button').first().click()
  await expect(main.result).toBeVisible()
  const japan = new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', month: 'numeric', day: 'numeric' })
  const [month, day] = japan.format(at).split('/')
  await expect(page.getByTestId('sentence')).toContainText(`${month}月${day}日 `)
  for (const part of [main.result, page.getByTestId('ticket-text'), page.getByTestId('summary')]) {
    const text = (await part.innerText()).replace('（本日を除く）', '')
    expect(text).not.toMatch(/本日|昨日|直近3日/)
  }
  await expect(main.result.locator('[data-old="true"]').first()).toContainText('時点')
  const again = main.result.getByRole('button', { name: 'もう一度照会する' })
  expect(await again.evaluate(button => button.className)).toMatch(/primary/)
})
