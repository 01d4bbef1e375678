import { parseArgs } from 'node:util'
import { Arch, Platform, build as pack } from 'electron-builder'
import { macSigning, packaging } from './packaging.ts'
import { build, root } from './run.ts'

/**
 * `npm run package`: the built program in an unpacked directory under out/package, for this system or for the one that is
 * named. From any system a package for any other is made, with the binary it is given; a Mac's can be signed on a Mac alone.
 */

const { values } = parseArgs({
  options: {
    win: { type: 'boolean', default: false },
    mac: { type: 'boolean', default: false },
    linux: { type: 'boolean', default: false },
    arch: { type: 'string', default: process.arch },
    /** A folder with Electron's binary to take instead of a downloaded one. */
    'electron-dist': { type: 'string' },
    output: { type: 'string', default: packaging.directories?.output ?? 'out/package' },
    /** The program is built already. */
    'no-build': { type: 'boolean', default: false },
    /** macOS: signed by nobody. */
    'ad-hoc': { type: 'boolean', default: false },
    /** What is handed out besides the directory: pkg and dmg for macOS. */
    release: { type: 'boolean', default: false },
  },
})

const platforms = [
  ...(values.win ? [Platform.WINDOWS] : []),
  ...(values.mac ? [Platform.MAC] : []),
  ...(values.linux ? [Platform.LINUX] : []),
]
if (platforms.length === 0) platforms.push(Platform.current())
const arch = Arch[values.arch as keyof typeof Arch]
if (arch === undefined) throw new Error(`no such processor: ${values.arch}`)

/** A Mac's package that is made elsewhere is not signed at all. */
function signing() {
  if (!platforms.includes(Platform.MAC)) return {}
  return process.platform === 'darwin'
    ? macSigning(process.env, { adHoc: values['ad-hoc'] })
    : { identity: null, hardenedRuntime: false }
}

const targetsOf = (platform: Platform) =>
  values.release && platform === Platform.MAC ? ['dir', 'pkg', 'dmg'] : ['dir']

if (!values['no-build']) await build()
const electronDist = values['electron-dist']
const mac = signing()
for (const platform of platforms)
  await pack({
    projectDir: root,
    targets: platform.createTarget(targetsOf(platform), arch),
    publish: 'never',
    config: {
      ...packaging,
      directories: { ...packaging.directories, output: values.output },
      mac: { ...packaging.mac, ...mac },
      ...(electronDist && { electronDist }),
    },
  })
