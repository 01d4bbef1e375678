import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractAll } from '@electron/asar'
import { isStandIn } from 'electron-stand-in/which.ts'
import { test as base, expect, root, switches } from './fixtures.ts'
import { archiveIn, binaryIn, hollowElectron, pack } from './pack.ts'
import { FirstRun } from './screens/first-run.ts'
import { MainWindow } from './screens/main-window.ts'
import { Settings } from './screens/settings.ts'

/** A package in use: what is in its archive is enough to work with, and its keychain module is the one beside it. */

const LINE = '09012345678'
const OTHER_LINE = '08011112222'

const test = base.extend<object, { readonly unpacked: string }>({
  unpacked: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const folder = mkdtempSync(join(realpathSync(tmpdir()), 'traffic-desk-packaged-'))
      const dist = isStandIn()
        ? hollowElectron(join(folder, 'dist'))
        : join(root, 'node_modules/electron/dist')
      await use(pack(folder, dist))
      rmSync(folder, { recursive: true, force: true })
    },
    { scope: 'worker' },
  ],

  // A packaged program refuses Playwright, so the archive is run by the binary that is not packaged. The stand-in
  // can't read archives.
  application: async ({ unpacked }, use) => {
    const archive = archiveIn(unpacked)
    const extracted = join(unpacked, '../extracted')
    if (isStandIn()) extractAll(archive, extracted)
    await use(isStandIn() ? extracted : archive)
  },
})

interface LogLine {
  readonly event: string
  readonly place?: string
  readonly count?: number
  readonly durationMs?: number
  readonly code?: string
}

const logOf = (userData: string): readonly LogLine[] => {
  const file = join(userData, 'logs/main.log')
  const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
  return text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line))
}

test.describe.configure({ mode: 'serial' })

test('a package looks a line up, and its keychain keeps, replaces and deletes the authKey over restarts', async ({
  launch,
  carrier,
  userData,
}) => {
  const place = isStandIn() ? 'folder' : 'unpacked'
  const first = await launch()
  await new FirstRun(first.page).setUpOperator({ name: 'Operator', host: carrier.url })
  await new Settings(first.page).saveAuthKey('E2E-AUTH-KEY-7f3a')
  await new Settings(first.page).close()
  await first.app.close()

  const second = await launch()
  await new MainWindow(second.page).lookUp(LINE)
  expect(await new MainWindow(second.page).outcome()).toEqual({ ok: true, account: LINE })
  const settings = new Settings(second.page)
  await settings.open()
  await settings.saveAuthKey('ANOTHER-KEY')
  await second.app.close()

  const third = await launch()
  await new MainWindow(third.page).lookUp(OTHER_LINE)
  expect(await new MainWindow(third.page).outcome()).toMatchObject({ ok: false, code: 'KEY_REJECTED' })
  const last = new Settings(third.page)
  await last.open()
  await last.deleteAuthKey()
  await third.app.close()

  const fourth = await launch()
  await new MainWindow(fourth.page).lookUp(OTHER_LINE)
  expect(await new MainWindow(fourth.page).outcome()).toMatchObject({ ok: false, code: 'KEY_MISSING' })
  expect(carrier.requests.map(({ body }) => JSON.parse(body).authKey)).toEqual([
    'E2E-AUTH-KEY-7f3a',
    'ANOTHER-KEY',
  ])

  const lines = logOf(userData)
  expect(lines.filter(({ event }) => event === 'keychain-module').map(line => line.place)).toEqual(
    Array(4).fill(place),
  )
  expect(lines.filter(({ event }) => event === 'lookup').map(({ code }) => code)).toEqual([
    'OK',
    'KEY_REJECTED',
  ])
})

test('a packaged program starts by itself, reads the system’s authorities, and ends in order', {
  tag: '@electron',
}, async ({ unpacked, userData }) => {
  const program = spawn(binaryIn(unpacked), switches(userData, 'ja'), { stdio: 'ignore' })
  await expect.poll(() => logOf(userData).map(({ event }) => event)).toContain('authorities')
  expect(logOf(userData)[0]).toMatchObject({ event: 'started' })
  const { count = 0, durationMs = -1 } = logOf(userData).find(({ event }) => event === 'authorities') ?? {}
  expect(count).toBeGreaterThan(0)
  console.log(`${count} authorities in ${durationMs} ms`)
  const ended = once(program, 'exit')
  // Windows has no SIGTERM: this closes the window as its user would.
  if (process.platform === 'win32') spawn('taskkill', ['/pid', String(program.pid)], { stdio: 'ignore' })
  else program.kill('SIGTERM')
  expect((await ended)[0]).toBe(0)
})
