import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../scripts/run.ts'
import { type Benchmark, limitRow } from './harness.ts'

/** How long the last `npm test` took here; running it again would be most of this program's time. */
export const tests: Benchmark = {
  name: 'tests',
  async measure() {
    const file = join(root, 'out/reports/duration.json')
    if (!existsSync(file)) {
      return [
        {
          what: '`npm test` as a whole',
          measure: 'not run in this checkout yet',
          peer: '',
          ratio: '',
          aim: 'at most 12 minutes',
          holds: null,
        },
      ]
    }
    const { seconds } = JSON.parse(readFileSync(file, 'utf8')) as { readonly seconds: number }
    return [limitRow({ what: '`npm test` as a whole', value: seconds / 60, unit: 'minutes', atMost: 12 })]
  },
}
