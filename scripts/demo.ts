import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { resolveElectron } from 'electron-stand-in/which.ts'
import { _electron } from 'playwright'
import { FirstRun } from '../e2e/screens/first-run.ts'
import { MainWindow } from '../e2e/screens/main-window.ts'
import { Settings } from '../e2e/screens/settings.ts'
import { carrierOf } from '../src/domain/failure.ts'
import { dailyUsage } from '../src/domain/traffic.ts'
import { systemClock } from '../src/main/clock.ts'
import { startSimulator } from '../src/main/demo/carrier-simulator.ts'
import { type DemoOptions, readDemoOptions } from './demo-options.ts'
import { demoTeam } from './demo-team.ts'
import { startKeyring } from './keyring.ts'
import { provision } from './provision.ts'
import { build, root } from './run.ts'

/** The README's demo: the program as a person would use it, from the first start to the ticket's text. */

const SIMULATOR_KEY = 'SIMULATOR-KEY-0001'
const SIMULATOR_OEM = { id: 'SIMULATOR-OEM', key: 'SIMULATOR-OEM-KEY-0001' }

interface Shown {
  readonly ok: boolean
  /** What `--json` prints. */
  readonly json: object
  /** What is printed otherwise. */
  readonly text: string
}

async function demo(options: DemoOptions): Promise<Shown> {
  await provision({ display: false })
  await build()
  await using atEnd = new AsyncDisposableStack()
  const simulator =
    options.api === null
      ? await startSimulator({
          port: 0,
          authKey: SIMULATOR_KEY,
          oem: SIMULATOR_OEM,
          clock: systemClock,
          latency: 200,
        })
      : null
  atEnd.defer(async () => simulator?.stop())
  const keyring = await startKeyring()
  atEnd.defer(keyring.stop)
  const userData = mkdtempSync(join(tmpdir(), 'traffic-desk-demo-'))
  atEnd.defer(() => rmSync(userData, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }))
  const app = await _electron.launch({
    executablePath: resolveElectron().executable,
    args: [root, `--user-data-dir=${userData}`, `--lang=${options.language}`],
    cwd: root,
    colorScheme: null,
    env: { ...keyring.env, ...(options.headful && { HOST_HEADFUL: '1' }) } as Record<string, string>,
  })
  atEnd.defer(() => app.close())

  const page = await app.firstWindow()
  await new FirstRun(page).setUpOperator({
    name: simulator ? 'Simulator' : 'Carrier',
    host: options.api ?? simulator?.url ?? '',
    oemId: options.oem?.id ?? null,
  })
  const settings = new Settings(page)
  // Typed into the program's own form, and passed to it in no other way.
  await settings.saveAuthKey(options.oem?.key ?? options.authKey ?? SIMULATOR_KEY)
  await settings.chooseLanguage(options.language)
  await settings.close()

  const main = new MainWindow(page)
  await main.lookUp(options.account)
  const shown = await main.outcome()
  await main.chartDrawn()
  mkdirSync(options.out, { recursive: true })
  await page.screenshot({ path: join(options.out, 'result.png') })
  return shown.ok ? await succeeded(main, shown.account) : await failed(main, shown)
}

async function succeeded(main: MainWindow, account: string): Promise<Shown> {
  const { lookup, profile } = await main.stored(account)
  if (lookup === undefined || !lookup.result.ok)
    throw new Error('the lookup on the screen is not in the history')
  const report = lookup.result.value
  return {
    ok: true,
    text: await main.ticketText(),
    json: {
      outcome: 'ok',
      account: lookup.account.id,
      kind: lookup.account.kind,
      todayKb: report.todayKb,
      recentDays:
        dailyUsage({ ...lookup, report }, profile.days)?.map(({ date, kb }) => ({ date, kb })) ?? null,
      blacklisted: report.blacklist === 'unknown' ? null : report.blacklist === 'listed',
      carrier: report.carrier,
      queriedAt: new Date(lookup.askedAt).toISOString(),
    },
  }
}

async function failed(
  main: MainWindow,
  {
    code,
    message,
    account,
  }: { readonly code: string; readonly message: string; readonly account: string | null },
): Promise<Shown> {
  const last = account === null ? undefined : (await main.stored(account)).lookup
  const carrier = last === undefined || last.result.ok ? null : carrierOf(last.result.failure)
  return { ok: false, text: `${code}: ${message}`, json: { outcome: 'failed', code, message, carrier } }
}

let options: DemoOptions
try {
  options = readDemoOptions(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(2)
}
try {
  if (options.team) {
    console.log(await demoTeam({ ...options, out: resolve(options.out) }))
    process.exit(0)
  }
  const shown = await demo({ ...options, out: resolve(options.out) })
  console.error(`screenshot: ${join(options.out, 'result.png')}`)
  console.log(options.json ? JSON.stringify(shown.json) : shown.text)
  process.exitCode = shown.ok ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
