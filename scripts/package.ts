import { parseArgs } from 'node:util'
import { build as pack } from 'electron-builder'
import { macSigning, packaging } from './packaging.ts'
import { build, root } from './run.ts'

/** `npm run package`: the built program in an unpacked directory of this platform, under out/package. */

const { values } = parseArgs({
  options: {
    /** A folder with Electron's binary to take instead of a downloaded one. */
    'electron-dist': { type: 'string' },
    output: { type: 'string', default: packaging.directories?.output ?? 'out/package' },
    /** The program is built already. */
    'no-build': { type: 'boolean', default: false },
    /** macOS: signed by nobody. */
    'ad-hoc': { type: 'boolean', default: false },
  },
})

const mac =
  process.platform === 'darwin' ? macSigning(process.env, { adHoc: values['ad-hoc'] }) : packaging.mac
if (!values['no-build']) await build()
const electronDist = values['electron-dist']
await pack({
  projectDir: root,
  dir: true,
  publish: 'never',
  config: {
    ...packaging,
    directories: { ...packaging.directories, output: values.output },
    mac: { ...packaging.mac, ...mac },
    ...(electronDist && { electronDist }),
  },
})
