import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { FuseV1Options } from '@electron/fuses'
import { expect } from '@playwright/test'
import { fuses } from '../scripts/packaging.ts'
import { root } from './fixtures.ts'

// From @electron/fuses: what stands before the fuses in every Electron binary.
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** A folder like Electron's, whose binary holds only a fuse wire with every fuse set wrongly. */
export function hollowElectron(folder: string): string {
  const options = Object.values(FuseV1Options).filter(value => typeof value === 'number')
  const wrong = options.map(option => (fuses[option as keyof typeof fuses] ? '0' : '1')).join('')
  const wire = Buffer.concat([Buffer.from(SENTINEL), Buffer.from([1, options.length]), Buffer.from(wrong)])
  mkdirSync(join(folder, 'locales'), { recursive: true })
  mkdirSync(join(folder, 'resources'))
  for (const language of ['en-US', 'fr', 'ja']) writeFileSync(join(folder, 'locales', `${language}.pak`), '')
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.alloc(64), wire, Buffer.alloc(64)]))
  chmodSync(join(folder, 'electron'), 0o755)
  return folder
}

/** Packs the program that is built, as `npm run package` does, and gives the unpacked directory. */
export function pack(folder: string, electronDist: string): string {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'scripts/package.ts'),
      '--no-build',
      '--electron-dist',
      electronDist,
      '--output',
      join(folder, 'out'),
      '--ad-hoc',
    ],
    { cwd: root, encoding: 'utf8' },
  )
  expect(status, stderr).toBe(0)
  const unpacked = readdirSync(join(folder, 'out')).find(name => /unpacked$|^mac/.test(name))
  return join(folder, 'out', unpacked ?? '')
}

/** The program's own binary in an unpacked directory. */
export function binaryIn(unpacked: string): string {
  if (process.platform === 'win32') return join(unpacked, 'Traffic Desk.exe')
  return process.platform === 'darwin'
    ? join(unpacked, 'Traffic Desk.app/Contents/MacOS/Traffic Desk')
    : join(unpacked, 'traffic-desk')
}

/** The archive in an unpacked directory. */
export const archiveIn = (unpacked: string): string =>
  process.platform === 'darwin'
    ? join(unpacked, 'Traffic Desk.app/Contents/Resources/app.asar')
    : join(unpacked, 'resources/app.asar')
