import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { resolveElectron } from 'electron-stand-in/which.ts'
import { startDisplay } from './display.ts'
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
if (display) console.log(`no display here: the window is on Xvfb's ${display}`)
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
