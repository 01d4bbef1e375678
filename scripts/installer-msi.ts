import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildMsi } from './installer/build-msi.ts'
import { provision } from './provision.ts'
import { root } from './run.ts'

/**
 * `npm run installer:msi`: the installer for Windows, of the folder that `npm run package -- --win` made. Unless it is told
 * that what is in it was signed, its name says so.
 */

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: join(root, 'out/package/win-unpacked') },
    output: { type: 'string' },
    signed: { type: 'boolean', default: false },
    /** Another version than the program's: one to be updated from, when updates are tried. */
    as: { type: 'string' },
  },
})
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly version: string
  readonly author: string
}
if (!existsSync(values.from)) throw new Error(`${values.from} is not there: npm run package -- --win`)
const version = values.as ?? manifest.version
await provision({ installer: true })
const to =
  values.output ?? join(root, `out/package/Traffic Desk ${version}${values.signed ? '' : ' unsigned'}.msi`)
const epoch = Number(process.env['SOURCE_DATE_EPOCH'] ?? Math.floor(Date.now() / 1000))
buildMsi({ from: values.from, to, version, manufacturer: manifest.author, at: new Date(epoch * 1000) })
console.log(to)
