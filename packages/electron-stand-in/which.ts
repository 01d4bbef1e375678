import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The binary that runs an app here. `distDir` is what ELECTRON_OVERRIDE_DIST_PATH names. */
export interface ElectronBinary {
  readonly kind: 'electron' | 'stand-in'
  readonly executable: string
  readonly distDir: string
}

const here = import.meta.dirname
const standIn: ElectronBinary = { kind: 'stand-in', executable: join(here, 'electron'), distDir: here }

/**
 * Real Electron where its binary is: in the directory that ELECTRON_OVERRIDE_DIST_PATH names, else where the npm package
 * puts it. Otherwise the stand-in, which needs Linux. Throws elsewhere, saying how to get the binary.
 */
export function resolveElectron(env: NodeJS.ProcessEnv = process.env): ElectronBinary {
  const npmPackage = join(here, '../../node_modules/electron')
  const pathFile = join(npmPackage, 'path.txt')
  // Written by the package when it has unpacked the binary: its path in dist, which differs by platform.
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : undefined
  const overridden = env['ELECTRON_OVERRIDE_DIST_PATH']
  if (overridden && resolve(overridden) === here) return standIn
  const distDir = overridden ? resolve(overridden) : join(npmPackage, 'dist')
  const executable = join(distDir, name ?? defaultName())
  if ((overridden || name) && existsSync(executable)) return { kind: 'electron', executable, distDir }
  if (overridden)
    throw new Error(`ELECTRON_OVERRIDE_DIST_PATH names ${overridden}, where there is no ${executable}`)
  if (process.platform === 'linux') return standIn
  throw new Error("Electron's binary is not installed. Run `npx install-electron`, which downloads it.")
}

/** Whether apps run on the stand-in: specs of what only real Electron can show are then skipped. */
export function isStandIn(): boolean {
  return resolveElectron().kind === 'stand-in'
}

function defaultName(): string {
  if (process.platform === 'win32') return 'electron.exe'
  return process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'
}
