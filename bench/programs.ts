import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { resolveElectron } from 'electron-stand-in/which.ts'
import { _electron, type ElectronApplication, type Page } from 'playwright'
import { root, runBin } from '../scripts/run.ts'
import { DEMO_AUTH_KEY } from '../src/main/demo/built-in.ts'
import type { Program as MainProgram } from '../src/main/system.ts'

/** What runs beside the measurements: our program, an empty one built the same way, and a carrier. */

export interface Program {
  readonly app: ElectronApplication
  readonly page: Page
}

const peerFolder = join(root, 'bench/peer')

/** Builds the peer, which is electron-vite's React template on the same host. */
export async function buildPeer(): Promise<void> {
  const code = await runBin('electron-vite', 'electron-vite', ['build', '--logLevel', 'error'], {
    cwd: peerFolder,
  })
  if (code !== 0) throw new Error('the peer’s build failed')
}

async function launch(folder: string, userData: string): Promise<Program> {
  const app = await _electron.launch({
    executablePath: resolveElectron().executable,
    args: [folder, `--user-data-dir=${userData}`, '--lang=ja'],
    cwd: root,
  })
  return { app, page: await app.firstWindow() }
}

/** Starts our program. */
export const openOurs = (userData: string): Promise<Program> => launch(root, userData)

/** Starts our program and waits for its page. */
export async function launchOurs(userData: string): Promise<Program> {
  const program = await openOurs(userData)
  await program.page.locator('main').waitFor()
  return program
}

/** Creates the demo profile, whose carrier is built in, and waits for the main screen. */
export async function startDemo({ page }: Program): Promise<void> {
  await page.evaluate(() => window.bridge.startDemo())
  await page.reload()
  await page.getByRole('search').waitFor()
}

/** Saves so many lines, each named and some with a note. */
export const saveLines = (page: Page, lines: number): Promise<void> =>
  page.evaluate(async count => {
    const imported = await window.bridge.importSavedAccounts(
      JSON.stringify(
        Array.from({ length: count }, (_, n) => ({
          account: {
            kind: 'line',
            id: `0801${String(n * 7919)
              .padStart(7, '0')
              .slice(-7)}`,
          },
          label: `顧客 ${n}`,
          note: n % 3 ? '平日の午前のみ' : '',
          pinned: n % 100 === 0,
        })),
      ),
    )
    if (!imported.ok) throw new Error(imported.failure.code)
  }, lines)

export const openPeer = (userData: string): Promise<Program> => launch(peerFolder, userData)

export async function launchPeer(userData: string): Promise<Program> {
  const program = await openPeer(userData)
  await program.page.getByRole('button').waitFor()
  return program
}

/** Creates the demo profile without cool-down and budget, with a key that is sent as it is, and gives its id. */
export async function simulated({ handlers }: Pick<MainProgram, 'handlers'>): Promise<string> {
  const started = await handlers.startDemo()
  if (!started.ok || started.value.current === null) throw new Error('no profile')
  const { profile } = started.value.current
  const saved = await handlers.saveProfile({
    ...profile,
    credential: { kind: 'manual' },
    cooldownSeconds: 0,
    budgetPerHour: null,
  })
  if (!saved.ok) throw new Error(saved.failure.code)
  return profile.id
}

export interface Carrier {
  readonly url: string
  stop(): Promise<void>
}

/** The demo's, so that the program asks this carrier as it asks its own simulator. */
export const CARRIER_KEY = DEMO_AUTH_KEY

/** The simulator in a process of its own, so that its work is not counted as anybody's here. */
export async function startCarrier(latencyMs: number): Promise<Carrier> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'carrier.ts'), String(latencyMs)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string]
  return {
    url,
    async stop() {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    },
  }
}
