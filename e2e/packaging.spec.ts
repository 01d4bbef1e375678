import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from '@playwright/test'
import { isStandIn, resolveElectron } from 'electron-stand-in/which.ts'
import { fuses } from '../scripts/packaging.ts'
import { root } from './fixtures.ts'

/** The package as `npm run package` makes it of the built program. */

// From @electron/fuses: what stands before the fuses in every Electron binary.
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** A folder like Electron's, whose binary holds only a fuse wire with every fuse set wrongly. */
function hollowElectron(folder: string): string {
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

function pack(folder: string, electronDist: string): string {
  const { status, stderr } = spawnSync(
    process.execPath,
    [
      join(root, 'scripts/package.ts'),
      '--no-build',
      '--electron-dist',
      electronDist,
      '--output',
      join(folder, 'out'),
    ],
    { cwd: root, encoding: 'utf8' },
  )
  expect(status, stderr).toBe(0)
  const unpacked = readdirSync(join(folder, 'out')).find(name => /unpacked$|^mac/.test(name))
  return join(folder, 'out', unpacked ?? '')
}

async function expectFuses(binary: string): Promise<void> {
  const wire = await getCurrentFuseWire(binary)
  for (const option of Object.values(FuseV1Options)) {
    if (typeof option !== 'number') continue
    const wanted = fuses[option as keyof typeof fuses] ? FuseState.ENABLE : FuseState.DISABLE
    expect(wire[option], FuseV1Options[option]).toBe(wanted)
  }
}

test.describe('8: a package', () => {
  let folder: string
  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'traffic-desk-package-'))
  })
  test.afterEach(() => rmSync(folder, { recursive: true, force: true }))

  test('8: has the built program and keytar for its platform, every fuse set, and nothing else in it', async () => {
    test.skip(process.platform !== 'linux', 'A hollow binary is enough for one platform’s package')
    const unpacked = pack(folder, hollowElectron(join(folder, 'dist')))
    await expectFuses(join(unpacked, 'traffic-desk'))
    expect(readdirSync(join(unpacked, 'locales')).sort()).toEqual(['en-US.pak', 'ja.pak'])

    const archive = join(unpacked, 'resources/app.asar')
    const files = listPackage(archive, { isPack: false }).map(path => path.replaceAll('\\', '/'))
    for (const needed of [
      '/package.json',
      '/out/main/index.js',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
    ]) {
      expect(files).toContain(needed)
    }
    const modules = new Set(files.flatMap(path => /^\/node_modules\/([^/]+)/.exec(path)?.[1] ?? []))
    expect([...modules]).toEqual(['keytar'])
    expect(files.filter(path => path.endsWith('.node'))).toEqual([
      `/node_modules/keytar/prebuilds/linux-${process.arch}/keytar.node`,
    ])
    const known =
      /^\/(?:package\.json|resources(?:\/icon\.png)?|out(?:\/(?:main|preload|renderer)(?:\/.*)?)?|node_modules(?:\/.*)?)$/
    expect(files.filter(path => !known.test(path))).toEqual([])
    expect(files.filter(path => /\.(?:map|ts|tsx)$|test/.test(path))).toEqual([])
    expect(readdirSync(join(unpacked, 'resources')).sort()).toEqual(['app.asar', 'app.asar.unpacked'])
  })

  test('8: of real Electron has every fuse set in its binary', { tag: '@electron' }, async () => {
    test.skip(isStandIn(), 'The stand-in has no fuses')
    test.setTimeout(180_000)
    const dist = join(root, 'node_modules/electron/dist')
    expect(dirname(resolveElectron().executable)).toContain(dist)
    const unpacked = pack(folder, dist)
    const binary = {
      darwin: 'Traffic Desk.app/Contents/MacOS/Traffic Desk',
      win32: 'Traffic Desk.exe',
    }[process.platform as string]
    await expectFuses(join(unpacked, binary ?? 'traffic-desk'))
  })
})
