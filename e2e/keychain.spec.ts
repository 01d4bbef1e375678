import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { test as base, expect } from '@playwright/test'
import { startKeyring } from '../scripts/keyring.ts'
import { root } from './fixtures.ts'

/** Row 16 of the faults against real keytar and a real gnome-keyring, for what these can produce. */

const run = promisify(execFile)

const test = base.extend<{ readonly keyring: NodeJS.ProcessEnv }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  keyring: async ({}, use) => {
    const keyring = await startKeyring()
    await use(keyring.env)
    await keyring.stop()
  },
})

test.skip(process.platform !== 'linux', 'a keyring of its own can only be made on Linux')

/** The result of each step: the key, `done`, or a failure's code. */
async function ask(env: NodeJS.ProcessEnv, ...steps: string[]): Promise<readonly string[]> {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...headless } = env
  const script = join(root, 'e2e/ask-keychain.ts')
  const { stdout } = await run(process.execPath, [script, ...steps], { cwd: root, env: headless })
  return JSON.parse(stdout)
}

test('a key is saved, read after a restart, and gone once deleted', async ({ keyring }) => {
  expect(await ask(keyring, 'read', 'save', 'restart', 'read', 'delete', 'restart', 'read')).toEqual([
    'KEY_MISSING',
    'done',
    'REAL-KEY-1',
    'done',
    'KEY_MISSING',
  ])
})

test('no session bus is KEYCHAIN_UNAVAILABLE', async () => {
  const { DBUS_SESSION_BUS_ADDRESS: _bus, XDG_RUNTIME_DIR: _runtime, ...env } = process.env
  expect(await ask(env, 'save', 'read', 'delete')).toEqual([
    'KEYCHAIN_UNAVAILABLE',
    'KEYCHAIN_UNAVAILABLE',
    'KEYCHAIN_UNAVAILABLE',
  ])
})

test('a bus without a secret service is KEYCHAIN_UNAVAILABLE', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'traffic-desk-bus-'))
  const config = join(folder, 'bus.conf')
  writeFileSync(
    config,
    `<busconfig><type>session</type><listen>unix:tmpdir=${folder}</listen>
      <policy context="default"><allow send_destination="*"/><allow own="*"/><allow eavesdrop="true"/></policy>
    </busconfig>`,
  )
  const bus = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  try {
    const [address] = (await once(createInterface(bus.stdout), 'line')) as [string]
    const env = { ...process.env, DBUS_SESSION_BUS_ADDRESS: address }
    expect(await ask(env, 'save', 'read')).toEqual(['KEYCHAIN_UNAVAILABLE', 'KEYCHAIN_UNAVAILABLE'])
  } finally {
    bus.kill()
    await once(bus, 'exit')
    rmSync(folder, { recursive: true, force: true })
  }
})

test('a locked keyring is KEYCHAIN_LOCKED, told from one whose entry is gone', async ({ keyring }) => {
  expect(await ask(keyring, 'save')).toEqual(['done'])
  expect(await ask(keyring, 'delete')).toEqual(['done'])
  expect(await ask(keyring, 'saved-before', 'read')).toEqual(['KEY_GONE'])
  expect(await ask(keyring, 'save')).toEqual(['done'])
  const lock = spawnSync(
    'dbus-send',
    [
      '--session',
      '--print-reply',
      '--dest=org.freedesktop.secrets',
      '/org/freedesktop/secrets',
      'org.freedesktop.Secret.Service.Lock',
      'array:objpath:/org/freedesktop/secrets/collection/login',
    ],
    { env: keyring },
  )
  expect(lock.status).toBe(0)
  expect(await ask(keyring, 'saved-before', 'read', 'save')).toEqual(['KEYCHAIN_LOCKED', 'KEYCHAIN_LOCKED'])
})
