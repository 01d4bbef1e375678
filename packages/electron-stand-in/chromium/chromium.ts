import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { CdpConnection } from './cdp.ts'

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

// No background network traffic, and no first-run or extension pages beside the app's.
const quiet = [
  '--password-store=basic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-quic',
  '--disable-extensions',
  '--disable-breakpad',
  // Electron has no back-forward cache.
  '--disable-back-forward-cache',
]
const disabledFeatures = [
  'Translate',
  'MediaRouter',
  'OptimizationHints',
  // Chromium loads these pages for the address bar, which Electron lacks: a third of a start's work.
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
]

const setHere = new Set([
  'disable-features',
  'user-data-dir',
  'remote-debugging-port',
  'remote-debugging-pipe',
])

export interface ChromiumOptions {
  readonly profile: string
  /** As app.commandLine has them: name without dashes, and value or ''. */
  readonly switches: ReadonlyMap<string, string>
  /** Offer a DevTools port to others (Playwright), as Electron does under --remote-debugging-port. */
  readonly debuggingPort: string | undefined
}

/** The path of the installed Chromium: HOST_CHROMIUM, or where distributions put it. */
function findChromium(): string {
  const path = process.env['HOST_CHROMIUM'] ?? candidates.find(candidate => existsSync(candidate))
  if (!path)
    throw new Error('electron-stand-in: no Chromium found; install it or set HOST_CHROMIUM to its path')
  return path
}

/** Chromium's command line. The app's own switches come first; repeated lists of features are joined. */
export function chromiumFlags(options: ChromiumOptions, headful: boolean, asRoot: boolean): string[] {
  const features = [options.switches.get('disable-features'), ...disabledFeatures].filter(Boolean).join(',')
  const own = [...options.switches].filter(([name]) => !setHere.has(name))
  return [
    ...new Set([
      ...own.map(([name, value]) => (value ? `--${name}=${value}` : `--${name}`)),
      ...quiet,
      `--disable-features=${features}`,
      `--user-data-dir=${options.profile}`,
      // Our own connection. Chromium ends when this pipe closes, however this process died.
      '--remote-debugging-pipe',
      ...(options.debuggingPort === undefined ? [] : [`--remote-debugging-port=${options.debuggingPort}`]),
      ...(headful ? ['--app=data:text/html,'] : ['--headless=new', '--no-startup-window']),
      // Chromium refuses to run its sandbox as root.
      ...(asRoot ? ['--no-sandbox', '--test-type'] : []),
    ]),
  ]
}

/** A running Chromium and the connection to it. */
export class Chromium {
  readonly connection: CdpConnection
  readonly #process: ChildProcess
  readonly #ended: Promise<void>

  private constructor(child: ChildProcess) {
    this.#process = child
    this.#ended = new Promise(resolve => child.once('exit', () => resolve()))
    this.connection = new CdpConnection(child.stdio[3] as Writable, child.stdio[4] as Readable)
  }

  /** Starts Chromium and, when a debugging port is wanted, prints its "DevTools listening on" line as Electron does. */
  static async start(options: ChromiumOptions): Promise<Chromium> {
    await previousIsGone(options.profile)
    const flags = chromiumFlags(options, process.env['HOST_HEADFUL'] === '1', process.getuid?.() === 0)
    const child = spawn(findChromium(), flags, {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    })
    const chromium = new Chromium(child)
    const said = relayLog(child.stderr as Readable)
    const failed = new Promise<never>((_, reject) => {
      child.once('error', reject)
      child.once('exit', code =>
        reject(new Error(`electron-stand-in: Chromium ended at once (${code})\n${said()}`)),
      )
    })
    failed.catch(() => {})
    await Promise.race([chromium.connection.browser.send('Browser.getVersion'), failed])
    return chromium
  }

  /** Ends Chromium and everything it started, and resolves when its profile is no longer written to. */
  async close(): Promise<void> {
    this.connection.browser.tell('Browser.close')
    await Promise.race([this.#ended, pause(3000, undefined, { ref: false })])
    this.killNow()
    await this.#ended
  }

  /** Ends Chromium without asking. Its process group is its own, so its helpers go with it. */
  killNow(): void {
    try {
      if (this.#process.pid) process.kill(-this.#process.pid, 'SIGKILL')
    } catch {} // Already gone.
  }
}

/** Passes on the one line that Playwright reads; the rest is noise unless HOST_DEBUG is set. Returns what was said. */
function relayLog(stderr: Readable): () => string {
  let said = ''
  let announced = false
  stderr.setEncoding('utf8').on('data', (text: string) => {
    if (process.env['HOST_DEBUG']) process.stderr.write(text)
    if (announced) return
    said += text
    const line = /^DevTools listening on ws:\S+$/m.exec(said)?.[0]
    if (!line) return
    announced = true
    process.stderr.write(`${line}\n`)
  })
  return () => said
}

/**
 * Waits for the Chromium of a killed predecessor to let go of the profile: a second one on the same profile would hand
 * over to it and end.
 */
async function previousIsGone(profile: string): Promise<void> {
  for (let turn = 0; turn < 200; turn++) {
    const holder = lockHolder(profile)
    if (holder === undefined || !existsSync(`/proc/${holder}`)) return
    await pause(25)
  }
  throw new Error(`electron-stand-in: another Chromium uses ${profile}`)
}

function lockHolder(profile: string): number | undefined {
  try {
    return Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1))
  } catch {
    return undefined
  }
}
