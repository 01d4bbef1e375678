import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeDays, mergeOlder, type StoredDay } from './stored-days.ts'
import { type DaysSetting, dailyUsage, type GoodLookup, reportDay } from './traffic.ts'

const setting: DaysSetting = { order: 'newest-first', includesToday: false }

function lookup(id: number, at: string, todayKb: number | null, recentDays: string | null): GoodLookup {
  const repliedAt = Date.parse(at)
  return {
    id,
    profileId: 'p',
    account: { kind: 'line', id: '09012345678' },
    askedAt: repliedAt,
    repliedAt,
    durationMs: 1,
    agent: 'a',
    report: {
      todayKb,
      recentDays,
      blacklist: 'unknown',
      carrier: { resultCode: '100', statusCode: null, message: null },
      clockOffMs: 0,
    },
  }
}

/** @param lookups as they came */
const days = (lookups: readonly GoodLookup[], given = setting) =>
  mergeDays(lookups.toReversed(), given).days.map(
    ({ date, kb, lookupId }) => `${date.slice(5)} ${kb} #${lookupId}`,
  )

describe('the merged days', () => {
  it('is longer than the window of any one lookup', () => {
    const lookups = [
      lookup(1, '2026-11-10T10:00:00+09:00', 5, '1,2'),
      lookup(2, '2026-11-13T10:00:00+09:00', 6, '30,40'),
    ]
    expect(days(lookups)).toEqual([
      '11-08 2 #1',
      '11-09 1 #1',
      '11-10 5 #1',
      '11-11 40 #2',
      '11-12 30 #2',
      '11-13 6 #2',
    ])
  })

  it('has the newer reading of a day, and knows which lookup it came from: newer is what came later', () => {
    const older = lookup(1, '2026-11-10T10:00:00+09:00', 5, '1,2')
    const newer = lookup(2, '2026-11-11T10:00:00+09:00', 7, '50,11,22')
    expect(days([older, newer])).toEqual(['11-08 22 #2', '11-09 11 #2', '11-10 50 #2', '11-11 7 #2'])
  })

  it('keeps a figure over a later "no data", and a day that was never read is "no data"', () => {
    expect(
      days([
        lookup(1, '2026-11-10T10:00:00+09:00', 5, '1'),
        lookup(2, '2026-11-11T10:00:00+09:00', null, 'x,,3'),
      ]),
    ).toEqual(['11-08 3 #2', '11-09 1 #1', '11-10 5 #1', '11-11 null #2'])
  })

  it('says of a day that was not over when it was read', () => {
    const merged = mergeDays([lookup(1, '2026-11-10T10:00:00+09:00', 5, '1')], setting).days
    expect(merged.map(({ incomplete }) => incomplete)).toEqual([false, true])
  })

  it('follows a corrected setting', () => {
    const one = [lookup(1, '2026-11-10T10:00:00+09:00', 5, '1,2,3')]
    expect(days(one, { order: 'oldest-first', includesToday: true })).toEqual([
      '11-08 1 #1',
      '11-09 2 #1',
      '11-10 5 #1',
    ])
  })

  it('of a share group has the days it was asked on', () => {
    expect(days([lookup(1, '2026-11-10T10:00:00+09:00', 5, null)])).toEqual(['11-10 5 #1'])
  })

  it('is not bent for ever by a computer whose clock was a day or a year ahead', () => {
    for (const ahead of ['2026-11-12T10:00:00+09:00', '2027-11-11T10:00:00+09:00']) {
      const lookups = [
        lookup(1, '2026-11-10T10:00:00+09:00', 5, '1'),
        lookup(2, ahead, 777, '776'),
        lookup(3, '2026-11-11T10:00:00+09:00', 7, '50'),
      ]
      expect(days(lookups)).toEqual(['11-09 1 #1', '11-10 50 #3', '11-11 7 #3'])
    }
  })

  it('of nothing is empty', () => {
    expect(mergeDays([], setting)).toEqual({ days: [], until: null })
  })
})

describe('a query over midnight', () => {
  it('puts no figure on a day that nobody is certain of', () => {
    const over = {
      ...lookup(2, '2026-11-12T00:00:03+09:00', 999, '998,997'),
      askedAt: Date.parse('2026-11-11T23:59:55+09:00'),
    }
    expect(days([lookup(1, '2026-11-10T10:00:00+09:00', 5, '1,2'), over])).toEqual([
      '11-08 2 #1',
      '11-09 1 #1',
      '11-10 5 #1',
    ])
  })
})

/** The rules as they are said, one lookup after the other as they came, all at once. */
function inTheirOrder(lookups: readonly GoodLookup[]): readonly StoredDay[] {
  const byDate = new Map<string, StoredDay>()
  for (const one of lookups) {
    const own = reportDay(one)
    if (!own.isCertain) continue
    for (const date of byDate.keys()) if (date > own.date) byDate.delete(date)
    const read = [
      ...(dailyUsage(one, setting) ?? []).map(day => ({ ...day, incomplete: false })),
      { date: own.date, kb: one.report.todayKb, incomplete: true },
    ]
    for (const { date, kb, incomplete } of read) {
      if (date === null || (kb === null && byDate.has(date))) continue
      byDate.set(date, { date, kb, lookupId: one.id, incomplete })
    }
  }
  return [...byDate.values()].sort((a, b) => a.date.localeCompare(b.date))
}

describe('days that are merged a page at a time, newest first', () => {
  const kb = fc.option(fc.nat({ max: 9 }))
  const some = fc.array(
    fc.record({
      // Mostly forward, now and then back: a clock that was ahead was set right.
      hours: fc.integer({ min: -100, max: 60 }),
      todayKb: kb,
      recent: fc.array(kb, { maxLength: 5 }),
      isOverMidnight: fc.boolean(),
    }),
    { maxLength: 12 },
  )

  it('are what they are when all is read at once, however many a page has', () => {
    fc.assert(
      fc.property(some, fc.integer({ min: 1, max: 5 }), (given, size) => {
        let at = Date.parse('2026-11-10T10:00:00+09:00')
        const lookups = given.map(({ hours, todayKb, recent, isOverMidnight }, index) => {
          at += hours * 3_600_000
          const one = lookup(
            index + 1,
            new Date(at).toISOString(),
            todayKb,
            recent.map(figure => figure ?? 'x').join(),
          )
          return isOverMidnight ? { ...one, askedAt: at - 86_400_000 } : one
        })
        const newestFirst = lookups.toReversed()
        let merged = mergeDays([], setting)
        for (let from = 0; from < newestFirst.length; from += size)
          merged = mergeOlder(merged, mergeDays(newestFirst.slice(from, from + size), setting))
        expect(merged.days).toEqual(inTheirOrder(lookups))
      }),
      { numRuns: 3_000 },
    )
  })
})
