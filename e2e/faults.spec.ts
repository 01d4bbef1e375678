import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../src/main/clock.ts'
import { openStore } from '../src/main/store/open-store.ts'
import { createSavedAccounts } from '../src/main/store/saved-accounts.ts'
import { createSettingsStore } from '../src/main/store/settings.ts'
import { coolDownAndASecond, expect, operator, test } from './fixtures.ts'
import { MainWindow } from './screens/main-window.ts'

/** Rows of the faults that only the whole program can show. */

const LINE = '09012345678'

test.describe('with a carrier that takes its time', () => {
  test.use({ latency: 600 })

  test('a script that calls the bridge in a loop gets one query in flight, one waiting, the rest SUPERSEDED', async ({
    main,
    carrier,
  }) => {
    const codes = await main.page.evaluate(async () => {
      const accounts = Array.from({ length: 50 }, (_, n) => `0801111${String(n).padStart(4, '0')}`)
      const state = await window.bridge.appState()
      const profileId = (state.ok && state.value.current?.profile.id) || ''
      const outcomes = await Promise.all(
        accounts.map(id => window.bridge.lookUp({ account: { kind: 'line', id }, again: true, profileId })),
      )
      return outcomes.map(outcome => {
        const result = outcome.ok ? outcome.value.lookup.result : outcome
        return result.ok ? 'ok' : result.failure.code
      })
    })
    expect(codes.filter(code => code === 'ok')).toHaveLength(2)
    expect(codes.filter(code => code === 'SUPERSEDED')).toHaveLength(48)
    await coolDownAndASecond(main.page)
    expect(carrier.requests.map(({ account }) => account)).toEqual(['08011110000', '08011110049'])
    expect(carrier.maxInFlight()).toBe(1)
    const [first, second] = carrier.requests
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1_600 - 50)
  })
})

test.describe('with a carrier that never answers', () => {
  test.use({ latency: 120_000 })

  test('quitting while a query is in flight and another waits ends the program, and nothing more is sent', async ({
    ownMain: main,
    ownProgram: { app },
    carrier,
  }) => {
    await main.lookUp(LINE)
    await expect.poll(() => carrier.requests.length).toBe(1)
    await main.lookUp('080-1111-2222')
    await expect(main.gate).toContainText('080-1111-2222 の照会を待機中')
    // The carrier still owes its answer: the program ends without it.
    await app.close()
    expect(carrier.requests).toHaveLength(1)
  })

  test('Esc frees the screen at once, and the socket is gone', async ({ main, carrier }) => {
    await main.lookUp(LINE)
    await expect.poll(() => carrier.requests.length).toBe(1)
    await main.page.keyboard.press('Escape')
    await expect(main.notices).toContainText('090-1234-5678 の照会をキャンセルしました')
    await expect(main.failure).toBeHidden()
    await expect.poll(() => carrier.openConnections()).toBe(0)
  })
})

test.describe('with a carrier that is not in a hurry', () => {
  test.use({ latency: 1_500 })

  test('a page that crashes while a query is in flight comes back and shows its answer, asked once', async ({
    ownMain: main,
    ownProgram: { app },
    carrier,
  }) => {
    await main.lookUp('090-1234-5678')
    await expect(main.gate).toContainText('照会しています')
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    )
    // Playwright's page object is stale after the crash, so the test asks the window.
    await expect
      .poll(() =>
        app.evaluate(({ BrowserWindow }) =>
          BrowserWindow.getAllWindows()[0]
            ?.webContents.executeJavaScript("document.querySelector('article')?.dataset.account ?? ''")
            .catch(() => ''),
        ),
      )
      .toBe('09012345678')
    expect(carrier.requests).toHaveLength(1)
  })
})

test('an error that nobody caught is logged without its words, told, and ends the program', async ({
  ownProgram: { app },
  userData,
}) => {
  const ended = new Promise<number | null>(resolve => app.process().once('exit', resolve))
  await app.evaluate(({ dialog }) => {
    dialog.showErrorBox = () => {}
    setTimeout(() => {
      throw new TypeError('POST failed for 09012345678')
    })
  })
  expect(await ended).toBe(1)
  const log = readFileSync(join(userData, 'logs/main.log'), 'utf8')
  expect(log).toContain('"event":"uncaught","error":{"kind":"TypeError"')
  expect(log).not.toContain('09012345678')
})

test('damaged data is restored from the backup, and the agent is told', async ({ launch, userData }) => {
  const path = join(userData, 'traffic-desk.sqlite')
  const store = openStore(path, systemClock)
  const profile = { ...operator('https://carrier.example'), id: '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10' }
  createSettingsStore(store.database, systemClock).saveProfile(profile)
  createSavedAccounts(store.database, systemClock).add(profile.id, {
    account: { kind: 'line', id: LINE },
    label: '山田様',
    note: '',
    pinned: false,
  })
  await store.backUp(Date.now())
  await store.close()
  writeFileSync(path, 'no database')

  const { page } = await launch()
  const main = new MainWindow(page)
  await expect(page.getByRole('alert')).toContainText('バックアップから復元しました')
  await expect(main.savedAccount(LINE)).toContainText('山田様')
})

test('a megabyte pasted into the form is a question, and the form still works', async ({ main, carrier }) => {
  await main.field.fill('１２３-'.repeat(250_000))
  await main.field.press('Enter')
  await expect(main.failure).toHaveAttribute('data-found', 'none')
  expect(carrier.requests).toHaveLength(0)
  await main.lookUp('\u202A090\u200B-12\u206034-5678\u202C')
  await expect(main.result).toHaveAttribute('data-account', LINE)
})

test('an agent with an IME: the Enter that ends a composition sends nothing, the next one does', async ({
  main,
  carrier,
}) => {
  const input = await main.page.context().newCDPSession(main.page)
  await main.field.focus()
  await input.send('Input.imeSetComposition', {
    text: '０９０１２３４５６７８',
    selectionStart: 11,
    selectionEnd: 11,
  })
  await main.page.keyboard.press('Enter')
  await input.send('Input.insertText', { text: '０９０１２３４５６７８' })
  await coolDownAndASecond(main.page)
  expect(carrier.requests).toHaveLength(0)
  await main.page.keyboard.press('Enter')
  await expect(main.result).toHaveAttribute('data-account', LINE)
})

test('a profile switched while its query is in flight: the late answer is filed, not shown', async ({
  firstRun: { page },
  carrier: _carrier,
}) => {
  const main = new MainWindow(page)
  await page.evaluate(async () => {
    await window.bridge.startDemo()
  })
  await page.reload()
  await page.getByRole('search').waitFor()
  await main.lookUp(LINE)
  await page.evaluate(async () => {
    const state = await window.bridge.appState()
    if (!state.ok || !state.value.current) throw new Error('no profile')
    await window.bridge.saveProfile({
      ...state.value.current.profile,
      id: null,
      name: 'Other',
      carrier: { kind: 'host', origin: 'https://carrier.example' },
    })
  })
  await page.reload()
  await page.getByRole('search').waitFor()
  await expect(main.result).toBeHidden()
  await page.getByLabel('プロファイル').selectOption('Demo')
  await expect.poll(async () => (await main.stored(LINE)).lookup?.result.ok).toBe(true)
  await expect(main.result).toBeHidden()
})
