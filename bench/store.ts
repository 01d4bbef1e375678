import { join } from 'node:path'
import { Bench } from 'tinybench'
import { ok } from '../src/domain/result.ts'
import { LIST_PAGE } from '../src/domain/saved-account.ts'
import { mergeDays } from '../src/domain/stored-days.ts'
import { systemClock as clock } from '../src/main/clock.ts'
import { createLookups } from '../src/main/store/lookups.ts'
import { openStore, type Store } from '../src/main/store/open-store.ts'
import { createSavedAccounts } from '../src/main/store/saved-accounts.ts'
import { type Benchmark, inFolder, limitRow, median, type Row } from './harness.ts'
import { accountOf, fillLookups } from './rows.ts'

const PROFILE_ID = '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'
const DAYS = { order: 'newest-first', includesToday: false } as const
/** Lookups of one line, and how many lines are kept. */
const OF_A_LINE = 10
const KEPT = 100

/** Stores so many lookups, ten of each line, and keeps the first lines. */
function fill({ database }: Store, lookups: number): void {
  const from = 1_763_870_000_000
  fillLookups(database, {
    profileId: PROFILE_ID,
    lookups,
    ofALine: OF_A_LINE,
    from,
    to: from + lookups * 1_000,
  })
  createSavedAccounts(database, clock).importAll(
    PROFILE_ID,
    Array.from({ length: KEPT }, (_, at) => ({
      account: { kind: 'line' as const, id: accountOf(at) },
      label: `顧客 ${at}`,
      note: '',
      pinned: false,
    })),
  )
}

interface Times {
  readonly record: number
  readonly open: number
  readonly search: number
}

/** Milliseconds at the median of each act, with so many lookups in the store. */
const timesAt = (lookups: number): Promise<Times> =>
  inFolder(async folder => {
    const opened = openStore(join(folder, 'traffic-desk.sqlite'), clock)
    try {
      fill(opened, lookups)
      const table = createLookups(opened.database)
      const lines = createSavedAccounts(opened.database, clock)
      const report = {
        todayKb: 100,
        recentDays: '100,200,300',
        blacklist: 'not-listed',
        carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
        clockOffMs: 0,
      } as const
      let at = 0
      const next = () => {
        at = (at + 7919) % (lookups / OF_A_LINE)
        return accountOf(at)
      }
      const bench = new Bench({ time: 400, warmupTime: 100 })
      bench
        .add('record', () => {
          table.record({
            profileId: PROFILE_ID,
            origin: 'https://carrier.example',
            // A line of its own, so that opening the other lines stays the same work.
            account: { kind: 'line', id: '09099999999' },
            askedAt: clock.now(),
            repliedAt: clock.now(),
            durationMs: 300,
            agent: 'agent',
            result: ok(report),
            rawReply: '{"resultCode":100}',
          })
        })
        .add('open', () => {
          const account = next()
          table.lastGood(PROFILE_ID, account)
          table.history(PROFILE_ID, account)
          mergeDays(table.good(PROFILE_ID, account).lookups, DAYS)
        })
        .add('search', () => {
          lines.page(PROFILE_ID, { search: '顧客 12', order: 'kept', offset: 0, limit: LIST_PAGE })
        })
      await bench.run()
      const p50 = (name: string): number => {
        const result = bench.getTask(name)?.result
        if (result === undefined || !('latency' in result))
          throw new Error(`${name} was not measured`, { cause: result })
        return result.latency.p50 ?? Number.NaN
      }
      return { record: p50('record'), open: p50('open'), search: p50('search') }
    } finally {
      await opened.close()
    }
  })

/** How long the store takes for what is shown first of a line that was looked up so often, in milliseconds. */
const ofOneLine = (lookups: number): Promise<{ readonly history: number; readonly days: number }> =>
  inFolder(async folder => {
    const opened = openStore(join(folder, 'traffic-desk.sqlite'), clock)
    try {
      const to = clock.now()
      fillLookups(opened.database, {
        profileId: PROFILE_ID,
        lookups,
        ofALine: lookups,
        from: to - 90 * 86_400_000,
        to,
      })
      const table = createLookups(opened.database)
      const timed = (act: () => void): number =>
        median(
          Array.from({ length: 30 }, () => {
            const from = performance.now()
            act()
            return performance.now() - from
          }),
        )
      return {
        history: timed(() => table.history(PROFILE_ID, accountOf(0))),
        days: timed(() => mergeDays(table.good(PROFILE_ID, accountOf(0)).lookups, DAYS)),
      }
    } finally {
      await opened.close()
    }
  })

/** How the store grows: the same acts in a busy agent's years, against a small one; and one line that is asked for every day. */
export const storeGrowth: Benchmark = {
  name: 'store',
  async measure() {
    const small = await timesAt(1_000)
    const rows: Row[] = []
    for (const lookups of [100_000, 1_000_000]) {
      const times = await timesAt(lookups)
      for (const [act, words] of [
        ['record', 'record a lookup'],
        ['open', 'open a line'],
        ['search', `list and search ${KEPT} lines`],
      ] as const) {
        const ratio = times[act] / small[act]
        rows.push({
          what: `store: ${words}, ${lookups.toLocaleString('en-US')} lookups`,
          measure: `${times[act].toFixed(3)} ms`,
          peer: `1,000 lookups: ${small[act].toFixed(3)} ms`,
          ratio: ratio.toFixed(2),
          aim: 'ratio at most 1.5',
          holds: ratio <= 1.5,
        })
      }
    }
    const often = 10_000
    const line = await ofOneLine(often)
    for (const [words, value] of [
      ['the first page of its history', line.history],
      ['the first page of its merged days', line.days],
    ] as const) {
      rows.push(
        limitRow({
          what: `a line with ${often.toLocaleString('en-US')} lookups: ${words}`,
          value,
          unit: 'ms',
          atMost: 16,
          digits: 2,
          peer: 'one frame',
        }),
      )
    }
    return rows
  },
}
