import { describe, expect, it } from 'vitest'
import type { Failure } from './failure.ts'
import { type ExportFormat, exportText } from './lookup-export.ts'
import { readCsv } from './read-csv.ts'
import { fail, ok } from './result.ts'
import type { Lookup, TrafficReport } from './traffic.ts'

const days = { order: 'newest-first', includesToday: false } as const
const carrier = { resultCode: '100', statusCode: '200', message: 'OK' }

const lookup = (report: Partial<TrafficReport> | Failure, given: Partial<Lookup> = {}): Lookup => ({
  id: 1,
  profileId: 'a',
  account: { kind: 'line', id: '09012345678' },
  askedAt: Date.parse('2026-11-23T13:04:59+09:00'),
  repliedAt: Date.parse('2026-11-23T13:05:00+09:00'),
  durationMs: 350,
  agent: 'sato',
  result:
    'code' in report
      ? fail(report)
      : ok({ todayKb: 100, recentDays: '100,,300', blacklist: 'listed', carrier, clockOffMs: 0, ...report }),
  ...given,
})

const text = (lookups: readonly Lookup[], format: ExportFormat, masked = false) =>
  [...exportText(lookups, { format, language: 'en', days, masked, isDemo: false })].join('')

const group = lookup({ recentDays: null }, { account: { kind: 'group', id: 'AAA0_00000000001' } })
const refused = lookup({ code: 'ACCOUNT_STATUS', carrier: { ...carrier, resultCode: '211', message: 'NG' } })

describe('an export as CSV', () => {
  it('has a BOM once, a header, and a row a lookup that a spreadsheet reads as it was meant', () => {
    const csv = text([lookup({}), group, refused], 'csv')
    expect(csv.startsWith('\ufeff')).toBe(true)
    expect(csv.lastIndexOf('\ufeff')).toBe(0)
    const [header, ...rows] = readCsv(csv).map(row => row.cells)
    const named = rows.map(cells => Object.fromEntries(cells.map((cell, at) => [header?.[at], cell])))
    expect(named).toMatchObject([
      {
        'Asked at': '2026-11-23T13:04:59.000+09:00',
        Account: '090-1234-5678',
        'Today (KB)': '100',
        'By day (KB)': '2026-11-22: 100 / 2026-11-21: / 2026-11-20: 300',
        'Last 3 days incl. today (KB)': '',
        Blacklisted: 'listed',
        'Result code': '100',
        Failure: '',
      },
      { Account: 'AAA0_00000000001', Kind: 'group', 'By day (KB)': '' },
      { 'Today (KB)': '', 'Result code': '211', "The carrier's message": 'NG', Failure: 'ACCOUNT_STATUS' },
    ])
  })

  it('defuses a formula in the carrier’s message', () => {
    const csv = text([lookup({ carrier: { ...carrier, message: '=HYPERLINK("x")' } })], 'csv')
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`)
  })

  it('of nothing is a header alone', () => {
    expect(readCsv(text([], 'csv'))).toEqual([readCsv(text([lookup({})], 'csv'))[0]])
  })

  it('of the simulator says so in every row, and in JSON as well', () => {
    const options = { language: 'ja', days, masked: false, isDemo: true } as const
    const [header, row] = readCsv([...exportText([lookup({})], { ...options, format: 'csv' })].join(''))
    expect(header?.cells.at(-1)).toBe('デモ')
    expect(row?.cells.at(-1)).toBe('made-up figures')
    const json = JSON.parse([...exportText([lookup({})], { ...options, format: 'json' })].join(''))
    expect(json).toMatchObject([{ demo: 'made-up figures' }])
  })
})

describe('an export as JSON', () => {
  it('is one array, with raw KB and null for no data', () => {
    expect(JSON.parse(text([lookup({}), refused], 'json'))).toMatchObject([
      {
        today_kb: 100,
        days_kb: [
          { date: '2026-11-22', kb: 100 },
          { date: '2026-11-21', kb: null },
          { date: '2026-11-20', kb: 300 },
        ],
      },
      { today_kb: null, failure: 'ACCOUNT_STATUS' },
    ])
    expect(JSON.parse(text([], 'json'))).toEqual([])
  })
})

describe('25: the shift log', () => {
  it.each(['csv', 'json'] as const)('holds no number in full, as %s', format => {
    const chatty = lookup({ carrier: { ...carrier, message: 'no such line 09012345678' } })
    const written = text([chatty, group, refused], format, true)
    expect(written).toContain('090-****-5678')
    expect(written).toContain('AAA0_*******0001')
    for (const number of ['09012345678', '090-1234-5678', 'AAA0_00000000001']) {
      expect(written).not.toContain(number)
    }
  })
})
