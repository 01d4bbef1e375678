import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { FuseV1Options } from '@electron/fuses'
import { expect } from '@playwright/test'
import { build } from 'plist'
import { hollowExe } from '../scripts/hollow-exe.ts'
import { fuses } from '../scripts/packaging.ts'
import { root } from './fixtures.ts'

// From @electron/fuses: what stands before the fuses in every Electron binary.
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

export type Target = 'linux' | 'win' | 'mac'

/** The system that this runs on. */
const here: Target = process.platform === 'win32' ? 'win' : process.platform === 'darwin' ? 'mac' : 'linux'

/** A fuse wire with every fuse set wrongly. */
function wrongFuses(): Buffer {
  const options = Object.values(FuseV1Options).filter(value => typeof value === 'number')
  const wrong = options.map(option => (fuses[option as keyof typeof fuses] ? '0' : '1')).join('')
  return Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, options.length]), Buffer.from(wrong)])
}

/** A folder like Electron's for a system, whose binary holds only a fuse wire with every fuse set wrongly. */
export function hollowElectron(
  folder: string,
  target: Target = 'linux',
  arch: 'x64' | 'arm64' = 'x64',
): string {
  const put = (path: string, bytes: Uint8Array | string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), bytes, { mode: 0o755 })
  }
  if (target === 'mac') putHollowApp(put, (to, path) => symlinkSync(to, join(folder, path)))
  else {
    for (const language of ['en-US', 'fr', 'ja']) put(`locales/${language}.pak`, '')
    if (target === 'win') put('electron.exe', hollowExe({ arch, version: '45.4.1', after: wrongFuses() }))
    else put('electron', Buffer.concat([Buffer.alloc(64), wrongFuses(), Buffer.alloc(64)]))
  }
  return folder
}

function putHollowApp(
  put: (path: string, bytes: Uint8Array | string) => void,
  link: (to: string, path: string) => void,
): void {
  const info = (name: string, more: Readonly<Record<string, unknown>> = {}) =>
    build({
      CFBundleExecutable: name,
      CFBundleIdentifier: `com.github.${name}`,
      CFBundleName: name,
      ...more,
    } as Record<string, string>)
  const contents = 'Electron.app/Contents'
  const framework = `${contents}/Frameworks/Electron Framework.framework`
  put(`${contents}/MacOS/Electron`, '')
  put(
    `${contents}/Info.plist`,
    info('Electron', { NSAppTransportSecurity: { NSAllowsArbitraryLoads: true } }),
  )
  for (const language of ['en', 'fr', 'ja'])
    put(`${framework}/Versions/A/Resources/${language}.lproj/locale.pak`, '')
  put(`${framework}/Versions/A/Electron Framework`, wrongFuses())
  link('A', `${framework}/Versions/Current`)
  link('Versions/Current/Electron Framework', `${framework}/Electron Framework`)
  link('Versions/Current/Resources', `${framework}/Resources`)
  const helper = `${contents}/Frameworks/Electron Helper.app/Contents`
  put(`${helper}/Info.plist`, info('Electron Helper'))
  put(`${helper}/MacOS/Electron Helper`, '')
}

/** Packs the program that is built, as `npm run package` does, and gives the unpacked directory. */
export function pack(
  folder: string,
  electronDist: string,
  { target, arch }: { readonly target?: Target; readonly arch?: 'x64' | 'arm64' } = {},
): string {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'scripts/package.ts'),
      '--no-build',
      ...['--electron-dist', electronDist],
      ...['--output', join(folder, 'out')],
      ...(target ? [`--${target}`] : []),
      ...(arch ? ['--arch', arch] : []),
      '--ad-hoc',
    ],
    { cwd: root, encoding: 'utf8' },
  )
  expect(status, stderr).toBe(0)
  const unpacked = readdirSync(join(folder, 'out')).find(name => /unpacked$|^mac/.test(name))
  return join(folder, 'out', unpacked ?? '')
}

/** The program's own binary in an unpacked directory. */
export function binaryIn(unpacked: string, target: Target = here): string {
  if (target === 'win') return join(unpacked, 'Traffic Desk.exe')
  return target === 'mac'
    ? join(unpacked, 'Traffic Desk.app/Contents/MacOS/Traffic Desk')
    : join(unpacked, 'traffic-desk')
}

/** The archive in an unpacked directory. */
export const archiveIn = (unpacked: string, target: Target = here): string =>
  target === 'mac'
    ? join(unpacked, 'Traffic Desk.app/Contents/Resources/app.asar')
    : join(unpacked, 'resources/app.asar')
