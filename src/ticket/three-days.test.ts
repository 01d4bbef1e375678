import { describe, expect, it } from 'vitest'
import { exportText } from '../domain/lookup-export.ts'
import { ok } from '../domain/result.ts'
import {
  type DaysSetting,
  dailyUsage,
  type GoodLookup,
  threeDaySums,
  windowFigures,
} from '../domain/traffic.ts'
import { builtIn } from './built-in.ts'
import { customerMessage } from './customer-message.ts'
import { byMail } from './testing/cases.ts'
import { writeTicket } from './ticket.ts'

const AT = Date.parse('2026-11-23T13:05:00+09:00')

const lookup = (recentDays: string | null, todayKb: number | null = 1): GoodLookup => ({
  id: 1,
  profileId: 'a',
  account: { kind: 'line', id: '09012345678' },
  askedAt: AT,
  repliedAt: AT,
  durationMs: 350,
  agent: 'sato',
  report: {
    todayKb,
    recentDays,
    blacklist: 'unknown',
    carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
    clockOffMs: 0,
  },
})

/** Today 1 KB, then 10, 100, 1000 and 10000 going back: every sum tells which days are in it. */
const lists: readonly (readonly [string, DaysSetting, string])[] = [
  ['newest first', { order: 'newest-first', includesToday: false }, '10,100,1000,10000'],
  ['newest first, today with them', { order: 'newest-first', includesToday: true }, '7,10,100,1000,10000'],
  ['oldest first', { order: 'oldest-first', includesToday: false }, '10000,1000,100,10'],
  ['oldest first, today with them', { order: 'oldest-first', includesToday: true }, '10000,1000,100,10,7'],
]

describe.each(lists)('three days of a list with the %s', (_, days, list) => {
  const about = lookup(list)

  it('are today and the two before it, and the three before it without', () => {
    expect(threeDaySums(1, dailyUsage(about, days))).toEqual({ withToday: 111, withoutToday: 1_110 })
  })

  const ticket = (language: 'ja' | 'en', format: 'plain' | 'csv' | 'json') => {
    const options = { language, days, kbBase: 1024, now: AT, format, rawKb: true } as const
    const template = builtIn.full[language]
    return writeTicket({ kind: 'answered', lookup: about }, { ...options, template }).text
  }

  it('are these in a ticket', () => {
    expect(ticket('ja', 'plain')).toContain('直近3日: 本日を含む 111 KB / 本日を除く 1,110 KB')
    expect(ticket('en', 'plain')).toContain('Last 3 days: incl. today 111 KB / excl. today 1,110 KB')
    expect(ticket('ja', 'plain')).toContain(
      '日別:\n- 11/22(日) 10 KB\n- 11/21(土) 100 KB\n- 11/20(金) 1,000 KB\n- 11/19(木) 10,000 KB',
    )
  })

  it('are these in a ticket for programs', () => {
    expect(JSON.parse(ticket('ja', 'json'))).toMatchObject({
      todayKb: 1,
      threeDaysWithTodayKb: 111,
      threeDaysWithoutTodayKb: 1_110,
    })
    const [header, row] = ticket('en', 'csv')
      .split('\n')
      .map(line => line.split(','))
    const cell = (column: string) => row?.[header?.indexOf(column) ?? -1]
    expect(cell('Last 3 days incl. today (KB)')).toBe('111')
    expect(cell('Last 3 days excl. today (KB)')).toBe('1110')
  })

  it('are read out with today', () => {
    const say = (language: 'ja' | 'en') =>
      customerMessage(
        { kind: 'answered', lookup: about },
        { ...byMail, language, days, kbBase: 1024, now: AT },
      )
    expect(say('ja')).toContain('本日を含む直近3日間の合計は111 KBです。')
    expect(say('en')).toContain('Over the last three days including today it is 111 KB.')
  })

  it('are these in an export', () => {
    const { report, ...rest } = about
    const options = { format: 'json', language: 'en', days, masked: false, isDemo: false } as const
    expect(JSON.parse([...exportText([{ ...rest, result: ok(report) }], options)].join(''))).toMatchObject([
      { three_days_with_today_kb: 111, three_days_without_today_kb: 1_110 },
    ])
  })

  it('are another thing than the carrier’s whole window, which leaves today out as well', () => {
    expect(windowFigures(dailyUsage(about, days) ?? [])).toEqual({
      total: 11_110,
      average: 2_778,
      peak: 10_000,
    })
  })
})

describe('three days with a list that is too short', () => {
  const sums = (list: string, includesToday: boolean) =>
    threeDaySums(1, dailyUsage(lookup(list), { order: 'newest-first', includesToday }))

  it('are a sum where the days are enough for one, and none where they are not', () => {
    expect(sums('10,100', false)).toEqual({ withToday: 111, withoutToday: null })
    expect(sums('7,10,100', true)).toEqual({ withToday: 111, withoutToday: null })
    expect(sums('7,10', true)).toEqual({ withToday: null, withoutToday: null })
  })

  it('are not read out where there is no sum', () => {
    const days = { order: 'newest-first', includesToday: true } as const
    const say = (language: 'ja' | 'en') =>
      customerMessage(
        { kind: 'answered', lookup: lookup('7,10') },
        { ...byMail, language, days, kbBase: 1024, now: AT },
      )
    expect(say('ja')).not.toContain('3日間')
    expect(say('en')).not.toContain('three days')
  })
})

describe('the figures of the carrier’s window', () => {
  const of = (list: string) =>
    windowFigures(dailyUsage(lookup(list), { order: 'newest-first', includesToday: false }) ?? [])

  it('are none where a day is missing, and none of no days', () => {
    expect(of('10,x,30')).toEqual({ total: null, average: null, peak: null })
    expect(windowFigures([])).toEqual({ total: null, average: null, peak: null })
  })

  it('count days of 0 KB', () => {
    expect(of('0,0,3')).toEqual({ total: 3, average: 1, peak: 3 })
    expect(of('0')).toEqual({ total: 0, average: 0, peak: 0 })
  })
})
