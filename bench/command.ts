import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { type Benchmark, inTurns, median } from './harness.ts'
import { CARRIER_KEY, startCarrier } from './programs.ts'

const ROUNDS = 7
const ACCOUNT = '09012345678'

/** Milliseconds that a command takes; it must print the day's figure. */
function timed(command: string, args: readonly string[]): number {
  const from = performance.now()
  const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' })
  const time = performance.now() - from
  if (status !== 0 || !stdout.includes('100')) throw new Error(`${command} failed: ${stdout}`)
  return time
}

/** Our client run as a command, from start to end, against curl and jq for the same reply. */
export const command: Benchmark = {
  name: 'command',
  async measure() {
    const missing = ['curl', 'jq'].filter(
      name => process.platform === 'win32' || spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0,
    )
    const carrier = await startCarrier(0)
    const script = join(import.meta.dirname, 'command-line.ts')
    const body = JSON.stringify({ authKey: CARRIER_KEY, account: ACCOUNT })
    const shell = `curl -sS -H 'content-type: application/json' -d '${body}' '${carrier.url}/emptool/api/mvno/getTrafficInfo/' | jq -c '.traffic'`
    try {
      const { ours, peers } = await inTurns(
        ROUNDS,
        async () => timed(process.execPath, [script, carrier.url, ACCOUNT]),
        async () => (missing.length > 0 ? Number.NaN : timed('sh', ['-c', shell])),
      )
      return [
        {
          what: 'a lookup from the command line, from start to end',
          measure: `${median(ours).toFixed(0)} ms`,
          peer:
            missing.length > 0
              ? `${missing.join(' and ')} not on this machine`
              : `curl + jq: ${median(peers).toFixed(0)} ms`,
          ratio: missing.length > 0 ? '' : (median(ours) / median(peers)).toFixed(2),
          aim: 'reported',
          holds: null,
        },
      ]
    } finally {
      await carrier.stop()
    }
  },
}
