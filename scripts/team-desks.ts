import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { resolveElectron } from 'electron-stand-in/which.ts'
import { _electron, type ElectronApplication } from 'playwright'
import { MainWindow } from '../e2e/screens/main-window.ts'
import { newProfile } from '../src/contract/profile-defaults.ts'
import { root } from './run.ts'

/** One whole program that sits in a team. */
export interface TeamProgram {
  readonly app: ElectronApplication
  readonly main: MainWindow
  close(): Promise<void>
}

/** Opens a program whose profile has a team's server on loopback, past the screens that have specs of their own. */
export async function openTeamProgram({
  carrier,
  authKey,
  port,
  user,
  language = 'en',
  env,
}: {
  readonly carrier: string
  readonly authKey: string
  /** The engine's. */
  readonly port: number
  /** The login, and the agent's name. */
  readonly user: string
  readonly language?: 'ja' | 'en'
  readonly env: NodeJS.ProcessEnv
}): Promise<TeamProgram> {
  const userData = mkdtempSync(join(tmpdir(), 'traffic-desk-team-'))
  const app = await _electron.launch({
    executablePath: resolveElectron().executable,
    args: [root, `--user-data-dir=${userData}`, `--lang=${language}`],
    cwd: root,
    colorScheme: null,
    env: env as Record<string, string>,
  })
  // The agent's part: a native dialog asks whether the profile may use this server.
  await app.evaluate(({ dialog }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
  })
  const page = await app.firstWindow()
  await page.locator('main').waitFor()
  const draft = {
    ...newProfile({ name: 'Team', carrier: { kind: 'host', origin: carrier } }),
    cooldownSeconds: 1,
    team: { host: '127.0.0.1', port, database: 'traffic_desk', user, caFile: null },
  }
  await page.evaluate(
    async ([draft, key, name]) => {
      const done = [
        await window.bridge.saveProfile(draft),
        await window.bridge.saveAuthKey({ authKey: key, forThisRun: false }),
        await window.bridge.saveTeamPassword('none is asked for on loopback'),
        await window.bridge.changeSettings({ agentName: name }),
      ]
      const failed = done.find(one => !one.ok)
      if (failed) throw new Error(JSON.stringify(failed))
    },
    [draft, authKey, user] as const,
  )
  await page.reload()
  await page.getByRole('search').waitFor()
  return {
    app,
    main: new MainWindow(page),
    async close() {
      await app.close().catch(() => {})
      rmSync(userData, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}
