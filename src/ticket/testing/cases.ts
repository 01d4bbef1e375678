import type { Language } from '../../domain/language.ts'
import type { GoodLookup, TrafficReport } from '../../domain/traffic.ts'
import type { MessageOptions } from '../customer-message.ts'
import type { TicketOptions, TicketSubject } from '../facts.ts'

/** Tickets as the program writes them, for golden files and for reading back. */

const carrier = { resultCode: '100', statusCode: '200', message: 'OK' }

/** The lookup that every answered ticket starts from. */
export const looked: GoodLookup = {
  id: 1,
  profileId: 'a',
  account: { kind: 'line', id: '09012345678' },
  askedAt: Date.parse('2026-11-23T13:04:59+09:00'),
  repliedAt: Date.parse('2026-11-23T13:05:00+09:00'),
  durationMs: 350,
  agent: 'sato',
  report: {
    todayKb: 1_289_748,
    recentDays: '2415919,786432,0,100,52428',
    blacklist: 'not-listed',
    carrier,
    clockOffMs: 0,
  },
}

const answered = (report: Partial<TrafficReport>, account = looked.account): TicketSubject => ({
  kind: 'answered',
  lookup: { ...looked, account, report: { ...looked.report, ...report } },
})

/** The carrier answers 211 and says no more than 'NG'. */
const failed = (language: Language): TicketSubject => ({
  kind: 'failed',
  account: looked.account,
  askedAt: looked.askedAt,
  agent: looked.agent,
  failure: { code: 'ACCOUNT_STATUS', carrier: { resultCode: '211', statusCode: '200', message: 'NG' } },
  title: {
    ja: 'この回線は照会できない状態です',
    en: 'This line is in a state that can’t be looked up',
  }[language],
})

export const ticketCases = {
  line: () => answered({}),
  group: () => answered({ recentDays: null, todayKb: 5_242_880 }, { kind: 'group', id: 'AAA0_00000000001' }),
  blacklisted: () => answered({ blacklist: 'listed', todayKb: 100, recentDays: '100,200,300' }),
  unknown: () => answered({ blacklist: 'unknown', todayKb: 0 }),
  'no-data': () => answered({ todayKb: null, recentDays: '2048,x,300' }),
  failed,
} as const satisfies Record<string, (language: Language) => TicketSubject>

export type TicketCase = keyof typeof ticketCases

export const ticketCaseNames = Object.keys(ticketCases) as readonly TicketCase[]

export const languages = ['ja', 'en'] as const

/** What goes with each: labels and replies as they are in practice. */
export function optionsOf(name: TicketCase, language: Language): TicketOptions {
  return {
    language,
    days: { order: 'newest-first', includesToday: false },
    kbBase: 1024,
    now: looked.repliedAt,
    label: name === 'group' ? '営業部（東京）' : '山田 太郎',
    rawReply:
      name === 'failed'
        ? '{"resultCode":211,"statusCode":200,"message":"NG"}'
        : '{"resultCode":100,"statusCode":200,"message":"OK","traffic":[{"n":"090-1234-5678"}]}',
  }
}

/** How a customer is written to by an operator without rules or words of its own. */
export const byMail: MessageOptions = {
  medium: 'mail',
  rules: { dayKb: null, threeDays: null, liftedWhen: '' },
  messages: {},
}
