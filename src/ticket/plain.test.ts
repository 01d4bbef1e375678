import { describe, expect, it } from 'vitest'
import type { GoodLookup, TrafficReport } from '../domain/traffic.ts'
import { builtIn } from './built-in.ts'
import type { TicketOptions } from './facts.ts'
import { looked } from './testing/cases.ts'
import { writeTicket } from './ticket.ts'

const spec: GoodLookup = {
  ...looked,
  report: { ...looked.report, todayKb: 100, recentDays: '100,200,300', blacklist: 'listed' },
}

const options = (given: Partial<TicketOptions> = {}): TicketOptions => ({
  language: 'ja',
  days: { order: 'newest-first', includesToday: false },
  kbBase: 1024,
  now: spec.repliedAt,
  ...given,
})

const plainTicket = (lookup: GoodLookup, given: TicketOptions) =>
  writeTicket(
    { kind: 'answered', lookup },
    { ...given, format: 'plain', template: builtIn.full[given.language] },
  ).text

const ticket = (report: Partial<TrafficReport>, given: Partial<TicketOptions> = {}) =>
  plainTicket({ ...spec, report: { ...spec.report, ...report } }, options(given)).split('\n')

const group = { ...spec, account: { kind: 'group', id: 'AAA0_00000000001' } } as const

describe('the plain ticket', () => {
  it('is this in Japanese, byte for byte', () => {
    expect(plainTicket(spec, options())).toBe(
      [
        '【通信量照会】090-1234-5678（回線）',
        'ブラックリスト: 登録あり',
        '本日: 100 KB（2026-11-23 13:05 JST 時点）',
        '直近3日: 本日を含む 400 KB / 本日を除く 600 KB',
        '日別: 11/22(日) 100 KB, 11/21(土) 200 KB, 11/20(金) 300 KB',
        '結果コード: 100',
      ].join('\n'),
    )
  })

  it('is this in English, byte for byte', () => {
    expect(plainTicket(spec, options({ language: 'en' }))).toBe(
      [
        'Data usage: 090-1234-5678 (line)',
        'Blacklisted: yes',
        'Today: 100 KB (as of 2026-11-23 13:05 JST)',
        'Last 3 days: incl. today 400 KB / excl. today 600 KB',
        'By day: Sun 22 Nov 100 KB, Sat 21 Nov 200 KB, Fri 20 Nov 300 KB',
        'Result code: 100',
      ].join('\n'),
    )
  })

  it('says of a share group that it has no daily figures', () => {
    const report = { ...spec.report, recentDays: null, blacklist: 'not-listed' } as const
    expect(plainTicket({ ...group, report }, options())).toBe(
      [
        '【通信量照会】AAA0_00000000001（シェアグループ）',
        'ブラックリスト: 登録なし',
        '本日: 100 KB（2026-11-23 13:05 JST 時点）',
        '日別: なし（シェアグループには日別の値がありません）',
        '結果コード: 100',
      ].join('\n'),
    )
    expect(plainTicket({ ...group, report }, options({ language: 'en' }))).toBe(
      [
        'Data usage: AAA0_00000000001 (share group)',
        'Blacklisted: no',
        'Today: 100 KB (as of 2026-11-23 13:05 JST)',
        'By day: none (the carrier gives no daily figures for share groups)',
        'Result code: 100',
      ].join('\n'),
    )
  })

  it('says that an unknown blacklist is unknown', () => {
    expect(ticket({ blacklist: 'unknown' })[1]).toBe('ブラックリスト: 不明')
    expect(ticket({ blacklist: 'unknown' }, { language: 'en' })[1]).toBe('Blacklisted: unknown')
  })

  it('writes no data out, never as 0', () => {
    expect(ticket({ todayKb: null, recentDays: '100,,300' })).toEqual([
      '【通信量照会】090-1234-5678（回線）',
      'ブラックリスト: 登録あり',
      '本日: データなし（2026-11-23 13:05 JST 時点）',
      '直近3日: 本日を含む データなし / 本日を除く データなし',
      '日別: 11/22(日) 100 KB, 11/21(土) データなし, 11/20(金) 300 KB',
      '結果コード: 100',
    ])
    const en = ticket({ todayKb: null, recentDays: '100,x,300' }, { language: 'en' })
    expect(en.slice(2, 5)).toEqual([
      'Today: no data (as of 2026-11-23 13:05 JST)',
      'Last 3 days: incl. today no data / excl. today no data',
      'By day: Sun 22 Nov 100 KB, Sat 21 Nov no data, Fri 20 Nov 300 KB',
    ])
  })

  it('writes 0 KB where there was no traffic', () => {
    expect(ticket({ todayKb: 0 })[2]).toBe('本日: 0 KB（2026-11-23 13:05 JST 時点）')
  })

  it('says so where a line’s list of days is missing', () => {
    expect(ticket({ recentDays: null })[3]).toBe('日別: データなし')
    expect(ticket({ recentDays: null }, { language: 'en' })[3]).toBe('By day: no data')
  })

  it('of the simulator’s figures begins by saying so', () => {
    const days = { order: 'newest-first', includesToday: false } as const
    expect(ticket({}, { days, isDemo: true })[0]).toContain('デモ用の架空データ')
    expect(ticket({}, { days, isDemo: true, language: 'en' })[0]).toContain('Demo')
    expect(ticket({}, { days })[0]).toContain('【通信量照会】')
  })

  it('says so where the list holds today and no other day', () => {
    const days = { order: 'newest-first', includesToday: true } as const
    expect(ticket({ recentDays: '100' }, { days })).toContain('日別: データなし')
    expect(ticket({ recentDays: '100' }, { days, language: 'en' })).toContain('By day: no data')
  })

  it('names the base of converted figures', () => {
    expect(ticket({ todayKb: 1_289_748 })).toEqual([
      '【通信量照会】090-1234-5678（回線）',
      'ブラックリスト: 登録あり',
      '本日: 1.23 GB（2026-11-23 13:05 JST 時点）',
      '直近3日: 本日を含む 1.23 GB / 本日を除く 600 KB',
      '日別: 11/22(日) 100 KB, 11/21(土) 200 KB, 11/20(金) 300 KB',
      '結果コード: 100',
      '単位: 1 GB = 1024 MB、1 MB = 1024 KB',
    ])
    expect(ticket({ todayKb: 1_289_748 }, { kbBase: 1000, language: 'en' })).toEqual([
      'Data usage: 090-1234-5678 (line)',
      'Blacklisted: yes',
      'Today: 1.29 GB (as of 2026-11-23 13:05 JST)',
      'Last 3 days: incl. today 1.29 GB / excl. today 600 KB',
      'By day: Sun 22 Nov 100 KB, Sat 21 Nov 200 KB, Fri 20 Nov 300 KB',
      'Result code: 100',
      'Units: 1 GB = 1000 MB, 1 MB = 1000 KB',
    ])
  })

  it('names the base where only a day or only a sum is converted', () => {
    expect(ticket({ recentDays: '100,200,2048' }).at(-1)).toBe('単位: 1 GB = 1024 MB、1 MB = 1024 KB')
    expect(ticket({ todayKb: 500, recentDays: '500,500,10' }).at(-1)).toMatch(/^単位/)
  })

  it('names no base where every figure is in KB', () => {
    expect(ticket({}).join('\n')).not.toMatch(/単位/)
  })

  it('follows the profile’s order of days and keeps out a today in the list', () => {
    const days = { order: 'oldest-first', includesToday: true } as const
    expect(ticket({ recentDays: '300,200,100,7' }, { days })).toEqual(ticket({}))
  })

  it('names Japan’s day and minute just after midnight', () => {
    const repliedAt = Date.parse('2027-01-01T00:00:30+09:00')
    const lines = plainTicket(
      { ...spec, askedAt: repliedAt, repliedAt },
      options({ language: 'en', now: repliedAt }),
    ).split('\n')
    expect(lines[2]).toBe('Today: 100 KB (as of 2027-01-01 00:00 JST)')
    expect(lines[4]).toBe('By day: Thu 31 Dec 100 KB, Wed 30 Dec 200 KB, Tue 29 Dec 300 KB')
  })

  it('names every month and weekday right', () => {
    const month = (number: number, language: 'ja' | 'en') => {
      const at = Date.UTC(2026, number, 3, 3)
      const report = { ...spec.report, recentDays: '1,2' }
      const lookup = { ...spec, askedAt: at, repliedAt: at, report }
      return plainTicket(lookup, options({ language, now: at })).split('\n')[4]
    }
    const all = (language: 'ja' | 'en') => Array.from({ length: 12 }, (_, at) => month(at, language))
    expect(all('en')).toEqual([
      'By day: Fri 2 Jan 1 KB, Thu 1 Jan 2 KB',
      'By day: Mon 2 Feb 1 KB, Sun 1 Feb 2 KB',
      'By day: Mon 2 Mar 1 KB, Sun 1 Mar 2 KB',
      'By day: Thu 2 Apr 1 KB, Wed 1 Apr 2 KB',
      'By day: Sat 2 May 1 KB, Fri 1 May 2 KB',
      'By day: Tue 2 Jun 1 KB, Mon 1 Jun 2 KB',
      'By day: Thu 2 Jul 1 KB, Wed 1 Jul 2 KB',
      'By day: Sun 2 Aug 1 KB, Sat 1 Aug 2 KB',
      'By day: Wed 2 Sep 1 KB, Tue 1 Sep 2 KB',
      'By day: Fri 2 Oct 1 KB, Thu 1 Oct 2 KB',
      'By day: Mon 2 Nov 1 KB, Sun 1 Nov 2 KB',
      'By day: Wed 2 Dec 1 KB, Tue 1 Dec 2 KB',
    ])
    expect(all('ja')[4]).toBe('日別: 5/2(土) 1 KB, 5/1(金) 2 KB')
    expect(all('ja')[11]).toBe('日別: 12/2(水) 1 KB, 12/1(火) 2 KB')
    expect(all('ja')[0]).toBe('日別: 1/2(金) 1 KB, 1/1(木) 2 KB')
    expect(all('ja')[10]).toBe('日別: 11/2(月) 1 KB, 11/1(日) 2 KB')
  })

  it('ends without a line break and has no empty line', () => {
    for (const language of ['ja', 'en'] as const) {
      expect(ticket({ recentDays: null, todayKb: null }, { language })).not.toContain('')
    }
  })
})
