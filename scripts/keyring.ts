import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export interface Keyring {
  /** The environment in which a program finds this keyring, and a home of its own. */
  readonly env: NodeJS.ProcessEnv
  stop(): Promise<void>
}

/**
 * A fresh, unlocked keyring on a private session bus, so that nothing of the user's is read or left behind. On
 * Windows and macOS there is nothing to start: the system's own keychain is used.
 */
export async function startKeyring(): Promise<Keyring> {
  if (process.platform !== 'linux') return { env: process.env, stop: async () => {} }
  const home = mkdtempSync(join(tmpdir(), 'traffic-desk-home-'))
  const runtime = join(home, 'runtime')
  mkdirSync(runtime, { mode: 0o700 })
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    HOME: home,
    XDG_RUNTIME_DIR: runtime,
    XDG_DATA_HOME: join(home, 'data'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_CACHE_HOME: join(home, 'cache'),
  }

  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--nopidfile', '--print-address=1'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [address] = (await once(createInterface(bus.stdout), 'line')) as [string]
  env['DBUS_SESSION_BUS_ADDRESS'] = address

  // It reads the new keyring's password (empty, but a line) and returns once it serves the bus; it ends with the bus.
  const daemon = spawn('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
    env,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  daemon.stdin.end('\n')
  const [code] = await once(daemon, 'exit')
  if (code !== 0) throw new Error('gnome-keyring did not start')

  return {
    env,
    async stop() {
      const ended = once(bus, 'exit')
      bus.kill()
      await ended
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    },
  }
}
