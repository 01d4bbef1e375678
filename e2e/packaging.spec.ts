import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from '@playwright/test'
import { isStandIn, resolveElectron } from 'electron-stand-in/which.ts'
import { fuses } from '../scripts/packaging.ts'
import { root } from './fixtures.ts'
import { binaryIn, hollowElectron, pack } from './pack.ts'

/** The package as `npm run package` makes it of the built program. */

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
    expect(readdirSync(join(unpacked, 'resources')).sort()).toEqual([
      'app.asar',
      'app.asar.unpacked',
      'team-gate.sql',
    ])
  })

  test('8: of real Electron has every fuse set in its binary', { tag: '@electron' }, async () => {
    test.skip(isStandIn(), 'The stand-in has no fuses')
    test.setTimeout(180_000)
    const dist = join(root, 'node_modules/electron/dist')
    expect(dirname(resolveElectron().executable)).toContain(dist)
    const unpacked = pack(folder, dist)
    await expectFuses(binaryIn(unpacked))
  })
})
