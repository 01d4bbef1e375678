import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test'
import { resolveElectron } from '../which.ts'
import { processesOn } from './processes.ts'

export { expect } from '@playwright/test'

const appDirectory = import.meta.dirname

/** Playwright adds --no-sandbox on Linux unless it is told not to, and Chromium refuses a sandbox to root. */
export const mayBeSandboxed = process.getuid?.() !== 0

/** One note of the app (main.js): what happened, and its details. */
export type Note = readonly [what: string, ...details: unknown[]]

/** A userData directory of its own, and ways to run the app on it. */
export interface Stage {
  readonly userData: string
  /** Through Playwright. The app is closed when the test ends. */
  launch(...args: string[]): Promise<ElectronApplication>
  /** As a plain process, for launches that end by themselves or are killed. */
  start(...args: string[]): ChildProcess
  /** Resolves when that has been noted. */
  until(what: string): Promise<void>
  /** All notes of all runs, in order; also those of processes that have ended. */
  notes(): Note[]
}

interface Fixtures {
  readonly stage: Stage
  /** The app, launched, with its page loaded. */
  readonly app: ElectronApplication
  readonly page: Page
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures that are used from this pattern
  stage: async ({}, use) => {
    const userData = mkdtempSync(join(realpathSync(tmpdir()), 'host-contract-'))
    const log = join(userData, 'notes')
    const env = { ...process.env, CONTRACT_LOG: log, CONTRACT_NAME: 'contract' } as Record<string, string>
    const launched: ElectronApplication[] = []
    const started: ChildProcess[] = []
    const notes = (): Note[] => {
      const lines = existsSync(log) ? readFileSync(log, 'utf8').split('\n') : []
      return lines.filter(Boolean).map(line => JSON.parse(line))
    }
    await use({
      userData,
      async launch(...args) {
        const app = await _electron.launch({
          executablePath: resolveElectron().executable,
          args: [appDirectory, `--user-data-dir=${userData}`, ...args],
          colorScheme: null, // Playwright's default would override the app's theme.
          env,
          timeout: 180_000,
          chromiumSandbox: mayBeSandboxed,
        })
        launched.push(app)
        return app
      },
      start(...args) {
        const { executable } = resolveElectron()
        const options = [
          ...(mayBeSandboxed ? [] : ['--no-sandbox']),
          appDirectory,
          `--user-data-dir=${userData}`,
          ...args,
        ]
        const child = spawn(executable, options, { env, stdio: 'ignore' })
        started.push(child)
        return child
      },
      notes,
      async until(what) {
        await expect.poll(() => notes().map(([name]) => name), { intervals: [25] }).toContain(what)
      },
    })
    for (const app of launched) await app.close()
    for (const child of started) if (child.exitCode === null) child.kill('SIGKILL')
    // The pages of a killed app end after it, and write to its directory until they have.
    await expect.poll(() => processesOn(userData)).toEqual([])
    rmSync(userData, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  },

  app: async ({ stage }, use) => {
    const app = await stage.launch()
    await stage.until('loaded')
    await use(app)
  },

  page: async ({ app }, use) => {
    const page = await app.firstWindow()
    await page.getByRole('heading').waitFor()
    await use(page)
  },
})

/** What the contract app puts on its page's and its main process's globals. */
declare global {
  // biome-ignore lint/suspicious/noExplicitAny: the specs call it from inside page.evaluate, where types do not reach
  var contractBridge: any
  var pageScript: { readonly bridge: string; readonly violations: string[] }
  // biome-ignore lint/suspicious/noExplicitAny: as above, in the main process
  var contract: any
}
