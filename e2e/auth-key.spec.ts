import { expect, test } from './fixtures.ts'
import { FirstRun } from './screens/first-run.ts'
import { MainWindow } from './screens/main-window.ts'
import { Settings } from './screens/settings.ts'

const LINE = '09012345678'

test('the authKey is typed once, saved, replaced and deleted, and never comes back', async ({
  firstRun: { page },
  carrier,
}) => {
  const main = new MainWindow(page)
  const settings = new Settings(page)
  await new FirstRun(page).setUpOperator({ name: 'Operator', host: carrier.url })
  await expect(settings.keyStatus).toHaveText('保存されていません')

  await settings.saveAuthKey('E2E-AUTH-KEY-7f3a')
  await expect(settings.keyField).toHaveValue('')
  await settings.close()
  await main.lookUp(LINE)
  await expect(main.result).toBeVisible()
  expect(JSON.parse(carrier.requests[0]?.body ?? '')).toEqual({ authKey: 'E2E-AUTH-KEY-7f3a', account: LINE })

  await settings.open()
  await settings.saveAuthKey('ANOTHER-KEY')
  await settings.close()
  await main.result.getByRole('button', { name: 'もう一度照会する' }).click()
  await expect(main.failure).toHaveAttribute('data-code', 'KEY_REJECTED')
  expect(JSON.parse(carrier.requests[1]?.body ?? '').authKey).toBe('ANOTHER-KEY')

  await main.failure.getByRole('button', { name: '認証キーを入力する' }).click()
  await expect(settings.keyField).toBeFocused()
  await settings.deleteAuthKey()
  await settings.close()
  await main.lookUp('080-1111-2222')
  await expect(main.failure).toHaveAttribute('data-code', 'KEY_MISSING')
  expect(carrier.requests).toHaveLength(2)

  const everything = await page.evaluate(async () =>
    JSON.stringify([await window.bridge.appState(), document.documentElement.outerHTML]),
  )
  expect(everything).not.toMatch(/E2E-AUTH-KEY|ANOTHER-KEY/)
})

test('18: a deleted key is in neither keychain nor memory, also after a restart', async ({
  ownMain: main,
  ownProgram: { app, page },
  launch,
  carrier,
}) => {
  await main.lookUp(LINE)
  await expect(main.result).toBeVisible()
  const settings = new Settings(page)
  await settings.open()
  await settings.deleteAuthKey()
  await settings.close()
  await main.lookUp('080-1111-2222')
  await expect(main.failure).toHaveAttribute('data-code', 'KEY_MISSING')
  await app.close()

  const again = await launch()
  const later = new MainWindow(again.page)
  await later.lookUp('080-1111-2222')
  await expect(later.failure).toHaveAttribute('data-code', 'KEY_MISSING')
  expect(carrier.requests).toHaveLength(1)
})

test('the key is still there after a restart', async ({ ownMain: main, ownProgram: program, launch }) => {
  await main.lookUp(LINE)
  await expect(main.result).toBeVisible()
  await program.app.close()

  const { page } = await launch()
  const again = new MainWindow(page)
  const settings = new Settings(page)
  await settings.open()
  await expect(settings.keyStatus).toContainText('に保存済み')
  await settings.close()
  await again.lookUp('080-1111-2222')
  await expect(again.result).toHaveAttribute('data-account', '08011112222')
})
