import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { root } from '../scripts/run.ts'
import { type Benchmark, limitRow } from './harness.ts'

const KB = 1000

/** A part of the built program, its size in bytes and its limit. */
export interface Budget {
  readonly what: string
  readonly bytes: number
  readonly atMost: number
}

/** Sizes of the build in out/: what the page loads at its start, the chart's chunk, main and preload. */
export function budgets(): readonly Budget[] {
  const out = (...parts: readonly string[]) => join(root, 'out', ...parts)
  const zipped = (file: string) => gzipSync(readFileSync(file), { level: 9 }).length
  const page = readFileSync(out('renderer/index.html'), 'utf8')
  const initial = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.(?:js|css))"/g)]
  const assets = readdirSync(out('renderer/assets'))
  const chart = assets.filter(name => /^usage-chart-.*\.js$/.test(name))
  const sum = (files: readonly string[], size: (file: string) => number) =>
    files.reduce((total, file) => total + size(file), 0)
  return [
    {
      what: 'initial JS and CSS, gzip',
      bytes: sum(
        initial.map(([, file = '']) => out('renderer', file)),
        zipped,
      ),
      atMost: 180 * KB,
    },
    {
      what: 'the chart’s chunk, gzip',
      bytes: sum(
        chart.map(name => out('renderer/assets', basename(name))),
        zipped,
      ),
      atMost: 60 * KB,
    },
    {
      what: 'main at its start, raw',
      bytes: sum([...importedBy(out('main/index.js'))], file => statSync(file).size),
      atMost: 900 * KB,
    },
    { what: 'preload, raw', bytes: statSync(out('preload/index.cjs')).size, atMost: 4 * KB },
  ]
}

/** A built module, and all that are read with it before it runs. */
function importedBy(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(/(?:from|import) ?["'](\.[^"']+)["']/g))
    importedBy(join(dirname(file), name), seen)
  return seen
}

export const bytes: Benchmark = {
  name: 'bytes',
  measure: async () =>
    budgets().map(({ what, bytes, atMost }) =>
      limitRow({ what, value: bytes / KB, unit: 'kB', atMost: atMost / KB }),
    ),
}
