import { clipboardText } from './clipboard.ts'
import { AUTH_KEY, expect, operator, setUp, test } from './fixtures.ts'

test('specs that share a program find it as it was at its first run, whatever the one before did', async ({
  shared,
  carrier,
}) => {
  const { app, page } = await shared.asNew('ja')
  const parts = () =>
    app.evaluate(async ({ dialog, clipboard }) => [
      String(Object.getOwnPropertyDescriptor(dialog, 'showSaveDialog')?.value),
      String(Date.now),
      await clipboard.readText(),
      Reflect.has(globalThis, 'left'),
    ])
  const before = await parts()
  const look = () =>
    page.evaluate(() => [
      innerWidth,
      matchMedia('(prefers-color-scheme: dark)').matches,
      document.documentElement.lang,
      document.body.innerText,
    ])
  const seen = await look()

  await setUp(page, operator(carrier.url), AUTH_KEY)
  await page.evaluate(async () => {
    await window.bridge.changeSettings({ theme: 'dark', language: 'en', ticketPane: false, medium: 'mail' })
    const account = { kind: 'line', id: '09012345678' } as const
    await window.bridge.saveAccount({ account, label: '山田様', note: '', pinned: true })
  })
  await page.setViewportSize({ width: 500, height: 500 })
  await app.evaluate(async ({ dialog, clipboard }) => {
    await clipboard.writeText('090-1234-5678')
    dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' })
    Date.now = () => 0
    Object.assign(globalThis, { left: true })
  })
  expect(await parts()).not.toEqual(before)
  expect(await clipboardText(app)).toBe('090-1234-5678')

  await shared.asNew('ja')
  expect(await parts()).toEqual(before)
  expect(await look()).toEqual(seen)
  const again = await shared.asNew('en')
  await expect(again.page.locator('html')).toHaveAttribute('lang', 'en')
  expect(await page.evaluate(() => window.bridge.appState())).toMatchObject({
    value: { language: 'en', profiles: [], settings: { language: 'system', theme: 'system' } },
  })
})
