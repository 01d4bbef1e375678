import type { KbBase } from '../domain/data-size.ts'
import type { Language } from '../domain/language.ts'
import {
  type Blacklist,
  type DailyUsage,
  dayOf,
  japanMinute,
  type ReportDay,
  type Times,
} from '../domain/traffic.ts'

/**
 * The columns of a CSV row, in order, for today's figures or another day's. The days come before the result
 * code.
 */
export type Column =
  | 'number'
  | 'kind'
  | 'label'
  | 'state'
  | 'asOf'
  | 'today'
  | 'withToday'
  | 'withoutToday'
  | 'thatDay'
  | 'withThatDay'
  | 'withoutThatDay'
  | 'resultCode'
  | 'message'
  | 'failure'
  | 'askedAt'
  | 'agent'

/** The ticket's words in one language: the ticket's language is chosen apart from the screen's. */
export interface TicketWords {
  readonly kind: Readonly<Record<'line' | 'group', string>>
  readonly state: Readonly<Record<Blacklist, string>>
  readonly noData: string
  readonly demo: string
  /** The table of days: what it is, and its two columns. */
  readonly days: string
  readonly date: string
  readonly usage: string
  readonly noReply: string
  /** Stands for a reply that was not kept, if one came at all. */
  readonly replyNotKept: string
  readonly chart: string
  /** The title of a chart's picture: the account, and the time of the figures. */
  chartTitle(number: string, at: string): string
  /** The day was not over when it was read. */
  readonly soFar: string
  /** Names the lines across the chart: the operator's limit, and the average a day. */
  readonly chartLine: Readonly<Record<'limit' | 'average', string>>
  /** The columns of a CSV, but for the days' own. */
  readonly columns: Readonly<Record<Column, string>>
  /** The column of one day, a `YYYY-MM-DD`. */
  dayColumn(date: string): string
  byDay(days: readonly string[]): string
  noDays(kind: 'line' | 'group'): string
  /** `11/22(日)`, `Sun 22 Nov` for a `YYYY-MM-DD`. */
  day(date: string): string
  /**
   * Names a day before the report's own: by its date, or by how many days before if the date is uncertain.
   */
  dayBefore(usage: Pick<DailyUsage, 'date' | 'daysBefore'>): string
  /** Names the report's own day; both days if the query ran over midnight. */
  reportDay(day: ReportDay): string
  /**
   * The time of the figures, to the minute. For a query over midnight, when it was sent and when it was
   * answered.
   */
  asOf(times: Times): string
  /** Stands above a ticket whose template speaks only of today, and says when its figures are from. */
  ofAnotherDay(asOf: string): string
  /** The text of `day` in two lines, for an axis: `11/22` and `(日)`, `Sun` and `22 Nov`. */
  dayLines(date: string): readonly [string, string]
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
  days: '日別',
  date: '日付',
  usage: '通信量',
  noReply: '（応答なし）',
  replyNotKept: '（応答の記録なし）',
  chart: '日別通信量のグラフ',
  chartTitle: (number, at) => `${number} 日別通信量（${at} 時点）`,
  soFar: '集計中',
  chartLine: { limit: '制限の目安', average: '1日平均' },
  columns: {
    number: '番号',
    kind: '種別',
    label: 'ラベル',
    state: 'ブラックリスト',
    asOf: '時点（JST）',
    today: '本日（KB）',
    withToday: '直近3日・本日を含む（KB）',
    withoutToday: '直近3日・本日を除く（KB）',
    thatDay: '当日（KB）',
    withThatDay: '当日までの3日・当日を含む（KB）',
    withoutThatDay: '当日までの3日・当日を除く（KB）',
    resultCode: '結果コード',
    message: '回線提供元のメッセージ',
    failure: '失敗の理由',
    askedAt: '照会日時（JST）',
    agent: '担当',
  },
  dayColumn: date => `${date}（KB）`,
  dayBefore: ({ date, daysBefore }) => (date === null ? `${daysBefore}日前` : ja.day(date)),
  reportDay: day => (day.isCertain ? ja.day(day.date) : day.dates.map(ja.day).join('または')),
  asOf: times =>
    dayOf(times).isCertain
      ? `${japanMinute(times.repliedAt)} JST`
      : `${japanMinute(times.askedAt)} 照会、${japanMinute(times.repliedAt)} 回答 JST`,
  ofAnotherDay: asOf => `※${asOf} 時点の結果です。本日の値ではありません。`,
  byDay: days => `日別: ${days.join(', ')}`,
  noDays: kind =>
    kind === 'group' ? '日別: なし（シェアグループには日別の値がありません）' : '日別: データなし',
  day: date => ja.dayLines(date).join(''),
  dayLines: date => {
    const { month, day, weekday } = partsOf(date)
    return [`${month + 1}/${day}`, `(${weekdaysJa[weekday]})`]
  },
  base: base => `単位: 1 GB = ${base} MB、1 MB = ${base} KB`,
}

const en: TicketWords = {
  kind: { line: 'line', group: 'share group' },
  state: { listed: 'yes', 'not-listed': 'no', unknown: 'unknown' },
  noData: 'no data',
  demo: '(Demo: made-up figures, not a real customer)',
  days: 'By day',
  date: 'Date',
  usage: 'Usage',
  noReply: '(no reply)',
  replyNotKept: '(the reply was not kept)',
  chart: 'Chart of the usage by day',
  chartTitle: (number, at) => `${number} usage by day (as of ${at})`,
  soFar: 'so far',
  chartLine: { limit: 'Limit', average: 'Average' },
  columns: {
    number: 'Number',
    kind: 'Kind',
    label: 'Label',
    state: 'Blacklisted',
    asOf: 'As of (JST)',
    today: 'Today (KB)',
    withToday: 'Last 3 days incl. today (KB)',
    withoutToday: 'Last 3 days excl. today (KB)',
    thatDay: 'That day (KB)',
    withThatDay: '3 days up to it incl. that day (KB)',
    withoutThatDay: '3 days up to it excl. that day (KB)',
    resultCode: 'Result code',
    message: 'Carrier message',
    failure: 'Failure',
    askedAt: 'Asked at (JST)',
    agent: 'Agent',
  },
  dayColumn: date => `${date} (KB)`,
  dayBefore: ({ date, daysBefore }) =>
    date === null ? `${daysBefore} ${daysBefore === 1 ? 'day' : 'days'} before` : en.day(date),
  reportDay: day => (day.isCertain ? en.day(day.date) : day.dates.map(en.day).join(' or ')),
  asOf: times =>
    dayOf(times).isCertain
      ? `${japanMinute(times.repliedAt)} JST`
      : `asked ${japanMinute(times.askedAt)}, answered ${japanMinute(times.repliedAt)} JST`,
  ofAnotherDay: asOf => `Note: as of ${asOf}, not today's figures.`,
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
  base: base => `Units: 1 GB = ${base} MB, 1 MB = ${base} KB`,
}

export const ticketWords: Readonly<Record<Language, TicketWords>> = { ja, en }
