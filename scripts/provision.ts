import { type SpawnOptions, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolveElectron } from 'electron-stand-in/which.ts'
import { run } from './run.ts'

/** A Debian package, what shows that it is there, and why the program's tests and demo want it. */
interface Need {
  readonly name: string
  readonly why: string
  readonly isThere: () => boolean
}

const onPath = (command: string) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0
const installed = (name: string) =>
  spawnSync('dpkg-query', ['--status', name], { encoding: 'utf8' }).stdout.includes('install ok installed')

const chromium: Need = {
  name: 'chromium',
  why: "stands in for Electron's binary, which is not on this machine",
  isThere: () => existsSync('/usr/bin/chromium'),
}
const common: readonly Need[] = [
  { name: 'dbus', why: 'a private session bus for the keyring', isThere: () => onPath('dbus-daemon') },
  {
    name: 'gnome-keyring',
    why: 'the keychain that keytar uses on Linux',
    isThere: () => onPath('gnome-keyring-daemon'),
  },
  { name: 'libsecret-1-0', why: "keytar's way to the keyring", isThere: () => installed('libsecret-1-0') },
  {
    name: 'fonts-noto-cjk',
    why: 'Japanese on the screen and in screenshots',
    isThere: () => installed('fonts-noto-cjk'),
  },
]
const postgresql: Need = {
  name: 'postgresql',
  why: 'the team gate’s rules run in it',
  isThere: () => existsSync('/usr/lib/postgresql'),
}
const pgbouncer: Need = {
  name: 'pgbouncer',
  why: 'the pooler that operators put before PostgreSQL',
  isThere: () => onPath('pgbouncer') || existsSync('/usr/sbin/pgbouncer'),
}
const msitools: readonly Need[] = [
  { name: 'wixl', why: 'makes the installer for Windows', isThere: () => onPath('wixl') },
  { name: 'msitools', why: 'reads the installer’s tables', isThere: () => onPath('msiinfo') },
]
const wine: Need = {
  name: 'wine',
  why: 'installs the installer as Windows would',
  isThere: () => onPath('wine'),
}
const xvfb: Need = { name: 'xvfb', why: 'a display for the window', isThere: () => onPath('Xvfb') }

/**
 * Installs the Debian packages that are missing, and says which and why. Does nothing on Windows and macOS.
 *
 * @throws with the one line to run, where it is neither root nor allowed to sudo
 */
export async function provision({
  display = false,
  engine = false,
  pooler = false,
  installer = false,
  windows = false,
}: {
  readonly display?: boolean
  readonly engine?: boolean
  readonly pooler?: boolean
  /** What makes the installer for Windows. */
  readonly installer?: boolean
  /** What runs it. */
  readonly windows?: boolean
}): Promise<void> {
  if (process.platform !== 'linux') return
  const standIn = resolveElectron().kind === 'stand-in'
  const needs = [
    ...(standIn ? [chromium] : []),
    ...common,
    ...(display ? [xvfb] : []),
    ...(engine ? [postgresql] : []),
    ...(pooler ? [pgbouncer] : []),
    ...(installer ? msitools : []),
    ...(windows ? [wine] : []),
  ]
  const missing = needs.filter(need => !need.isThere())
  if (missing.length === 0) return

  for (const { name, why } of missing) console.error(`needs ${name}: ${why}`)
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...missing.map(need => need.name)]
  const asRoot = process.getuid?.() === 0 ? [] : canSudo() ? ['sudo', '-n'] : null
  const line = `sudo apt-get update && sudo ${install.join(' ')}`
  if (asRoot === null || !onPath('apt-get'))
    throw new Error(`these packages are missing; please run:\n  ${line}`)

  const quiet: SpawnOptions = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit'],
  }
  for (const command of [['apt-get', 'update'], install]) {
    console.error(`running ${command.join(' ')}`)
    const [program = '', ...args] = [...asRoot, ...command]
    if ((await run(program, args, quiet)) !== 0) throw new Error(`that failed; please run:\n  ${line}`)
  }
}

const canSudo = () => onPath('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0
