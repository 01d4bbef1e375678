import type { Application } from './application.ts'
import type { HostArguments } from './argv.ts'
import type { Chromium } from './chromium/chromium.ts'

/** What boot.ts finds out once and the modules of `electron` read. */
export interface Host {
  readonly executable: string
  /** The command line as it was, before anything edited process.argv; a second instance sends it to the first. */
  readonly argv: readonly string[]
  readonly arguments: HostArguments
  readonly application: Application
}

let current: Host | undefined
let browser: Chromium | undefined

/** Set by boot.ts before any of the app's code runs. */
export function setHost(host: Host): void {
  current = host
}

export function host(): Host {
  if (!current) throw new Error('electron-stand-in: not started by its boot.ts')
  return current
}

export function setChromium(chromium: Chromium): void {
  browser = chromium
}

/** The running Chromium; there is one from 'ready' on. */
export function chromium(): Chromium {
  if (!browser) throw new Error('electron-stand-in: Chromium is not running before the ready event')
  return browser
}

/** The running Chromium, if it was started. */
export function startedChromium(): Chromium | undefined {
  return browser
}
