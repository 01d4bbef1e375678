import { _electron, type ElectronApplication, expect, type Page } from '@playwright/test'
import { resolveElectron } from 'electron-stand-in/which.ts'
import { root } from './root.ts'
import { windowOf } from './run-command.ts'

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

/** A program that was started, and what went wrong in its page since then. */
export interface Started extends Program {
  /** Violations of the CSP, and errors that nobody caught. */
  readonly violations: string[]
}

/** What a program is started with. */
export interface Start {
  /** What is run: the built program in the checkout, or a package of it. */
  readonly application: string
  readonly userData: string
  readonly language: 'ja' | 'en'
  /** What it finds in its environment, beside what the tests themselves have there. */
  readonly environment?: Readonly<Record<string, string>>
  /** What it is asked to open. */
  readonly opens?: readonly string[]
}

/** The program's own switches; macOS takes the language another way. */
export function switches(userData: string, language: 'ja' | 'en'): string[] {
  return [`--user-data-dir=${userData}`, `--lang=${language}`, '-AppleLanguages', `(${language})`]
}

/** Starts the program and waits for its page. */
export async function startProgram({
  application,
  userData,
  language,
  environment = {},
  opens = [],
}: Start): Promise<Started> {
  const app = await _electron.launch({
    executablePath: resolveElectron().executable,
    args: [application, ...switches(userData, language), ...opens],
    colorScheme: null, // Playwright's default would override the program's theme
    cwd: root,
    env: { ...(process.env as Record<string, string>), ...environment },
    timeout: 180_000,
    chromiumSandbox: mayBeSandboxed,
  })
  const violations: string[] = []
  const page = await app.firstWindow()
  windowOf(app, page)
  page.on('console', message => {
    if (/content security policy|trusted ?types?/i.test(message.text())) violations.push(message.text())
  })
  page.on('pageerror', error => violations.push(String(error)))
  await page.locator('main').waitFor()
  return { app, page, violations }
}

/** Nothing went wrong in a page, but for a spec that provokes violations. */
export function expectViolations(violations: readonly string[], areProvoked: boolean): void {
  if (areProvoked) expect(violations).not.toEqual([])
  else expect(violations, 'violations of the CSP and errors in the page').toEqual([])
}
