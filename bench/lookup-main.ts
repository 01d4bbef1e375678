import { openProgram } from '../src/main/testing/open-program.ts'
import { createBareRequest } from './bare-request.ts'
import { type Benchmark, inFolder, inTurns, limitRow, median, ratioRow } from './harness.ts'
import { simulated, startCarrier } from './programs.ts'

const LOOKUPS = 60
const WARM_UP = 60
const LATENCY_MS = 50

/** The time that the main process, without Electron, adds to a bare request. */
export const lookupMain: Benchmark = {
  name: 'lookup-main',
  measure: () =>
    inFolder(async folder => {
      const carrier = await startCarrier(LATENCY_MS)
      const bare = createBareRequest(carrier.url)
      const program = openProgram({
        folder,
        isPackaged: false,
        language: () => 'en',
        simulator: { url: async () => carrier.url, runningAt: () => carrier.url, async stop() {} },
      })
      const profileId = await simulated(program)
      try {
        let at = 0
        const cpu = { ours: [] as number[], bare: [] as number[] }
        /** Notes the processor time, in milliseconds, while a piece of work runs. */
        const counted = async (whose: keyof typeof cpu, work: () => Promise<number>): Promise<number> => {
          const before = process.cpuUsage()
          const time = await work()
          const { user, system } = process.cpuUsage(before)
          cpu[whose].push((user + system) / 1000)
          return time
        }
        const ourLookup = () =>
          counted('ours', async () => {
            at += 1
            const account = { kind: 'line', id: `0801${String(at).padStart(7, '0')}` } as const
            const from = performance.now()
            const outcome = await program.handlers.lookUp({ account, again: true, profileId })
            if (!outcome.ok || !outcome.value.lookup.result.ok) throw new Error('no figures')
            return performance.now() - from
          })
        const bareRequest = () => counted('bare', () => bare.time('09012345678'))
        // Warms both up: a process's first second is not typical of a day's work.
        await inTurns(WARM_UP, ourLookup, bareRequest)
        cpu.ours.length = cpu.bare.length = 0
        const { ours, peers } = await inTurns(LOOKUPS, ourLookup, bareRequest)
        return [
          ratioRow({
            what: `one lookup in the main process, carrier at ${LATENCY_MS} ms`,
            ours,
            peers,
            unit: 'ms',
            peer: 'bare request()',
            atMost: 1.5,
          }),
          limitRow({
            what: 'own processor time of it, over the bare request',
            value: median(cpu.ours) - median(cpu.bare),
            unit: 'ms',
            atMost: 1,
            digits: 2,
            peer: `bare request(): ${median(cpu.bare).toFixed(2)} ms`,
          }),
        ]
      } finally {
        await bare.close()
        await program.close()
        await carrier.stop()
      }
    }),
}
