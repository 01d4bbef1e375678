import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { root, runBin } from './run.ts'
import { type Bill, type Installed, mergedBill } from './sbom/merge.ts'

/**
 * `npm run sbom`: builds the program and lists what is in it (CycloneDX): what the bundler took in, the native modules, and
 * Electron. npm's own list would know four of them, because everything else is bundled.
 */

const { values } = parseArgs({
  options: { output: { type: 'string', default: join(root, 'out/package/sbom.json') } },
})

const code = await runBin('electron-vite', 'electron-vite', ['build', '--logLevel', 'warn'], {
  env: { ...process.env, SBOM: '1' },
})
if (code !== 0) throw new Error('the build failed')

const json = <T>(path: string): T => JSON.parse(readFileSync(join(root, path), 'utf8')) as T
const installed = (name: string): Installed => json(`node_modules/${name}/package.json`)
const bill = mergedBill(
  ['main', 'renderer'].map(part => json<Bill>(`out/${part}/cyclonedx/bom.json`)),
  {
    program: json('package.json'),
    installed: ['keytar', 'native-reg', 'node-gyp-build', 'electron'].map(installed),
  },
)
mkdirSync(dirname(values.output), { recursive: true })
writeFileSync(values.output, `${JSON.stringify(bill, null, 2)}\n`)
console.log(`${bill.components.length} components: ${values.output}`)
