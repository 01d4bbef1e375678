import { spawnSync } from 'node:child_process'
import { systemClock } from '../../../clock.ts'
import type { Cluster } from './postgres.ts'
import { outcome, recordingCarrier, said, startDesk } from './processes.ts'

/** The two ends of a cable that only this computer has: one outside, one in a network of its own. */
const OUTSIDE = '10.77.0.1'
const INSIDE = '10.77.0.2'
const NETWORK = 'td-cable'

function ip(...args: readonly string[]): void {
  const { status, stderr } = spawnSync('ip', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`ip ${args.join(' ')}: ${stderr}`)
}

/** Lays the cable; gives how to take it away. Root on Linux. */
export function layCable(cluster: Cluster): () => void {
  ip('netns', 'add', NETWORK)
  ip('link', 'add', 'td-out', 'type', 'veth', 'peer', 'name', 'td-in', 'netns', NETWORK)
  ip('addr', 'add', `${OUTSIDE}/30`, 'dev', 'td-out')
  ip('link', 'set', 'td-out', 'up')
  ip('-n', NETWORK, 'addr', 'add', `${INSIDE}/30`, 'dev', 'td-in')
  ip('-n', NETWORK, 'link', 'set', 'td-in', 'up')
  cluster.stop('fast')
  cluster.demand([`host all desk ${INSIDE}/32 trust`])
  cluster.start([`listen_addresses=127.0.0.1,${OUTSIDE}`])
  return () => {
    spawnSync('ip', ['netns', 'del', NETWORK])
    spawnSync('ip', ['link', 'del', 'td-out'])
  }
}

export interface CableFigures {
  /** Milliseconds from the pull to the next desk's turn, without the cool-down. */
  readonly freeMs: number
  readonly woken: string
  /** What reached the carrier after the cable was back. */
  readonly arrived: number
}

const sleep = (ms: number) => new Promise(resolve => setTimeout(resolve, ms))

/** A desk writes its query into a cable that was just pulled; another desk waits behind it. Then the cable is back. */
export async function pullCable(
  how: 'cable' | 'cable-closed',
  { engine, cooldownMs }: { readonly engine: number; readonly cooldownMs: number },
): Promise<CableFigures> {
  const carrier = await recordingCarrier(300, OUTSIDE)
  const at = { engine, carrier: carrier.port }
  const cut = startDesk(at, 'cut', how, { host: OUTSIDE, by: ['ip', 'netns', 'exec', NETWORK] })
  await cut.hears(said('connected'))
  const next = startDesk(at, 'next')
  ip('link', 'set', 'td-out', 'down')
  const from = systemClock.monotonic()
  cut.child.send('send')
  const woken = await cut.hears(outcome)
  await next.hears(said('sent'))
  const freeMs = systemClock.monotonic() - from - cooldownMs
  await next.hears(outcome)
  ip('link', 'set', 'td-out', 'up')
  // Longer than TCP waits before it tries again.
  await sleep(15_000)
  for (const { child } of [cut, next]) child.kill('SIGKILL')
  carrier.stop()
  return { freeMs, woken, arrived: carrier.seen.filter(({ desk }) => desk === 'cut').length }
}
