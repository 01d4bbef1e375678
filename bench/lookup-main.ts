import { join } from 'node:path'
import { newProfile } from '../src/contract/profile-defaults.ts'
import { ok } from '../src/domain/result.ts'
import { createCarrierClient } from '../src/main/carrier/client.ts'
import { systemClock as clock } from '../src/main/clock.ts'
import { createLocalGate } from '../src/main/gate/local/queue.ts'
import { type Answered, createLookUp } from '../src/main/lookup/look-up.ts'
import { createGateStore } from '../src/main/store/gate-store.ts'
import { createLookups } from '../src/main/store/lookups.ts'
import { openStore } from '../src/main/store/open-store.ts'
import { createBareRequest } from './bare-request.ts'
import { type Benchmark, inFolder, inTurns, limitRow, median, ratioRow } from './harness.ts'
import { CARRIER_KEY, startCarrier } from './programs.ts'

const LOOKUPS = 60
const WARM_UP = 60
const LATENCY_MS = 50
const PROFILE_ID = '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'

/** What the main process adds to a request: use case, gate and its book, client, parser, database. */
export const lookupMain: Benchmark = {
  name: 'lookup-main',
  measure: () =>
    inFolder(async folder => {
      const carrier = await startCarrier(LATENCY_MS)
      const bare = createBareRequest(carrier.url)
      const store = openStore(join(folder, 'traffic-desk.sqlite'), clock)
      const client = createCarrierClient({
        clock,
        hostRules: () => ({ isPackaged: false, simulatorOrigin: null }),
        resolveProxy: async () => 'DIRECT',
        readCaFile: async () => '',
      })
      const draft = newProfile({ name: 'Bench', carrier: { kind: 'host', origin: carrier.url } })
      const profile = { ...draft, id: PROFILE_ID }
      const useCase = createLookUp({
        desk: {
          carrier: async () => ({
            profile,
            origin: carrier.url,
            owner: { profileId: PROFILE_ID, origin: carrier.url },
            limits: { origin: carrier.url, cooldownMs: 0, budget: null },
            isAllowed: true,
          }),
        },
        vault: { read: async () => ok(CARRIER_KEY) },
        gate: createLocalGate<Answered>({
          clock,
          store: createGateStore(store.database),
        }),
        client,
        lookups: createLookups(store.database),
        clock,
        agent: 'bench',
        confirmedNow: clock.now,
        isKept: () => true,
        onDone: () => {},
        onUnrecorded: () => {},
      })
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
            const outcome = await useCase.lookUp({ account, again: true, profileId: PROFILE_ID })
            if (!outcome.ok || !outcome.value.lookup.result.ok) throw new Error('no figures')
            return performance.now() - from
          })
        const bareRequest = () => counted('bare', () => bare.time('09012345678'))
        // Both as they are later in a day, not in a process's first second.
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
        await client.close()
        await bare.close()
        await store.close()
        await carrier.stop()
      }
    }),
}
