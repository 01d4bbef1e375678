import { describe, expect, it } from 'vitest'
import type { GoodLookup, TrafficReport } from '../domain/traffic.ts'
import { customerMessage } from './customer-message.ts'
import { byMail, looked } from './testing/cases.ts'

const AT = '2026-11-22T12:02:10+09:00'
const account = { kind: 'line', id: '09012345678' } as const
const group = { kind: 'group', id: 'AAA0_00000000001' } as const

const lookup = (report: Partial<TrafficReport> = {}, given: Partial<GoodLookup> = {}): GoodLookup => ({
  ...looked,
  account,
  askedAt: Date.parse(AT) - 300,
  repliedAt: Date.parse(AT),
  report: {
    todayKb: 102_400,
    recentDays: '1024,1024',
    blacklist: 'not-listed' as const,
    carrier: { resultCode: '100', statusCode: null, message: null },
    clockOffMs: 0,
    ...report,
  },
  ...given,
})

const message = (
  about: GoodLookup,
  { now = AT, language = 'ja' }: { readonly now?: string; readonly language?: 'ja' | 'en' } = {},
) =>
  customerMessage(
    { kind: 'answered', lookup: about },
    {
      ...byMail,
      language,
      days: { order: 'newest-first', includesToday: false },
      kbBase: 1024,
      now: Date.parse(now),
    },
  )

const TOMORROW = '2026-11-23T00:00:00+09:00'

describe('what is read out to a customer', () => {
  it('speaks of today while it is today in Japan', () => {
    expect(message(lookup())).toBe(
      '本日のご利用は、12:02時点で100.0 MBです。本日を含む直近3日間の合計は102.0 MBです。現時点では、お客様の回線に速度制限がかかっていることは確認できませんでした。',
    )
    expect(message(lookup(), { language: 'en' })).toBe(
      'As of 12:02 you have used 100.0 MB today. Over the last three days including today it is 102.0 MB. At the moment the carrier does not list your line as restricted.',
    )
  })

  it('is dated in every sentence from midnight on, and speaks of no today, now or moment', () => {
    expect(message(lookup(), { now: TOMORROW })).toBe(
      '11月22日 12:02時点では、当日のご利用は100.0 MBでした。当日を含む3日間の合計は102.0 MBでした。11月22日 12:02時点では、お客様の回線に速度制限がかかっていることは確認できませんでした。',
    )
    for (const blacklist of ['listed', 'not-listed', 'unknown'] as const) {
      for (const todayKb of [null, 5]) {
        for (const about of [
          lookup({ blacklist, todayKb }),
          { ...lookup({ blacklist, todayKb }), account: group },
        ]) {
          const ja = message(about, { now: TOMORROW })
          expect(ja).toContain('11月22日 12:02時点')
          expect(ja).not.toMatch(/本日|現在|現時点|ただいま|直近/)
          const en = message(about, { now: TOMORROW, language: 'en' })
          expect(en).toContain('12:02 on 22 November')
          expect(en).not.toMatch(/today|at the moment|can't see|may be /i)
        }
      }
    }
  })

  it('names both moments where the query went over midnight, and neither day', () => {
    const about = {
      ...lookup(),
      askedAt: Date.parse('2026-11-22T23:59:55+09:00'),
      repliedAt: Date.parse('2026-11-23T00:00:03+09:00'),
    }
    const ja = message(about, { now: '2026-11-23T00:00:05+09:00' })
    expect(ja).toContain('11月22日 23:59から11月23日 00:00までの間の時点では')
    expect(ja).not.toContain('本日')
  })

  it('speaks of the group, not of the caller’s line', () => {
    const ja = message({ ...lookup({ recentDays: null }), account: group })
    expect(ja).toBe(
      'シェアグループ全体の本日のご利用は、12:02時点で100.0 MBです。現時点では、ご契約のシェアグループに速度制限がかかっていることは確認できませんでした。',
    )
    const en = message({ ...lookup({ recentDays: null }), account: group }, { language: 'en' })
    expect(en).toContain('your share group has used')
    expect(en).not.toMatch(/your line|you have/)
  })

  it('hedges what the blacklist says, and says when nothing is known', () => {
    expect(message(lookup({ blacklist: 'listed' }))).toContain(
      '恐れ入りますが、現在、通信速度が制限されている可能性がございます。',
    )
    expect(message(lookup({ blacklist: 'unknown' }))).toContain('制限の有無は、ただいま確認できません。')
    expect(message(lookup({ todayKb: null }))).toContain('本日の通信量はただいま確認できません。')
  })
})
