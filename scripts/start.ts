import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { resolveElectron } from 'electron-stand-in/which.ts'
import { provision } from './provision.ts'
import { build, root, run, runBin } from './run.ts'

/** Opens the program for a person: `npm start`; with `dev` as the first argument in electron-vite's dev mode. */

const isDev = process.argv[2] === 'dev'

// Real Electron if it is there or can be downloaded. Where it can't, Linux has the stand-in, and elsewhere
// `resolveElectron` says what to do.
if (!existsSync(join(root, 'node_modules/electron/path.txt'))) {
  spawnSync(process.execPath, [join(root, 'node_modules/electron/install.js')], { stdio: 'ignore' })
}
const { kind, executable } = resolveElectron()
const needsDisplay =
  process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']
if (kind === 'stand-in') await provision({ display: needsDisplay })

const display = needsDisplay ? await startDisplay() : null
const env = {
  ...process.env,
  ...(display && { DISPLAY: display }),
  ...(kind === 'stand-in' && { HOST_HEADFUL: '1' }),
}
if (isDev) {
  process.exitCode = await runBin('electron-vite', 'electron-vite', ['dev'], {
    env: { ...env, ELECTRON_EXEC_PATH: executable },
  })
} else {
  await build()
  process.exitCode = await run(executable, ['.'], { env })
}
process.exit()

/** A virtual display where the machine has none; its number is the server's own choice. */
async function startDisplay(): Promise<string> {
  const server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  // However this script ends, the display ends with it.
  process.once('exit', () => server.kill())
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
  const [number] = (await once(createInterface(server.stdout), 'line')) as [string]
  console.log(`no display here: the window is on Xvfb's :${number}`)
  return `:${number}`
}
