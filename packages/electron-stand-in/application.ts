import { existsSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'

/** The app that the binary was told to run. */
export interface Application {
  readonly path: string
  readonly entry: string
  /** productName, else name, of its package.json; 'Electron' for a bare file. */
  readonly name: string
  readonly version: string
}

/** Finds the app at `target`: a directory with a package.json, or an entry file. Throws when there is none. */
export function findApplication(target: string): Application {
  const path = resolve(target)
  const require = createRequire(join(process.cwd(), 'noop.js'))
  if (!existsSync(path) || !statSync(path).isDirectory())
    return { path: dirname(path), entry: require.resolve(path), name: 'Electron', version: electronVersion() }
  const manifest = JSON.parse(readFileSync(join(path, 'package.json'), 'utf8'))
  return {
    path,
    entry: require.resolve(join(path, manifest.main ?? 'index.js')),
    name: manifest.productName ?? manifest.name ?? 'Electron',
    version: manifest.version ?? electronVersion(),
  }
}

/** The version of the installed npm package `electron`: the one that this stands in for. */
export function electronVersion(): string {
  const require = createRequire(import.meta.url)
  return (require('electron/package.json') as { version: string }).version
}
