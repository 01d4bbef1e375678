import { join } from 'node:path'
import { type FuseV1Config, FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses'
import type { AfterPackContext, Configuration } from 'electron-builder'

/**
 * Every switch of the packaged binary, said: a fuse that a later Electron adds makes packaging fail until it is decided.
 * https://www.electronjs.org/docs/latest/tutorial/fuses
 */
export const fuses = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  resetAdHocDarwinSignature: true,
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

/** Where the binary lies in an unpacked directory. */
function binaryIn({ appOutDir, packager }: Pick<AfterPackContext, 'appOutDir' | 'packager'>): string {
  const { productFilename } = packager.appInfo
  switch (packager.platform.nodeName) {
    case 'darwin':
      return join(appOutDir, `${productFilename}.app`, 'Contents/MacOS', productFilename)
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
): Pick<NonNullable<Configuration['mac']>, 'identity' | 'hardenedRuntime'> {
  // The hardened runtime loads libraries of the same team alone, and an ad-hoc signature has no team.
  if (adHoc) return { identity: '-', hardenedRuntime: false }
  if (env['CSC_LINK'] || env['CSC_NAME']) return { hardenedRuntime: true }
  throw new Error(
    'A package for macOS needs a signing identity: name one of the keychain in CSC_NAME (or a file in CSC_LINK).\n' +
      'For a build of your own say --ad-hoc: macOS then asks for the password again after each build.',
  )
}

// biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder fills these in
const PREBUILDS = 'node_modules/keytar/prebuilds/${platform}-${arch}'

/** What goes into a package: the built program, keytar's binary for this platform, and nothing else. */
export const packaging: Configuration = {
  appId: 'io.trafficdesk.app',
  productName: 'Traffic Desk',
  directories: { output: 'out/package', buildResources: 'resources' },
  files: [
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    'resources/icon.png',
    '!**/*.map',
    '!node_modules/keytar/{src,script,build,binding.gyp,keytar.d.ts,README.md}',
    { from: PREBUILDS, to: PREBUILDS },
    '!node_modules/keytar/prebuilds/**',
    // Headers that keytar was compiled with.
    '!node_modules/node-addon-api/**',
  ],
  // Beside the archive, where an administrator's psql can read it.
  extraResources: [{ from: 'resources/team-gate.sql', to: 'team-gate.sql' }],
  asar: true,
  asarUnpack: ['**/*.node'],
  // A rebuild would wipe keytar's own binaries.
  npmRebuild: false,
  nodeGypRebuild: false,
  electronLanguages: ['ja', 'en-US'],
  afterPack: async context => {
    // Not electron-builder's own option: its version of @electron/fuses knows fewer fuses.
    await flipFuses(binaryIn(context), fuses)
  },
  win: { target: 'dir', signAndEditExecutable: process.platform === 'win32' },
  mac: {
    target: 'dir',
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
  linux: { target: 'dir', executableName: LINUX_NAME, category: 'Office' },
  publish: null,
}
