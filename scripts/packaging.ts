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
  // The program is no Node for whoever sets a variable.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  // Neither NODE_OPTIONS nor NODE_EXTRA_CA_CERTS.
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  // The program's files are what was packaged, and nothing beside them is run.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  // The page comes from app://bundle: file: needs no privileges.
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // The way WebAssembly checks its bounds; undici's parser is made of it.
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
  asar: true,
  asarUnpack: ['**/*.node'],
  // A rebuild would wipe keytar's own binaries.
  npmRebuild: false,
  nodeGypRebuild: false,
  electronLanguages: ['ja', 'en-US'],
  afterPack: async context => {
    // Not electron-builder's own way: what it brings knows fewer fuses than there are.
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
  },
  linux: { target: 'dir', executableName: LINUX_NAME, category: 'Office' },
  publish: null,
}
