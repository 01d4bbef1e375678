import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { type Clock, systemClock } from '../src/main/clock.ts'
import { databaseIn } from '../src/main/store/move-database.ts'
import { openStore } from '../src/main/store/open-store.ts'
import type { Program } from '../src/main/system.ts'
import { openProgram } from '../src/main/testing/open-program.ts'
import { type Benchmark, inFolder, limitRow } from './harness.ts'
import { simulated, startCarrier } from './programs.ts'
import { accountOf, fillLookups } from './rows.ts'

const STORED = 1_000_000
const LOOKUPS = 400
const DAY_MS = 86_400_000

/** The program waits so long after its start with what can wait. */
const AFTER_START_MS = 10_000

/** What waits is done at once. */
const hurried: Clock = {
  ...systemClock,
  after: (ms, act) => systemClock.after(ms === AFTER_START_MS ? 100 : ms, act),
}

const threads = new URL('../src/main/store/maintenance-thread.ts', import.meta.url)

/** A profile that may ask without a pause, and a store with years of its lookups, a tenth of them past the retention. */
async function prepare(folder: string, url: string): Promise<{ program: Program; profileId: string }> {
  const program = openProgram({
    folder,
    isPackaged: false,
    language: () => 'en',
    clock: hurried,
    storeThread: threads,
    simulator: { url: async () => url, runningAt: () => url, async stop() {} },
    chooseFile: async () => ({ path: join(folder, 'lookups.csv'), extension: 'csv' }),
  })
  return { program, profileId: await simulated(program) }
}

/** A day of the main process with a large store: its longest pause while everything happens that ever does. */
export const day: Benchmark = {
  name: 'day',
  measure: () =>
    inFolder(async folder => {
      mkdirSync(folder, { recursive: true })
      const carrier = await startCarrier(10)
      const { program, profileId } = await prepare(folder, carrier.url)
      try {
        const store = openStore(databaseIn(folder), systemClock)
        fillLookups(store.database, {
          profileId,
          lookups: STORED,
          ofALine: 10,
          from: Date.now() - 100 * DAY_MS,
          to: Date.now() - DAY_MS,
        })
        await store.close()
        const { handlers } = program
        const line = { kind: 'line', id: accountOf(1) } as const
        // The program that is measured is built; here a module's first import strips its types, too.
        const first = await handlers.lookUp({ account: line, again: true, profileId })
        if (!first.ok) throw new Error(first.failure.code)
        const delay = monitorEventLoopDelay({ resolution: 1 })
        delay.enable()
        // Its first hour: the backup, then what is past the retention goes.
        program.started()
        let isOver = false
        let asked = 0
        const asking = (async () => {
          while (asked < LOOKUPS || !isOver) {
            asked += 1
            const account = { kind: 'line', id: accountOf(asked % 1000) } as const
            const outcome = await handlers.lookUp({ account, again: true, profileId })
            // One that is in flight while the history is cleared is called off.
            if (!outcome.ok && outcome.failure.code !== 'CANCELLED') throw new Error(outcome.failure.code)
            await wait(20)
          }
        })()
        await wait(5_000)
        const exported = await handlers.exportLookups({ kind: 'account', account: line })
        if (!exported.ok) throw new Error(exported.failure.code)
        const shift = await handlers.exportLookups({ kind: 'shift' })
        if (!shift.ok) throw new Error(shift.failure.code)
        const cleared = await handlers.clearHistory()
        if (!cleared.ok) throw new Error(cleared.failure.code)
        isOver = true
        await asking
        delay.disable()
        return [
          limitRow({
            what: `main’s longest pause in a day: ${asked} lookups, ${STORED.toLocaleString('en-US')} stored, backup, retention, export, clear`,
            value: delay.max / 1e6,
            unit: 'ms',
            atMost: 50,
          }),
          limitRow({
            what: 'the same (99.9 %)',
            value: delay.percentile(99.9) / 1e6,
            unit: 'ms',
            atMost: 50,
          }),
        ]
      } finally {
        await program.close()
        await carrier.stop()
      }
    }),
}
