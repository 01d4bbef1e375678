import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type DaysSetting,
  dailyUsage,
  daysBefore,
  goodLookup,
  isOfToday,
  japanDay,
  japanMinute,
  type Lookup,
  readKb,
  reportDay,
  type TrafficReport,
  threeDaySums,
} from './traffic.ts'

const usual: DaysSetting = { order: 'newest-first', includesToday: false }
/** 13:05 on 23 November in Japan. */
const AT = Date.parse('2026-11-23T13:05:00+09:00')

const report = (given: Partial<TrafficReport> = {}): TrafficReport => ({
  todayKb: 1,
  recentDays: '1',
  blacklist: 'unknown',
  carrier: { resultCode: '100', statusCode: null, message: null },
  clockOffMs: 0,
  ...given,
})

const days = (recentDays: string, setting: Partial<DaysSetting> = {}, at = AT) =>
  dailyUsage({ askedAt: at, repliedAt: at, report: report({ recentDays }) }, { ...usual, ...setting })

describe.each(['UTC', 'Asia/Tokyo', 'America/New_York', 'Pacific/Kiritimati'])(
  'on a computer in %s',
  zone => {
    const before = process.env['TZ']
    beforeAll(() => {
      process.env['TZ'] = zone
    })
    afterAll(() => {
      if (before === undefined) delete process.env['TZ']
      else process.env['TZ'] = before
    })

    it('stands in that zone', () => {
      expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone)
    })

    it.each([
      ['2026-11-22T23:59:59.999+09:00', '2026-11-22', '2026-11-22 23:59'],
      ['2026-11-23T00:00:00.000+09:00', '2026-11-23', '2026-11-23 00:00'],
      ['2026-11-23T08:59:59.999+09:00', '2026-11-23', '2026-11-23 08:59'],
      ['2026-11-23T09:00:00.000+09:00', '2026-11-23', '2026-11-23 09:00'],
      ['2026-11-23T23:59:59.999+09:00', '2026-11-23', '2026-11-23 23:59'],
      ['2026-12-31T23:59:59.999+09:00', '2026-12-31', '2026-12-31 23:59'],
      ['2027-01-01T00:00:00.000+09:00', '2027-01-01', '2027-01-01 00:00'],
      ['2028-02-29T00:00:00.000+09:00', '2028-02-29', '2028-02-29 00:00'],
      // Clocks change in New York on these nights.
      ['2026-03-08T16:00:00.000+09:00', '2026-03-08', '2026-03-08 16:00'],
      ['2026-11-01T15:30:00.000+09:00', '2026-11-01', '2026-11-01 15:30'],
    ])('%s is Japan’s %s', (moment, day, minute) => {
      expect(japanDay(Date.parse(moment))).toBe(day)
      expect(japanMinute(Date.parse(moment))).toBe(minute)
    })

    it.each([
      ['2026-11-23', 1, '2026-11-22'],
      ['2026-12-01', 1, '2026-11-30'],
      ['2027-01-01', 1, '2026-12-31'],
      ['2026-03-01', 1, '2026-02-28'],
      ['2028-03-01', 1, '2028-02-29'],
      ['2026-11-02', 3, '2026-10-30'],
      ['2026-03-09', 2, '2026-03-07'],
      ['2026-11-23', 0, '2026-11-23'],
    ])('the day before %s by %i is %s', (day, count, expected) => {
      expect(daysBefore(day, count)).toBe(expected)
    })

    it('the list starts yesterday, one minute before midnight and one after', () => {
      const dates = (moment: string) => days('1,2', {}, Date.parse(moment))?.map(({ date }) => date)
      expect(dates('2026-11-23T23:59:00+09:00')).toEqual(['2026-11-22', '2026-11-21'])
      expect(dates('2026-11-24T00:01:00+09:00')).toEqual(['2026-11-23', '2026-11-22'])
    })
  },
)

describe('the carrier’s list of days', () => {
  it('goes back from yesterday', () => {
    expect(days('100,200,300')).toEqual([
      { date: '2026-11-22', daysBefore: 1, kb: 100 },
      { date: '2026-11-21', daysBefore: 2, kb: 200 },
      { date: '2026-11-20', daysBefore: 3, kb: 300 },
    ])
  })

  it('is turned round where the oldest comes first', () => {
    expect(days('300,200,100', { order: 'oldest-first' })).toEqual(days('100,200,300'))
  })

  it('loses its first where that is today', () => {
    expect(days('7,100,200,300', { includesToday: true })).toEqual(days('100,200,300'))
  })

  it('loses its last where that is today', () => {
    const setting = { order: 'oldest-first', includesToday: true } as const
    expect(days('300,200,100,7', setting)).toEqual(days('100,200,300'))
  })

  it('has no days left where today was all it had', () => {
    expect(days('7', { includesToday: true })).toEqual([])
  })

  it('is none where the carrier gives none', () => {
    expect(dailyUsage({ askedAt: AT, repliedAt: AT, report: report({ recentDays: null }) }, usual)).toBeNull()
  })

  it.each([
    '100,,300',
    '100,abc,300',
    '100,-5,300',
    '100,1.5,300',
    '100,NaN,300',
    '100, ,300',
    '100,２００,300',
  ])('keeps the day of an entry that can not be read: %s', list => {
    expect(days(list)).toEqual([
      { date: '2026-11-22', daysBefore: 1, kb: 100 },
      { date: '2026-11-21', daysBefore: 2, kb: null },
      { date: '2026-11-20', daysBefore: 3, kb: 300 },
    ])
  })

  it('may have spaces in it and a comma at its end', () => {
    expect(days(' 100 , 200,300 ,')).toEqual(days('100,200,300'))
    expect(days('300,200,100, ', { order: 'oldest-first' })).toEqual(days('100,200,300'))
  })

  it('keeps a day of 0 KB, which is no traffic', () => {
    expect(days('0,200')?.[0]).toEqual({ date: '2026-11-22', daysBefore: 1, kb: 0 })
  })

  it('goes back a year and a day at most, counted from the newest', () => {
    const list = Array.from({ length: 1_000 }, (_, at) => at)
    expect(days(list.join(','))).toHaveLength(366)
    expect(days(list.join(','))?.at(-1)?.kb).toBe(365)
    expect(days(list.toReversed().join(','), { order: 'oldest-first' })?.[0]?.kb).toBe(0)
  })

  it('is read whatever it holds, one day after the other', () => {
    const settings = fc.record({
      order: fc.constantFrom('newest-first' as const, 'oldest-first' as const),
      includesToday: fc.boolean(),
    })
    const lists = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...'0123456789, -.e\n'), maxLength: 200 }),
    )
    fc.assert(
      fc.property(lists, settings, fc.integer({ min: 0, max: 4_000_000_000_000 }), (list, setting, at) => {
        const read = days(list, setting, at) ?? []
        for (const [index, { date, kb }] of read.entries()) {
          expect(date).toBe(daysBefore(japanDay(at), index + 1))
          expect(kb === null || (Number.isSafeInteger(kb) && kb >= 0)).toBe(true)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('a figure in KB', () => {
  it.each<[unknown, number]>([
    [0, 0],
    ['0', 0],
    [100, 100],
    ['100', 100],
    [' 100 ', 100],
    ['0100', 100],
    [1e3, 1000],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('%j is %i', (value, kb) => {
    expect(readKb(value)).toBe(kb)
  })

  it.each<[unknown]>([
    [null],
    [undefined],
    [''],
    [' '],
    ['-1'],
    [-1],
    [1.5],
    ['1.5'],
    ['1e3'],
    ['0x10'],
    ['1,000'],
    ['100 KB'],
    ['１００'],
    [Number.NaN],
    [Number.POSITIVE_INFINITY],
    [1e21],
    ['9007199254740992'],
    ['99999999999999999999'],
    [true],
    [[100]],
    [{ valueOf: () => 100 }],
    [100n],
  ])('%o is no data, never 0', value => {
    expect(readKb(value)).toBeNull()
  })
})

describe('the sums of three days', () => {
  const of = (list: string) => days(list)

  it('are told with and without today', () => {
    expect(threeDaySums(100, of('100,200,300'))).toEqual({ withToday: 400, withoutToday: 600 })
  })

  it('take no fourth day', () => {
    expect(threeDaySums(1, of('10,100,1000,10000'))).toEqual({ withToday: 111, withoutToday: 1110 })
  })

  it('count 0 KB as a day', () => {
    expect(threeDaySums(0, of('0,0,0'))).toEqual({ withToday: 0, withoutToday: 0 })
  })

  it.each<[string, number | null, string, number | null, number | null]>([
    ['today', null, '100,200,300', null, 600],
    ['yesterday', 100, ',200,300', null, null],
    ['the day before', 100, '100,x,300', null, null],
    ['the third day', 100, '100,200,', 400, null],
    ['the third day’s text', 100, '100,200,x', 400, null],
    ['the fourth day', 100, '100,200,300,x', 400, 600],
    ['all but yesterday', 100, '100', null, null],
  ])('are none where %s is missing', (_, today, list, withToday, withoutToday) => {
    expect(threeDaySums(today, of(list))).toEqual({ withToday, withoutToday })
  })

  it('are none without a list', () => {
    expect(threeDaySums(100, null)).toEqual({ withToday: null, withoutToday: null })
    expect(threeDaySums(100, [])).toEqual({ withToday: null, withoutToday: null })
  })

  it('are none where they would not be exact', () => {
    const kb = Number.MAX_SAFE_INTEGER
    expect(threeDaySums(kb, of(`${kb},1,1`))).toEqual({ withToday: null, withoutToday: null })
  })
})

describe('a lookup', () => {
  const lookup: Lookup = {
    id: 1,
    profileId: 'a',
    account: { kind: 'line', id: '09012345678' },
    askedAt: AT,
    repliedAt: AT,
    durationMs: 5,
    agent: 'sato',
    result: { ok: false, failure: { code: 'TIMEOUT' } },
  }

  it('that failed is not a good one', () => {
    expect(goodLookup(lookup)).toBeNull()
  })

  it('with figures is a good one, with its report in place of its result', () => {
    const carrier = { resultCode: '100', statusCode: '200', message: 'OK' }
    const report = { todayKb: 1, recentDays: null, blacklist: 'unknown', carrier, clockOffMs: 0 } as const
    const good = goodLookup({ ...lookup, result: { ok: true, value: report } })
    expect(good).toEqual({ ...lookup, report, result: undefined })
    expect(good).not.toHaveProperty('result')
  })
})

describe('the day that a report is of', () => {
  const asked = (askedAt: string, repliedAt: string, clockOffMs = 0) => ({
    askedAt: Date.parse(askedAt),
    repliedAt: Date.parse(repliedAt),
    report: report({ recentDays: '10,20,30', clockOffMs }),
  })
  const HOUR = 3_600_000

  it('is Japan’s day of the question and the reply', () => {
    const lookup = asked('2026-11-23T23:59:50+09:00', '2026-11-23T23:59:59+09:00')
    expect(reportDay(lookup)).toEqual({ isCertain: true, date: '2026-11-23' })
  })

  it('is not certain where midnight fell between the two, and no day is named then', () => {
    const lookup = asked('2026-11-23T23:59:55+09:00', '2026-11-24T00:00:03+09:00')
    expect(reportDay(lookup)).toEqual({ isCertain: false, dates: ['2026-11-23', '2026-11-24'] })
    expect(dailyUsage(lookup, usual)).toEqual([
      { date: null, daysBefore: 1, kb: 10 },
      { date: null, daysBefore: 2, kb: 20 },
      { date: null, daysBefore: 3, kb: 30 },
    ])
    for (const now of [lookup.askedAt, lookup.repliedAt]) expect(isOfToday(lookup, now)).toBe(false)
  })

  it('is today’s until midnight in Japan, and no second longer', () => {
    const lookup = asked('2026-11-23T13:04:59+09:00', '2026-11-23T13:05:00+09:00')
    expect(isOfToday(lookup, Date.parse('2026-11-23T23:59:59.999+09:00'))).toBe(true)
    expect(isOfToday(lookup, Date.parse('2026-11-24T00:00:00+09:00'))).toBe(false)
  })

  it('is the carrier’s where this computer’s clock is a day off', () => {
    const fast = asked('2026-11-24T13:04:59+09:00', '2026-11-24T13:05:00+09:00', -24 * HOUR)
    expect(reportDay(fast)).toEqual({ isCertain: true, date: '2026-11-23' })
    expect(dailyUsage(fast, usual)?.[0]).toEqual({ date: '2026-11-22', daysBefore: 1, kb: 10 })
    expect(isOfToday(fast, fast.repliedAt)).toBe(true)
  })

  it('is the carrier’s also where only its clock has passed midnight', () => {
    const slow = asked('2026-11-23T23:50:00+09:00', '2026-11-23T23:50:01+09:00', HOUR)
    expect(reportDay(slow)).toEqual({ isCertain: true, date: '2026-11-24' })
  })
})
