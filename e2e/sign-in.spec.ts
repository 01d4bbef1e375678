import type { Page } from '@playwright/test'
import { oemCredential } from '../src/contract/profile-defaults.ts'
import { test as base, coolDownAndASecond, expect, FIGURES, OEM, operator } from './fixtures.ts'
import { FirstRun } from './screens/first-run.ts'
import { MainWindow } from './screens/main-window.ts'
import { Settings } from './screens/settings.ts'

/** A profile that signs in by itself, with the operator's OEM ID and OEM key. */

const LINE = '09012345678'
const OTHER = '08011112222'

/** What the carrier was asked, in order, with its answers' result codes. */
const asked = (carrier: { readonly requests: readonly { path: string; resultCode: string | null }[] }) =>
  carrier.requests.map(({ path, resultCode }) => `${path.split('/').at(-2)} ${resultCode}`)

async function setUp(page: Page, url: string, oemKey: string = OEM.key): Promise<void> {
  await page.evaluate(
    async ([draft, key]) => {
      const made = await window.bridge.saveProfile(draft)
      const saved = await window.bridge.saveOemKey({ oemKey: key, forThisRun: false })
      if (!made.ok || !saved.ok) throw new Error(JSON.stringify([made, saved]))
    },
    [{ ...operator(url), credential: oemCredential(OEM.id), cooldownSeconds: 1 }, oemKey] as const,
  )
  await page.reload()
  await page.getByRole('search').waitFor()
}

const test = base.extend<{ readonly signing: MainWindow }>({
  signing: async ({ firstRun: { page }, carrier }, use) => {
    await setUp(page, carrier.url)
    await use(new MainWindow(page))
  },
})

// What the screen says meanwhile stands there long enough to be read, on a loaded machine too.
test.use({ latency: 1_000 })

test('a new operator chooses the OEM key, and the first lookup signs in and shows the figures', async ({
  firstRun: { page },
  carrier,
}) => {
  const main = new MainWindow(page)
  const settings = new Settings(page)
  await new FirstRun(page).setUpOperator({ name: 'Operator', host: carrier.url, oemId: OEM.id })
  await settings.saveAuthKey(OEM.key)
  await expect(settings.signedInAt).toHaveText('サインインしていません。次の照会のときに行います。')
  expect(carrier.requests).toHaveLength(0)
  await settings.close()

  await main.lookUp(LINE)
  await expect(main.gate).toContainText('サインイン')
  expect(await main.outcome()).toEqual({ ok: true, account: LINE })
  for (const figure of FIGURES) await expect(main.result).toContainText(figure)
  expect(asked(carrier)).toEqual(['authOem 100', 'getTrafficInfo 100'])
  await settings.open()
  await expect(settings.signedInAt).toContainText('にサインイン済み')
})

test('a key that ended during the day is renewed within the act, which stays one lookup', async ({
  signing: main,
  carrier,
}) => {
  await main.lookUp(OTHER)
  await expect(main.result).toHaveAttribute('data-account', OTHER)
  carrier.endKeys()
  await coolDownAndASecond(main.page)
  const before = carrier.requests.length

  await main.lookUp(LINE)
  await expect(main.gate).toContainText('サインインし直しています')
  expect(await main.outcome()).toEqual({ ok: true, account: LINE })
  for (const figure of FIGURES) await expect(main.result).toContainText(figure)
  expect(asked(carrier).slice(before)).toEqual(['getTrafficInfo 205', 'authOem 100', 'getTrafficInfo 100'])
  expect(carrier.maxInFlight()).toBe(1)
  const times = carrier.requests.slice(before).map(({ at }) => at)
  for (const [index, at] of times.entries())
    if (index > 0) expect(at - (times[index - 1] ?? 0)).toBeGreaterThan(950)

  const kept = await main.page.evaluate(async id => {
    const history = await window.bridge.history({ kind: 'line', id }, null)
    if (!history.ok) throw new Error('no history')
    return { rows: history.value.length, reply: await window.bridge.rawReply(history.value[0]?.id ?? 0) }
  }, LINE)
  expect(kept.rows).toBe(1)
  const replies = kept.reply.ok && kept.reply.value.kind === 'kept' ? kept.reply.value.text.split('\n\n') : []
  expect(replies.map(reply => JSON.parse(reply).resultCode)).toEqual(['205', '100'])
})

test('an authKey that is refused right after a sign-in is KEY_REJECTED, after exactly one sign-in', async ({
  firstRun: { page },
  carrier,
}) => {
  await setUp(page, carrier.url)
  const main = new MainWindow(page)
  await main.lookUp(OTHER)
  await expect(main.result).toBeVisible()
  await coolDownAndASecond(page)
  const before = carrier.requests.length
  // Each key ends as soon as it is there.
  const endAll = setInterval(carrier.endKeys, 20)
  await main.lookUp(LINE)
  expect(await main.outcome()).toMatchObject({ ok: false, code: 'KEY_REJECTED' })
  clearInterval(endAll)
  expect(asked(carrier).slice(before)).toEqual(['getTrafficInfo 205', 'authOem 100', 'getTrafficInfo 205'])
  await expect(main.gate).toContainText('認証キーが拒否されたため照会を止めています')
})

test('credentials that the carrier refuses close the gate, and the screen says what to do', async ({
  firstRun: { page },
  carrier,
}) => {
  await setUp(page, carrier.url, 'WRONG-KEY')
  const main = new MainWindow(page)
  await main.lookUp(LINE)
  expect(await main.outcome()).toMatchObject({ ok: false, code: 'SIGN_IN_REFUSED' })
  await expect(main.failure).toContainText('OEMキーを保存し直してください')
  await expect(main.gate).toContainText('サインインが拒否されたため照会を止めています')
  await coolDownAndASecond(page)
  await main.lookUp(OTHER)
  expect(await main.outcome()).toMatchObject({ ok: false, code: 'GATE_CLOSED' })
  expect(asked(carrier)).toEqual(['authOem 205'])

  await main.failure.getByRole('button').first().click()
  const settings = new Settings(page)
  await settings.saveAuthKey(OEM.key)
  await settings.close()
  await main.lookUp(LINE)
  await expect(main.result).toHaveAttribute('data-account', LINE)
  expect(asked(carrier)).toEqual(['authOem 205', 'authOem 100', 'getTrafficInfo 100'])
})

test('ten fast clicks across an expiry make one sign-in', async ({ signing: main, carrier }) => {
  await main.lookUp(OTHER)
  await expect(main.result).toBeVisible()
  carrier.endKeys()
  await coolDownAndASecond(main.page)
  const before = carrier.requests.length
  await main.field.fill(LINE)
  await main.page.evaluate(() => {
    const button = document.querySelector<HTMLButtonElement>('search button[type="submit"]')
    for (let click = 0; click < 10; click++) button?.click()
  })
  await expect(main.result).toHaveAttribute('data-account', LINE)
  await coolDownAndASecond(main.page)
  expect(asked(carrier).slice(before)).toEqual(['getTrafficInfo 205', 'authOem 100', 'getTrafficInfo 100'])
})

test('another customer’s lookup that waits across an expiry asks with the new key', async ({
  signing: main,
  carrier,
}) => {
  await main.lookUp(OTHER)
  await expect(main.result).toBeVisible()
  carrier.endKeys()
  await coolDownAndASecond(main.page)
  const before = carrier.requests.length
  await main.lookUp(LINE)
  await expect(main.gate).toContainText('サインインし直しています')
  await main.lookUp('07033334444')
  await expect(main.result).toHaveAttribute('data-account', '07033334444')
  expect(asked(carrier).slice(before)).toEqual([
    'getTrafficInfo 205',
    'authOem 100',
    'getTrafficInfo 100',
    'getTrafficInfo 100',
  ])
})

test('a restart signs in no more; deleting the OEM key clears what was obtained with it, too', async ({
  launch,
  carrier,
}) => {
  const { page: first } = await launch()
  await setUp(first, carrier.url)
  const main = new MainWindow(first)
  await main.lookUp(OTHER)
  await expect(main.result).toBeVisible()
  await main.page.evaluate(() => window.bridge.appState())
  const { app } = await restarted()
  const { page } = app
  const again = new MainWindow(page)
  await again.lookUp(LINE)
  await expect(again.result).toHaveAttribute('data-account', LINE)
  expect(asked(carrier)).toEqual(['authOem 100', 'getTrafficInfo 100', 'getTrafficInfo 100'])

  const settings = new Settings(page)
  await settings.open()
  await settings.deleteAuthKey()
  await settings.close()
  await coolDownAndASecond(page)
  await again.lookUp('07033334444')
  expect(await again.outcome()).toMatchObject({ ok: false, code: 'KEY_MISSING' })

  // Not in the keychain either: with the key again, the program has to sign in.
  await app.app.close()
  const last = await launch()
  await last.page.evaluate(key => window.bridge.saveOemKey({ oemKey: key, forThisRun: false }), OEM.key)
  await last.page.reload()
  await new MainWindow(last.page).lookUp('07033334444')
  expect(await new MainWindow(last.page).outcome()).toMatchObject({ ok: true })
  expect(asked(carrier).slice(3)).toEqual(['authOem 100', 'getTrafficInfo 100'])

  async function restarted() {
    await first.context().close()
    return { app: await launch() }
  }
})

test('signing in now is one query, and nothing else', async ({ signing: main, carrier }) => {
  const settings = new Settings(main.page)
  await settings.open()
  await settings.signInNow()
  await expect(settings.sheet.getByText('サインインしました。')).toBeVisible()
  await expect(settings.signedInAt).toContainText('にサインイン済み')
  expect(asked(carrier)).toEqual(['authOem 100'])
})

test('the demo signs in like an operator, so that a new agent sees it', async ({ firstRun: { page } }) => {
  const main = new MainWindow(page)
  await new FirstRun(page).demo.click()
  await main.lookUp(LINE)
  await expect(main.gate).toContainText('サインイン')
  await expect(main.result).toHaveAttribute('data-account', LINE)
})
