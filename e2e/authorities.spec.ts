import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createAuthority } from '../src/main/carrier/testing/certificates.ts'
import { answersWell, startFaultCarrier } from '../src/main/carrier/testing/fault-carrier.ts'
import { AUTH_KEY, test as base, expect, keptSettings, operator, setUp } from './fixtures.ts'
import { MainWindow } from './screens/main-window.ts'

/** A system that takes its time to hand over its certificate authorities, as the keychain of some Macs does. */

const LINE = '09012345678'
const authority = createAuthority('The operator’s own authority')

const test = base.extend<{
  /** A pipe in the place of the list of authorities: whoever reads it waits until somebody writes it. */
  readonly list: string
  readonly host: Awaited<ReturnType<typeof startFaultCarrier>>
}>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  list: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'traffic-desk-authorities-'))
    const path = join(folder, 'list')
    execFileSync('mkfifo', [path])
    await use(path)
    rmSync(folder, { recursive: true, force: true })
  },
  environment: async ({ list }, use) => {
    await use({ SSL_CERT_FILE: list, SSL_CERT_DIR: dirname(list) })
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  host: async ({}, use) => {
    const host = await startFaultCarrier(answersWell, { secure: authority.issue() })
    await use(host)
    await host.stop()
  },
})

test.skip(process.platform !== 'linux', 'Elsewhere no test can make the system slow')

test('a lookup waits for the system’s authorities, the screen says so and stays at hand, and one query follows', async ({
  launch,
  list,
  host,
  userData,
}) => {
  const { page } = await launch()
  await setUp(page, operator(host.https), AUTH_KEY)
  const main = new MainWindow(page)
  await main.lookUp(LINE)
  await expect(main.gate).toContainText('PCの証明書一覧の読み込みを待っています')
  // The main process answers meanwhile.
  await page.evaluate(() => window.bridge.changeSettings({ theme: 'dark' }))
  expect(await keptSettings(page)).toMatchObject({ theme: 'dark' })
  expect(host.connections()).toBe(0)

  await writeFile(list, authority.cert)
  expect(await main.outcome()).toEqual({ ok: true, account: LINE })
  expect(host.requests).toHaveLength(1)
  const log = readFileSync(join(userData, 'logs/main.log'), 'utf8')
  expect(log).toMatch(/"event":"authorities","durationMs":\d+,"count":1/)
})

test('a program that still waits for them ends at once when its window is closed', async ({
  launch,
  host,
}) => {
  const { app, page } = await launch()
  await setUp(page, operator(host.https), AUTH_KEY)
  const main = new MainWindow(page)
  await main.lookUp(LINE)
  await expect(main.gate).toContainText('PCの証明書一覧の読み込みを待っています')
  const ended = new Promise(resolve => app.process().once('exit', resolve))
  await page.close()
  await ended
})
