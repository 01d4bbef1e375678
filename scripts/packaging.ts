import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FuseV1Config, FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import type { AfterPackContext, Configuration } from 'electron-builder'
import { build, type PlistValue, parse } from 'plist'
import { NtExecutable, NtExecutableResource, Resource } from 'resedit'

/**
 * Every switch of the packaged binary, said: a fuse that a later Electron adds makes packaging fail until it is decided.
 * https://www.electronjs.org/docs/latest/tutorial/fuses
 */
export const fuses = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  // Nobody can run the program as plain Node by setting ELECTRON_RUN_AS_NODE.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  // Ignores NODE_OPTIONS and NODE_EXTRA_CA_CERTS.
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // Runs only the packaged archive: not a changed one, and no files beside it.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // The page comes from app://bundle, so file: needs no extra privileges.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Lets WebAssembly check bounds with traps; undici's parser is WebAssembly.
  [FuseV1Options.WasmTrapHandlers]: true,
} as const satisfies FuseV1Config

const LINUX_NAME = 'traffic-desk'

/** The program's name to the system: Windows groups its windows by it, macOS keeps its preferences under it. */
const APP_ID = 'io.trafficdesk.app'

const appIn = ({ appOutDir, packager }: Pick<AfterPackContext, 'appOutDir' | 'packager'>): string =>
  join(appOutDir, `${packager.appInfo.productFilename}.app`)

/** Where the binary lies in an unpacked directory. */
function binaryIn(context: Pick<AfterPackContext, 'appOutDir' | 'packager'>): string {
  const { appOutDir, packager } = context
  const { productFilename } = packager.appInfo
  switch (packager.platform.nodeName) {
    case 'darwin':
      return join(appIn(context), 'Contents/MacOS', productFilename)
    case 'win32':
      return join(appOutDir, `${productFilename}.exe`)
    default:
      return join(appOutDir, LINUX_NAME)
  }
}

/**
 * How a package for macOS is signed. The keychain lets a program read what it wrote by its signature, and an ad-hoc
 * signature is another one in each build: macOS then asks for the user's password again after every update. So an
 * identity is asked for, and an ad-hoc build has to be wanted.
 *
 * @throws with what to do, where there is no identity and nobody said that none is wanted
 */
export function macSigning(
  env: Readonly<Record<string, string | undefined>>,
  { adHoc }: { readonly adHoc: boolean },
): Pick<NonNullable<Configuration['mac']>, 'identity' | 'hardenedRuntime' | 'artifactName'> {
  // The hardened runtime loads libraries of the same team alone, and an ad-hoc signature has no team.
  // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in
  const artifactName = '${productName} ${version} unsigned.${ext}'
  if (adHoc) return { identity: '-', hardenedRuntime: false, artifactName }
  if (env['CSC_LINK'] || env['CSC_NAME']) return { hardenedRuntime: true }
  throw new Error(
    'A package for macOS needs a signing identity: name one of the keychain in CSC_NAME (or a file in CSC_LINK).\n' +
      'For a build of your own say --ad-hoc: macOS then asks for the password again after each build.',
  )
}

/** Some files of a module; the processor's name is filled in for each package. */
function filesOf(module: string, filter: readonly string[]) {
  const folder = `node_modules/${module}`
  return { from: folder, to: folder, filter: [...filter] }
}

const keytarFor = (platform: string) => filesOf('keytar', [`prebuilds/${platform}-\${arch}/*`])

/** What goes into a package: the built program, the native binaries for its system, and nothing else. */
export const packaging: Configuration = {
  appId: APP_ID,
  productName: 'Traffic Desk',
  copyright: 'Copyright © 2026 The Traffic Desk authors',
  directories: { output: 'out/package', buildResources: 'resources' },
  files: [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'resources/icon.png',
    '!**/*.map',
    '!**/cyclonedx/**',
    '!node_modules/keytar/{src,script,build,binding.gyp,keytar.d.ts,README.md}',
    '!node_modules/keytar/prebuilds/**',
    // Only Windows has a registry.
    '!node_modules/{native-reg,node-gyp-build}/**',
    // Headers that keytar was compiled with.
    '!node_modules/node-addon-api/**',
  ],
  // Beside the archive, where an administrator's psql can read it, and their editor of policies.
  extraResources: [
    { from: 'resources/team-gate.sql', to: 'team-gate.sql' },
    { from: 'resources/policy', to: 'policy' },
  ],
  asar: true,
  asarUnpack: ['**/*.node'],
  // A rebuild would wipe keytar's own binaries.
  npmRebuild: false,
  nodeGypRebuild: false,
  electronLanguages: ['ja', 'en-US'],
  protocols: [{ name: 'Traffic Desk', schemes: ['trafficdesk'] }],
  fileAssociations: [{ ext: 'tdsetup', name: 'Traffic Desk setup file', role: 'Viewer' }],
  afterPack: async context => {
    const { platform, appInfo } = context.packager
    if (platform.nodeName === 'darwin') tidyInfoPlist(appIn(context))
    if (platform.nodeName === 'win32') sayVersion(binaryIn(context), appInfo.version)
    // Not electron-builder's own option: its version of @electron/fuses knows fewer fuses.
    await flipFuses(binaryIn(context), {
      ...fuses,
      // Only macOS can sign.
      resetAdHocDarwinSignature: process.platform === 'darwin',
    })
  },
  win: {
    target: 'dir',
    icon: 'resources/icon.ico',
    files: [
      keytarFor('win32'),
      filesOf('native-reg', ['package.json', 'lib/*.js', `prebuilds/win32-\${arch}/*`]),
      filesOf('node-gyp-build', ['package.json', 'index.js', 'node-gyp-build.js']),
    ],
    // Signed in the release, where the certificate is.
    signAndEditExecutable: true,
    signExecutable: false,
  },
  mac: {
    target: 'dir',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills it in
    artifactName: '${productName} ${version}.${ext}',
    icon: 'resources/icon.icns',
    files: [keytarFor('darwin')],
    category: 'public.app-category.business',
    hardenedRuntime: true,
    gatekeeperAssess: false,
    entitlements: 'resources/entitlements.mac.plist',
    entitlementsInherit: 'resources/entitlements.mac.plist',
    // macOS asks before the first query that goes to a proxy on the local network, and shows why.
    extendInfo: {
      NSLocalNetworkUsageDescription:
        '社内のプロキシを通して回線の通信量を照会するために使います。 Looks up a line’s traffic through the proxy of your network.',
    },
  },
  linux: {
    target: 'dir',
    executableName: LINUX_NAME,
    category: 'Office',
    files: [keytarFor('linux')],
  },
  publish: null,
}

/** electron-builder leaves Electron's own version where Windows shows the product's. */
function sayVersion(path: string, version: string): void {
  const exe = NtExecutable.from(readFileSync(path))
  const resources = NtExecutableResource.from(exe)
  const [info] = Resource.VersionInfo.fromEntries(resources.entries)
  const [language] = info?.getAllLanguagesForStringValues() ?? []
  if (info === undefined || language === undefined) throw new Error(`no version in ${path}`)
  info.setStringValues(language, { ProductVersion: version })
  info.outputToResourceEntries(resources.entries)
  resources.outputResource(exe)
  writeFileSync(path, Buffer.from(exe.generate()))
}

/** Electron's own list lets the program load anything without TLS; the program's own rules never needed it. */
function tidyInfoPlist(app: string): void {
  const path = join(app, 'Contents/Info.plist')
  const { NSAppTransportSecurity: _, ...info } = parse(readFileSync(path, 'utf8')) as Record<
    string,
    PlistValue
  >
  writeFileSync(path, `${build(info)}\n`)
}
