import type { KbBase } from '../data-size.ts'
import type { Language } from '../settings.ts'
import type { Blacklist } from '../traffic.ts'

/** The ticket's words in one language: the ticket's language is chosen apart from the screen's. */
export interface TicketWords {
  readonly kind: Readonly<Record<'line' | 'group', string>>
  readonly state: Readonly<Record<Blacklist, string>>
  readonly noData: string
  readonly demo: string
  title(account: string, kind: string): string
  blacklist(state: string): string
  today(size: string, at: string): string
  threeDays(withToday: string, withoutToday: string): string
  byDay(days: readonly string[]): string
  noDays(kind: 'line' | 'group'): string
  /** `11/22(日)`, `Sun 22 Nov` for a `YYYY-MM-DD`. */
  day(date: string): string
  /** The same in two lines, for an axis: `11/22` and `(日)`, `Sun` and `22 Nov`. */
  dayLines(date: string): readonly [string, string]
  resultCode(code: string): string
  base(base: KbBase): string
}

const weekdaysJa = ['日', '月', '火', '水', '木', '金', '土']
const weekdaysEn = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

// Not Intl: its output changes between ICU versions, and a ticket's text has to be the same on every machine.
const partsOf = (date: string) => {
  const at = new Date(`${date}T00:00:00Z`)
  return { month: at.getUTCMonth(), day: at.getUTCDate(), weekday: at.getUTCDay() }
}

const ja: TicketWords = {
  kind: { line: '回線', group: 'シェアグループ' },
  state: { listed: '登録あり', 'not-listed': '登録なし', unknown: '不明' },
  noData: 'データなし',
  demo: '※デモ用の架空データです（実在のお客様の情報ではありません）',
  title: (account, kind) => `【通信量照会】${account}（${kind}）`,
  blacklist: state => `ブラックリスト: ${state}`,
  today: (size, at) => `本日: ${size}（${at} 時点）`,
  threeDays: (withToday, withoutToday) => `直近3日: 本日を含む ${withToday} / 本日を除く ${withoutToday}`,
  byDay: days => `日別: ${days.join(', ')}`,
  noDays: kind =>
    kind === 'group' ? '日別: なし（シェアグループには日別の値がありません）' : '日別: データなし',
  day: date => ja.dayLines(date).join(''),
  dayLines: date => {
    const { month, day, weekday } = partsOf(date)
    return [`${month + 1}/${day}`, `(${weekdaysJa[weekday]})`]
  },
  resultCode: code => `結果コード: ${code}`,
  base: base => `単位: 1 GB = ${base} MB、1 MB = ${base} KB`,
}

const en: TicketWords = {
  kind: { line: 'line', group: 'share group' },
  state: { listed: 'yes', 'not-listed': 'no', unknown: 'unknown' },
  noData: 'no data',
  demo: '(Demo: made-up figures, not a real customer)',
  title: (account, kind) => `[Data usage] ${account} (${kind})`,
  blacklist: state => `Blacklisted: ${state}`,
  today: (size, at) => `Today: ${size} (as of ${at})`,
  threeDays: (withToday, withoutToday) =>
    `Last 3 days: incl. today ${withToday} / excl. today ${withoutToday}`,
  byDay: days => `By day: ${days.join(', ')}`,
  noDays: kind =>
    kind === 'group'
      ? 'By day: none (the carrier gives no daily figures for share groups)'
      : 'By day: no data',
  day: date => en.dayLines(date).join(' '),
  dayLines: date => {
    const { month, day, weekday } = partsOf(date)
    return [`${weekdaysEn[weekday]}`, `${day} ${months[month]}`]
  },
  resultCode: code => `Result code: ${code}`,
  base: base => `Units: 1 GB = ${base} MB, 1 MB = ${base} KB`,
}

export const ticketWords: Readonly<Record<Language, TicketWords>> = { ja, en }
