import { mkdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { resolveElectron } from 'electron-stand-in/which.ts'
import { provision } from '../scripts/provision.ts'
import { build, root } from '../scripts/run.ts'
import { bytes } from './bytes.ts'
import { chart } from './chart.ts'
import { command } from './command.ts'
import { day } from './day.ts'
import { type Benchmark, type Row, tableOf } from './harness.ts'
import { lookup } from './lookup.ts'
import { lookupMain } from './lookup-main.ts'
import { memory } from './memory.ts'
import { page } from './page.ts'
import { buildPeer } from './programs.ts'
import { search } from './search.ts'
import { start } from './start.ts'
import { storeGrowth } from './store.ts'
import { team } from './team.ts'
import { tests } from './tests.ts'

/**
 * `npm run bench`: each figure beside its limit or its peer, measured in the same run. `-- --only lookup` runs what is named
 * so; `--only` may be given again. The table goes to the terminal, the rows to out/bench.json.
 */

const benchmarks: readonly Benchmark[] = [
  lookup,
  lookupMain,
  command,
  page,
  bytes,
  start,
  search,
  storeGrowth,
  day,
  memory,
  chart,
  team,
  tests,
]

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } })
const chosen = benchmarks.filter(({ name }) => values.only?.includes(name) ?? true)
if (chosen.length === 0) {
  console.error(`--only takes one of: ${benchmarks.map(({ name }) => name).join(', ')}`)
  process.exit(2)
}

await provision({ display: false })
await build()
await buildPeer()

const machine = `${cpus()[0]?.model.trim()}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}, Node ${process.version}, ${resolveElectron().kind}`
const rows: Row[] = []
for (const { name, measure } of chosen) {
  const from = performance.now()
  try {
    rows.push(...(await measure()))
  } catch (error) {
    // The others are printed all the same.
    console.error(name, error)
    process.exitCode = 1
  }
  console.error(`${name}: ${((performance.now() - from) / 1000).toFixed(0)} s`)
}
const date = new Date().toISOString().slice(0, 10)
console.log(`\n${date}, ${machine}\n\n${tableOf(rows)}`)
mkdirSync(join(root, 'out'), { recursive: true })
writeFileSync(join(root, 'out/bench.json'), `${JSON.stringify({ date, machine, rows }, null, 2)}\n`)
// A handle that some library still holds open must not keep a finished run alive.
process.exit()
