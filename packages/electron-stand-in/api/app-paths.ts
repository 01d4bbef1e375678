import { mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { isAbsolute, join, resolve } from 'node:path'

/** app.getPath and app.setPath on Linux. */
export interface AppPaths {
  get(name: string): string
  set(name: string, path: string): void
}

/** `userDataSwitch` is --user-data-dir; without it userData follows `appName()`, as in Electron. */
export function createAppPaths(executable: string, userDataSwitch: string, appName: () => string): AppPaths {
  const overridden = new Map<string, string>()
  if (userDataSwitch) overridden.set('userData', resolve(userDataSwitch))
  const home = homedir()
  const defaults: Readonly<Record<string, () => string>> = {
    home: () => home,
    appData: () => process.env['XDG_CONFIG_HOME'] || join(home, '.config'),
    userData: () => join(paths.get('appData'), appName()),
    sessionData: () => paths.get('userData'),
    logs: () => join(paths.get('userData'), 'logs'),
    crashDumps: () => join(paths.get('userData'), 'Crashpad'),
    temp: () => tmpdir(),
    exe: () => executable,
    module: () => executable,
    desktop: () => join(home, 'Desktop'),
    documents: () => join(home, 'Documents'),
    downloads: () => join(home, 'Downloads'),
    music: () => join(home, 'Music'),
    pictures: () => join(home, 'Pictures'),
    videos: () => join(home, 'Videos'),
  }
  const created = new Set(['userData', 'sessionData', 'logs'])
  const paths: AppPaths = {
    get(name) {
      const path = overridden.get(name) ?? defaults[name]?.()
      if (!path) throw new Error(`Failed to get '${name}' path`)
      if (created.has(name)) mkdirSync(path, { recursive: true })
      return path
    },
    set(name, path) {
      if (!isAbsolute(path)) throw new Error('Path must be absolute')
      if (!(name in defaults)) throw new Error(`Failed to set '${name}' path`)
      overridden.set(name, path)
    },
  }
  return paths
}
