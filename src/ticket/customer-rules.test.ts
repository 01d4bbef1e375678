import { describe, expect, it } from 'vitest'
import { failureCodes } from '../domain/failure.ts'
import type { TrafficReport } from '../domain/traffic.ts'
import { builtIn } from './built-in.ts'
import { customerMessage, type MessageOptions } from './customer-message.ts'
import type { TicketSubject } from './facts.ts'
import { messageProblems } from './template-language.ts'
import { byMail, looked } from './testing/cases.ts'
import { writeTicket } from './ticket.ts'

const GB = 1024 * 1024
const answered = (report: Partial<TrafficReport>): TicketSubject => ({
  kind: 'answered',
  lookup: { ...looked, report: { ...looked.report, ...report } },
})
const failed = (resultCode: string): TicketSubject => ({
  kind: 'failed',
  account: looked.account,
  askedAt: looked.askedAt,
  agent: 'sato',
  failure: {
    code: resultCode === '211' ? 'ACCOUNT_STATUS' : 'ACCOUNT_NOT_FOUND',
    carrier: { resultCode, statusCode: null, message: null },
  },
  title: 'refused',
})
const say = (
  subject: TicketSubject,
  given: Partial<MessageOptions> = {},
  {
    language = 'ja',
    now = looked.repliedAt,
  }: { readonly language?: 'ja' | 'en'; readonly now?: number } = {},
) =>
  customerMessage(subject, {
    ...byMail,
    ...given,
    language,
    days: { order: 'newest-first', includesToday: false },
    kbBase: 1024,
    now,
  })

const rules = {
  dayKb: null,
  threeDays: { kb: 6 * GB, withToday: true },
  liftedWhen: '制限は翌日の正午ごろ解除されます。',
}
const heavy = {
  todayKb: Math.round(1.22 * GB),
  recentDays: `${2.5 * GB},${Math.round(2.4 * GB)}`,
  blacklist: 'listed',
} as const

describe('why and until when', () => {
  it('is said of a restricted line whose limit is reached', () => {
    expect(say(answered(heavy), { rules })).toContain(
      '3日間のご利用の合計が、制限の目安の6 GBに達しているためと考えられます。制限は翌日の正午ごろ解除されます。',
    )
    expect(say(answered(heavy), { rules }, { language: 'en' })).toContain(
      'because the usage of three days has reached the limit of 6 GB.',
    )
  })

  it('is not said where the figures do not explain it, but what lifts it is', () => {
    const text = say(answered({ ...heavy, recentDays: '0,0' }), { rules })
    expect(text).not.toContain('ためと考えられます')
    expect(text).toContain('解除されます')
  })

  it('is not said of another day, or where the state is not known', () => {
    const tomorrow = looked.repliedAt + 86_400_000
    expect(say(answered(heavy), { rules }, { now: tomorrow })).not.toMatch(/6 GB|解除されます/)
    expect(say(answered({ ...heavy, blacklist: 'unknown' }), { rules })).not.toMatch(/6 GB|解除されます/)
  })

  it('warns of a limit that is near, and of one that is reached, where nothing is restricted yet', () => {
    const near = answered({ ...heavy, recentDays: `${2.5 * GB},${1.5 * GB}`, blacklist: 'not-listed' })
    expect(say(near, { rules })).toContain('3日間の制限の目安の6 GBまで、あと798.7 MBです。')
    expect(say(answered({ ...heavy, blacklist: 'not-listed' }), { rules })).toContain(
      '今後、通信速度が制限される場合がございます。',
    )
  })
})

it('figures are rounded for the phone, and exact in a mail', () => {
  expect(say(answered(heavy), { medium: 'phone' })).toContain('約1.2 GBです')
  expect(say(answered(heavy), { medium: 'mail' })).toContain('で1.22 GBです')
})

describe('an operator’s own words', () => {
  const messages = {
    listed: '{{today}}ご利用です。\n{{liftedWhen}}',
    '211': '211の案内',
    outage: '障害の案内',
  }

  it('take the place of the program’s, with figures as the medium wants them', () => {
    expect(say(answered(heavy), { messages, rules, medium: 'phone' })).toBe(
      '約1.2 GBご利用です。\n制限は翌日の正午ごろ解除されます。',
    )
    expect(say(failed('211'), { messages })).toBe('211の案内')
    expect(say(failed('210'), { messages })).not.toContain('案内')
  })

  it('are not used for another day’s figures unless they ask which day it is', () => {
    const tomorrow = looked.repliedAt + 86_400_000
    expect(say(answered(heavy), { messages }, { now: tomorrow })).not.toContain('ご利用です。')
    const dated = { listed: '{{^ofToday}}{{day}}{{/ofToday}}: {{today}}' }
    expect(say(answered(heavy), { messages: dated }, { now: tomorrow })).toContain('1.22 GB')
  })

  it('can’t hold themselves', () => {
    expect(messageProblems('{{message}}')).toEqual([{ kind: 'unknown', name: 'message' }])
  })
})

it('every failure that reaches a waiting customer has words in both languages and for both media', () => {
  for (const code of failureCodes) {
    const subject = { ...failed('210'), failure: { code } } as TicketSubject
    for (const language of ['ja', 'en'] as const) {
      for (const medium of ['phone', 'mail'] as const) {
        const text = say(subject, { medium }, { language })
        if (text !== null) expect(text).toMatch(language === 'ja' ? /^恐れ入りますが/ : /^I'm sorry/)
      }
    }
  }
})

it('a ticket tells what the customer was told, each line of it as text', () => {
  const options = {
    language: 'ja',
    days: { order: 'newest-first', includesToday: false },
    kbBase: 1024,
    now: looked.repliedAt,
    format: 'markdown',
    telling: { ...byMail, messages: { listed: 'はい\n# いいえ' } },
  } as const
  const { lines } = writeTicket(answered(heavy), { ...options, template: '案内: {{message}}' })
  expect(lines).toEqual([
    { kind: 'text', text: '案内: はい' },
    { kind: 'text', text: 'いいえ' },
  ])
  expect(writeTicket(answered(heavy), { ...options, template: builtIn.full.ja }).text).not.toContain('はい')
})
