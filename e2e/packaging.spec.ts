import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { getRawHeader, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { expect, test } from '@playwright/test'
import { isStandIn, resolveElectron } from 'electron-stand-in/which.ts'
import { parse } from 'plist'
import { NtExecutable, NtExecutableResource, Resource } from 'resedit'
import packageJson from '../package.json' with { type: 'json' }
import { fuses } from '../scripts/packaging.ts'
import { root } from './fixtures.ts'
import { archiveIn, binaryIn, hollowElectron, pack } from './pack.ts'

const { author } = packageJson

/** What Electron compares an archive with before it loads it. */
const headerHash = (archive: string): string =>
  createHash('sha256').update(getRawHeader(archive).headerString).digest('hex')

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

  for (const [target, arch] of [
    ['linux', 'x64'],
    ['win', 'x64'],
    ['win', 'arm64'],
    ['mac', 'arm64'],
  ] as const)
    test(`8: for ${target} on ${arch} has the built program and the native modules of that system, and nothing else`, async () => {
      test.skip(process.platform !== 'linux', 'Hollow binaries are enough, and one system packs for all')
      const unpacked = pack(folder, hollowElectron(join(folder, 'dist'), target, arch), { target, arch })
      // On macOS the fuses are in the framework that all of its programs share.
      await expectFuses(target === 'mac' ? join(unpacked, 'Traffic Desk.app') : binaryIn(unpacked, target))

      const archive = archiveIn(unpacked, target)
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
      const platform = { linux: 'linux', win: 'win32', mac: 'darwin' }[target]
      const keytar = `/node_modules/keytar/prebuilds/${platform}-${arch}/keytar.node`
      const registry = `/node_modules/native-reg/prebuilds/${platform}-${arch}/node.napi.node`
      const isWindows = target === 'win'
      expect([...modules]).toEqual(isWindows ? ['keytar', 'native-reg', 'node-gyp-build'] : ['keytar'])
      expect(files.filter(path => path.endsWith('.node'))).toEqual(isWindows ? [keytar, registry] : [keytar])
      const known =
        /^\/(?:package\.json|resources(?:\/icon\.png)?|out(?:\/(?:main|preload|renderer)(?:\/.*)?)?|node_modules(?:\/.*)?)$/
      expect(files.filter(path => !known.test(path))).toEqual([])
      expect(files.filter(path => /\.(?:map|ts|tsx|cc|h)$|test|cyclonedx/.test(path))).toEqual([])
      // Our own code; Chromium and Node are a hundred times that.
      expect(statSync(archive).size).toBeLessThan(6 * 1024 * 1024)
      const resources = readdirSync(dirname(archive)).filter(name => !/\.(?:lproj|icns)$/.test(name))
      expect(resources.sort()).toEqual(['app.asar', 'app.asar.unpacked', 'policy', 'team-gate.sql'])
      if (target !== 'mac')
        expect(readdirSync(join(unpacked, 'locales')).sort()).toEqual(['en-US.pak', 'ja.pak'])
    })

  test('8: for Windows has its name, maker, version and icons, and knows its archive’s integrity', () => {
    test.skip(process.platform !== 'linux', 'One system packs for all')
    const unpacked = pack(folder, hollowElectron(join(folder, 'dist'), 'win'), { target: 'win', arch: 'x64' })
    const exe = NtExecutable.from(readFileSync(binaryIn(unpacked, 'win')))
    const resources = NtExecutableResource.from(exe)
    const [version] = Resource.VersionInfo.fromEntries(resources.entries)
    const [language] = version?.getAllLanguagesForStringValues() ?? []
    expect(language && version?.getStringValues(language)).toMatchObject({
      ProductName: 'Traffic Desk',
      CompanyName: author,
      FileDescription: 'Traffic Desk',
      ProductVersion: expect.stringMatching(/^0\.1\.0/),
    })
    const [icons] = Resource.IconGroupEntry.fromEntries(resources.entries)
    expect(icons?.icons.map(({ width }) => width || 256)).toEqual([16, 20, 24, 32, 40, 48, 64, 256])
    const integrity = resources.entries.find(({ type }) => type === 'INTEGRITY')
    expect(JSON.parse(Buffer.from(integrity?.bin ?? new ArrayBuffer(0)).toString())).toMatchObject([
      { file: 'resources\\app.asar', alg: 'SHA256', value: headerHash(archiveIn(unpacked, 'win')) },
    ])
  })

  test('8: for macOS has its links and files declared, its integrity known, and no leave to load without TLS', () => {
    test.skip(process.platform !== 'linux', 'One system packs for all')
    const unpacked = pack(folder, hollowElectron(join(folder, 'dist'), 'mac'), {
      target: 'mac',
      arch: 'arm64',
    })
    const info = parse(readFileSync(join(unpacked, 'Traffic Desk.app/Contents/Info.plist'), 'utf8'))
    expect(info).toMatchObject({
      CFBundleIdentifier: 'io.trafficdesk.app',
      CFBundleShortVersionString: '0.1.0',
      CFBundleURLTypes: [{ CFBundleURLSchemes: ['trafficdesk'] }],
      CFBundleDocumentTypes: [{ CFBundleTypeExtensions: ['tdsetup'] }],
      NSHumanReadableCopyright: expect.stringContaining(author),
      ElectronAsarIntegrity: {
        'Resources/app.asar': { algorithm: 'SHA256', hash: headerHash(archiveIn(unpacked, 'mac')) },
      },
    })
    expect(info).not.toHaveProperty('NSAppTransportSecurity')
  })

  test('8: holds the same archive, byte for byte, however often it is packed', () => {
    test.skip(process.platform !== 'linux', 'One system is enough')
    const [first, second] = ['first', 'second'].map(name => {
      const unpacked = pack(join(folder, name), hollowElectron(join(folder, name, 'dist')))
      return readFileSync(archiveIn(unpacked))
    })
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true)
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
