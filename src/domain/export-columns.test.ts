import { describe, expect, it } from 'vitest'
import { type ExportOptions, exportText } from './lookup-export.ts'
import { readCsv } from './read-csv.ts'
import { fail, ok } from './result.ts'
import type { Lookup } from './traffic.ts'
import { exportColumns } from './words/export-columns.ts'

const days = { order: 'newest-first', includesToday: false } as const
const carrier = { resultCode: '100', statusCode: '200', message: 'OK 09012345678' }

const answered: Lookup = {
  id: 1,
  profileId: 'a',
  account: { kind: 'line', id: '09012345678' },
  askedAt: Date.parse('2026-11-23T13:04:59.250+09:00'),
  repliedAt: Date.parse('2026-11-23T13:05:00+09:00'),
  durationMs: 350,
  agent: 'sato',
  result: ok({ todayKb: 1, recentDays: '10,100,1000', blacklist: 'listed', carrier, clockOffMs: 0 }),
}
const group: Lookup = {
  ...answered,
  account: { kind: 'group', id: 'AAA0_00000000001' },
  result: ok({ todayKb: 0, recentDays: null, blacklist: 'not-listed', carrier, clockOffMs: 0 }),
}
const refused: Lookup = {
  ...answered,
  result: fail({
    code: 'NUMBER_REFUSED',
    carrier: { resultCode: '240', statusCode: null, message: 'no 090-1234-5678' },
  }),
}
const timedOut: Lookup = { ...answered, result: fail({ code: 'TIMEOUT' }) }

const text = (lookup: Lookup, given: Partial<ExportOptions>) =>
  [
    ...exportText([lookup], { format: 'csv', language: 'en', days, masked: false, isDemo: false, ...given }),
  ].join('')
const csv = (lookup: Lookup, given: Partial<ExportOptions> = {}) =>
  readCsv(text(lookup, given)).map(row => row.cells)
const json = (lookup: Lookup, given: Partial<ExportOptions> = {}): Readonly<Record<string, unknown>> =>
  JSON.parse(text(lookup, { ...given, format: 'json' }))[0]

const columns = [
  'asked_at',
  'replied_at',
  'agent',
  'account',
  'kind',
  'blacklist',
  'today_kb',
  'three_days_with_today_kb',
  'three_days_without_today_kb',
  'day',
  'days_kb',
  'result_code',
  'message',
  'failure',
]

describe('the columns of an export', () => {
  it.each(['ja', 'en'] as const)('are these, in this order, as CSV in %s and as JSON', language => {
    const names: Readonly<Record<string, string>> = exportColumns[language]
    expect(csv(answered, { language })[0]).toEqual(columns.map(column => names[column]))
    expect(new Set(Object.values(names)).size).toBe(Object.keys(names).length)
    for (const lookup of [answered, group, refused, timedOut]) {
      expect(Object.keys(json(lookup))).toEqual(columns)
    }
  })

  it('end with a word on the figures where they are made up', () => {
    expect(csv(answered, { isDemo: true })[0]?.at(-1)).toBe('Demo')
    expect(Object.keys(json(answered, { isDemo: true }))).toEqual([...columns, 'demo'])
  })

  it.each([false, true])('hold what they are named after, of an answer; masked: %j', masked => {
    const account = masked ? '090-****-5678' : '090-1234-5678'
    const message = masked ? 'OK 090-****-5678' : 'OK 09012345678'
    expect(csv(answered, { masked })[1]).toEqual([
      '2026-11-23T13:04:59.250+09:00',
      '2026-11-23T13:05:00.000+09:00',
      'sato',
      account,
      'line',
      'listed',
      '1',
      '111',
      '1110',
      '2026-11-23',
      '2026-11-22: 10 / 2026-11-21: 100 / 2026-11-20: 1000',
      '100',
      message,
      '',
    ])
    expect(Object.values(json(answered, { masked }))).toEqual([
      '2026-11-23T13:04:59.250+09:00',
      '2026-11-23T13:05:00.000+09:00',
      'sato',
      account,
      'line',
      'listed',
      1,
      111,
      1110,
      '2026-11-23',
      [
        { date: '2026-11-22', kb: 10 },
        { date: '2026-11-21', kb: 100 },
        { date: '2026-11-20', kb: 1000 },
      ],
      '100',
      message,
      null,
    ])
  })

  it.each([false, true])('hold what they are named after, of a share group; masked: %j', masked => {
    expect(csv(group, { masked })[1]).toEqual([
      '2026-11-23T13:04:59.250+09:00',
      '2026-11-23T13:05:00.000+09:00',
      'sato',
      masked ? 'AAA0_*******0001' : 'AAA0_00000000001',
      'group',
      'not-listed',
      '0',
      '',
      '',
      '2026-11-23',
      '',
      '100',
      masked ? 'OK 090-****-5678' : 'OK 09012345678',
      '',
    ])
  })

  it.each([false, true])('hold what they are named after, of a refusal; masked: %j', masked => {
    expect(csv(refused, { masked })[1]).toEqual([
      '2026-11-23T13:04:59.250+09:00',
      '2026-11-23T13:05:00.000+09:00',
      'sato',
      masked ? '090-****-5678' : '090-1234-5678',
      'line',
      ...['', '', '', '', '', ''],
      '240',
      masked ? 'no 090-****-5678' : 'no 090-1234-5678',
      'NUMBER_REFUSED',
    ])
  })

  it('hold no word of the carrier’s where it said none', () => {
    expect(csv(timedOut)[1]?.slice(5)).toEqual(['', '', '', '', '', '', '', '', 'TIMEOUT'])
    const silent = { ...carrier, message: null }
    const report = { todayKb: null, recentDays: '', blacklist: 'unknown', clockOffMs: 0 } as const
    const lookup = { ...answered, result: ok({ ...report, carrier: silent }) }
    expect(json(lookup, { masked: true })).toMatchObject({ message: null, today_kb: null, failure: null })
  })

  it('follow the profile’s order of days and keep today out of the list', () => {
    const result = ok({
      todayKb: 1,
      recentDays: '1000,100,10,7',
      blacklist: 'listed' as const,
      carrier,
      clockOffMs: 0,
    })
    const setting = { order: 'oldest-first', includesToday: true } as const
    expect(csv({ ...answered, result }, { days: setting })).toEqual(csv(answered))
  })

  it('name both days of a query over midnight, and say of each day how long before it was', () => {
    const over = {
      ...answered,
      askedAt: Date.parse('2026-11-23T23:59:55+09:00'),
      repliedAt: Date.parse('2026-11-24T00:00:03+09:00'),
    }
    expect(json(over)).toMatchObject({
      day: '2026-11-23 / 2026-11-24',
      days_kb: [
        { date: '-1', kb: 10 },
        { date: '-2', kb: 100 },
        { date: '-3', kb: 1000 },
      ],
    })
    expect(csv(over)[1]?.[columns.indexOf('days_kb')]).toBe('-1: 10 / -2: 100 / -3: 1000')
  })
})
