import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test'
import { isStandIn, resolveElectron } from 'electron-stand-in/which.ts'
import type { ProfileDraft } from '../src/contract/profile.ts'
import { newProfile } from '../src/contract/profile-defaults.ts'
import type { Settings } from '../src/contract/settings.ts'
import { type Clock, systemClock } from '../src/main/clock.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../src/main/demo/carrier-simulator.ts'
import type {} from '../src/renderer/bridge.ts'
import { windowOf } from './run-command.ts'
import { MainWindow } from './screens/main-window.ts'

export const AUTH_KEY = 'E2E-AUTH-KEY-7f3a'
export const OEM = { id: 'E2E-OEM', key: 'E2E-OEM-KEY-91c4' } as const
/** The example line's figures as the screen shows them: today, yesterday, both sums, total, average and peak. */
export const FIGURES = ['100 KB', '100 KB', '400 KB', '600 KB', '600 KB', '200 KB', '300 KB']
export const root = join(import.meta.dirname, '..')

/**
 * Playwright adds --no-sandbox on Linux unless it is told not to, and Chromium refuses a sandbox to root. Elsewhere the
 * flag changes nothing.
 */
export const mayBeSandboxed = process.getuid?.() !== 0

/** A running program and its window. */
export interface Program {
  readonly app: ElectronApplication
  readonly page: Page
}

interface Options {
  readonly language: 'ja' | 'en'
  readonly carrierClock: Clock
  readonly latency: number | (() => number)
  /** How the keys behave that the carrier gives out. */
  readonly obtainedKeys: Pick<SimulatorOptions, 'keyLivesMs' | 'newKeyEndsOld'>
  /** What the program finds in its environment, beside what the tests themselves have there. */
  readonly environment: Readonly<Record<string, string>>
  /** What the program is asked to open when it starts. */
  readonly opens: readonly string[]
  /** For a spec that provokes violations of the CSP; everywhere else one is a failure. */
  readonly provokesViolations: boolean
}

interface Fixtures {
  /** A simulator of this test's own, in the test's process. */
  readonly carrier: Simulator
  /** What is run: the built program in the checkout, or a package of it. */
  readonly application: string
  /** A folder for the program's data, fresh for each test. */
  readonly userData: string
  /** Starts the program on `userData`; it is closed after the test. */
  readonly launch: () => Promise<Program>
  /** The program with an operator's profile at `carrier` and its key saved; the cool-down is one second. */
  readonly main: MainWindow
  readonly program: Program
}

export const test = base.extend<Options & Fixtures & { readonly realElectron: undefined }>({
  language: ['ja', { option: true }],
  carrierClock: [systemClock, { option: true }],
  latency: [0, { option: true }],
  obtainedKeys: [{}, { option: true }],
  environment: [{}, { option: true }],
  opens: [[], { option: true }],
  provokesViolations: [false, { option: true }],

  realElectron: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use, info) => {
      base.skip(info.tags.includes('@electron') && isStandIn(), 'only real Electron can show this')
      await use(undefined)
    },
    { auto: true },
  ],

  carrier: async ({ carrierClock, latency, obtainedKeys }, use) => {
    const simulator = await startSimulator({
      port: 0,
      authKey: AUTH_KEY,
      oem: OEM,
      clock: carrierClock,
      latency,
      ...obtainedKeys,
    })
    await use(simulator)
    await simulator.stop()
  },

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  userData: async ({}, use) => {
    // On macOS the temporary folder is a link, and the program tells the real path.
    const folder = mkdtempSync(join(realpathSync(tmpdir()), 'traffic-desk-e2e-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  },

  application: [root, { option: true }],

  launch: async ({ application, userData, language, environment, opens, provokesViolations }, use) => {
    const started: ElectronApplication[] = []
    const violations: string[] = []
    await use(async () => {
      const app = await _electron.launch({
        executablePath: resolveElectron().executable,
        args: [application, ...switches(userData, language), ...opens],
        colorScheme: null, // Playwright's default would override the program's theme
        cwd: root,
        env: { ...(process.env as Record<string, string>), ...environment },
        timeout: 180_000,
        chromiumSandbox: mayBeSandboxed,
      })
      started.push(app)
      const page = await app.firstWindow()
      windowOf(app, page)
      page.on('console', message => {
        if (/content security policy|trusted ?types?/i.test(message.text())) violations.push(message.text())
      })
      page.on('pageerror', error => violations.push(String(error)))
      await page.locator('main').waitFor()
      return { app, page }
    })
    for (const app of started) await app.close().catch(() => {})
    if (provokesViolations) expect(violations).not.toEqual([])
    else expect(violations, 'violations of the CSP and errors in the page').toEqual([])
  },

  program: async ({ launch, carrier }, use) => {
    const program = await launch()
    await setUp(program.page, { ...operator(carrier.url), cooldownSeconds: 1 }, AUTH_KEY)
    await use(program)
  },

  main: async ({ program }, use) => {
    await use(new MainWindow(program.page))
  },
})

export { expect }

/** The program's own switches; macOS takes the language another way. */
export function switches(userData: string, language: 'ja' | 'en'): string[] {
  return [`--user-data-dir=${userData}`, `--lang=${language}`, '-AppleLanguages', `(${language})`]
}

export const operator = (url: string): ProfileDraft =>
  newProfile({ name: 'Operator', carrier: { kind: 'host', origin: url } })

/** Makes a profile with its key, past the screens that have specs of their own. */
export async function setUp(page: Page, profile: ProfileDraft, authKey: string): Promise<void> {
  await page.evaluate(
    async ([draft, key]) => {
      const made = await window.bridge.saveProfile(draft)
      const saved = await window.bridge.saveAuthKey({ authKey: key, forThisRun: false })
      if (!made.ok || !saved.ok) throw new Error(JSON.stringify([made, saved]))
    },
    [profile, authKey] as const,
  )
  await page.reload()
  await page.getByRole('search').waitFor()
}

/** The settings as they are kept: the screen shows a choice before that. */
export const keptSettings = (page: Page): Promise<Settings> =>
  page.evaluate(async () => {
    const state = await window.bridge.appState()
    if (!state.ok) throw new Error(state.failure.code)
    return state.value.settings
  })

/** Waits until the program could have sent another query, had it wanted to: cool-down and a second. */
export const coolDownAndASecond = (page: Page): Promise<void> => page.waitForTimeout(2_000)
