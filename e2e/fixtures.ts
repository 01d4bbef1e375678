import { test as base, expect, type Page } from '@playwright/test'
import { isStandIn } from 'electron-stand-in/which.ts'
import type { ProfileDraft } from '../src/contract/profile.ts'
import { newProfile } from '../src/contract/profile-defaults.ts'
import type { Settings } from '../src/contract/settings.ts'
import { type Clock, systemClock } from '../src/main/clock.ts'
import { type Simulator, type SimulatorOptions, startSimulator } from '../src/main/demo/carrier-simulator.ts'
import type {} from '../src/renderer/bridge.ts'
import { root } from './root.ts'
import { MainWindow } from './screens/main-window.ts'
import { createSharedProgram, removeFolder, type SharedProgram, temporaryFolder } from './shared-program.ts'
import { expectViolations, type Program, type Started, startProgram } from './start-program.ts'

export { root } from './root.ts'
export { mayBeSandboxed, type Program, switches } from './start-program.ts'

export const AUTH_KEY = 'E2E-AUTH-KEY-7f3a'
export const OEM = { id: 'E2E-OEM', key: 'E2E-OEM-KEY-91c4' } as const
/** The example line's figures as the screen shows them: today, yesterday, both sums, total, average and peak. */
export const FIGURES = ['100 KB', '100 KB', '400 KB', '600 KB', '600 KB', '200 KB', '300 KB']
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
  /** A folder of this test's own, for files that the program is to write or to read. */
  readonly folder: string
  /** The program at its first run. The specs share it: each finds it as new. */
  readonly firstRun: Program
  /** The shared program with an operator's profile at `carrier` and its key saved; the cool-down is one second. */
  readonly program: Program
  readonly main: MainWindow
  /** A folder for the data of a program of this test's own. */
  readonly userData: string
  /** Starts a program of this test's own on `userData`; it is closed after the test. */
  readonly launch: () => Promise<Program>
  /**
   * The same as `program` and `main`, started for this test: for what is about starting and ending, about the files under
   * `userData`, or leaves the program changed.
   */
  readonly ownProgram: Program
  readonly ownMain: MainWindow
}

export const test = base.extend<
  Options & Fixtures & { readonly realElectron: undefined },
  { readonly shared: SharedProgram }
>({
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
  folder: async ({}, use) => inTemporaryFolder(use),

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  userData: async ({}, use) => inTemporaryFolder(use),

  application: [root, { option: true }],

  shared: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
    async ({}, use) => {
      const shared = createSharedProgram()
      await use(shared)
      await shared.close()
    },
    { scope: 'worker' },
  ],

  firstRun: async ({ shared, language, provokesViolations }, use) => {
    const program = await shared.asNew(language)
    await use(program)
    expectViolations(program.violations, provokesViolations)
  },

  program: async ({ firstRun, carrier }, use) => {
    await setUpOperator(firstRun.page, carrier)
    await use(firstRun)
  },

  main: async ({ program }, use) => {
    await use(new MainWindow(program.page))
  },

  launch: async ({ application, userData, language, environment, opens, provokesViolations }, use) => {
    const started: Started[] = []
    await use(async () => {
      const program = await startProgram({ application, userData, language, environment, opens })
      started.push(program)
      return program
    })
    for (const { app } of started) await app.close().catch(() => {})
    expectViolations(
      started.flatMap(({ violations }) => violations),
      provokesViolations,
    )
  },

  ownProgram: async ({ launch, carrier }, use) => {
    const program = await launch()
    await setUpOperator(program.page, carrier)
    await use(program)
  },

  ownMain: async ({ ownProgram }, use) => {
    await use(new MainWindow(ownProgram.page))
  },
})

export { expect }

async function inTemporaryFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = temporaryFolder()
  await use(folder)
  removeFolder(folder)
}

const setUpOperator = (page: Page, carrier: Simulator): Promise<void> =>
  setUp(page, { ...operator(carrier.url), cooldownSeconds: 1 }, AUTH_KEY)

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
