import type { Account } from './account.ts'
import type { CarrierAnswer, Failure } from './failure.ts'
import type { Result } from './result.ts'

/** `unknown` is shown as such: it is neither yes nor no. */
export type Blacklist = 'listed' | 'not-listed' | 'unknown'

/** What the carrier answered about one account. Figures are KB; null is "no data", never 0. */
export interface TrafficReport {
  readonly todayKb: number | null
  /** The carrier's list as it came, so that a corrected setting corrects history; null where it gives none. */
  readonly recentDays: string | null
  readonly blacklist: Blacklist
  readonly carrier: CarrierAnswer
  /**
   * How far the carrier's clock (its reply's `Date`) is ahead of this computer's, in milliseconds; 0 where they agree to
   * two minutes. Whose day a figure is of is the carrier's to say.
   */
  readonly clockOffMs: number
}

/** One query that reached for the carrier, good or failed. Times are milliseconds since the epoch. */
export interface Lookup {
  /** null where the store did not take it, or is not to keep it. */
  readonly id: number | null
  readonly profileId: string
  readonly account: Account
  readonly askedAt: number
  /** When the reply was complete, by this computer's clock. */
  readonly repliedAt: number
  readonly durationMs: number
  readonly agent: string
  readonly result: Result<TrafficReport, Failure>
}

/** How many stored lookups of an account are read, and shown, at a time. */
export const HISTORY_PAGE = 50

/** A lookup as the store has it. */
export type StoredLookup = Lookup & { readonly id: number }

/** A lookup that the carrier answered with figures. */
export interface GoodLookup extends Omit<Lookup, 'result'> {
  readonly report: TrafficReport
}

/** How an operator's host writes its list of recent days; the carrier's page does not say. */
export interface DaysSetting {
  readonly order: 'newest-first' | 'oldest-first'
  readonly includesToday: boolean
}

/** One day before the report's own: its date in Japan (`YYYY-MM-DD`) and its KB; null is "no data". */
export interface DailyUsage {
  /** Null where it is not certain: the report was asked for on one day and answered on the next. */
  readonly date: string | null
  readonly daysBefore: number
  readonly kb: number | null
}

/**
 * The day in Japan that a report calls "today": one date, or two possible ones if the query ran over
 * midnight.
 */
export type ReportDay =
  | { readonly isCertain: true; readonly date: string }
  | { readonly isCertain: false; readonly dates: readonly [string, string] }

export interface ThreeDaySums {
  readonly withToday: number | null
  readonly withoutToday: number | null
}

const DAY_MS = 86_400_000
const JAPAN_OFFSET_MS = 9 * 3_600_000 // Japan has no daylight saving time
const MOST_DAYS = 366

/** The lookup as a good one, or null if it failed. */
export function goodLookup({ result, ...lookup }: Lookup): GoodLookup | null {
  return result.ok ? { ...lookup, report: result.value } : null
}

/** The calendar day in Japan of a moment, whatever the computer's time zone: `2026-11-23`. */
export const japanDay = (ms: number): string => new Date(ms + JAPAN_OFFSET_MS).toISOString().slice(0, 10)

/** When the calendar day in Japan of a moment began, milliseconds since the epoch. */
export const japanMidnight = (ms: number): number => Date.parse(`${japanDay(ms)}T00:00:00+09:00`)

/** The moment in Japan as people write it: `2026-11-23 13:05`. */
export const japanMinute = (ms: number): string =>
  new Date(ms + JAPAN_OFFSET_MS).toISOString().slice(0, 16).replace('T', ' ')

/** The moment with Japan's offset, to the millisecond: `2026-11-23T13:05:00.000+09:00`. */
export const japanTime = (ms: number): string =>
  new Date(ms + JAPAN_OFFSET_MS).toISOString().replace('Z', '+09:00')

/** What the carrier reported, and when. */
export type Reported = Pick<GoodLookup, 'askedAt' | 'repliedAt' | 'report'>

/** When something was asked and answered: milliseconds since the epoch. */
export type Times = Pick<GoodLookup, 'askedAt' | 'repliedAt'>

/** When a lookup was asked and answered, by the carrier's clock. */
export const carrierTimes = ({ askedAt, repliedAt, report }: Reported): Times => ({
  askedAt: askedAt + report.clockOffMs,
  repliedAt: repliedAt + report.clockOffMs,
})

/**
 * The day that a report's "today" is. The carrier counted at some moment between the question and the reply, so that a
 * query over midnight in Japan leaves it open which of the two days it is.
 */
export const reportDay = (lookup: Reported): ReportDay => dayOf(carrierTimes(lookup))

/** The day in Japan on which a query was sent and answered; the times are by the carrier's clock. */
export function dayOf({ askedAt, repliedAt }: Times): ReportDay {
  const [first, last] = [japanDay(Math.min(askedAt, repliedAt)), japanDay(repliedAt)]
  return first === last ? { isCertain: true, date: last } : { isCertain: false, dates: [first, last] }
}

/** Whether a report speaks of the day that it is in Japan now: only then is its figure today's. */
export function isOfToday(lookup: Reported, now: number): boolean {
  const day = reportDay(lookup)
  return day.isCertain && day.date === japanDay(now + lookup.report.clockOffMs)
}

/** The day `count` days before a `YYYY-MM-DD`. */
export const daysBefore = (date: string, count: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) - count * DAY_MS).toISOString().slice(0, 10)

/** Reads one figure in KB. Anything but a safe, non-negative whole number is null: "no data", never 0. */
export function readKb(value: unknown): number | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  if (!/^\d{1,16}$/.test(text)) return null
  const kb = Number(text)
  return Number.isSafeInteger(kb) ? kb : null
}

/**
 * The days before the report's own, newest first, derived from the raw list, the day of the report and the profile's
 * setting. Null where the carrier gives no list (share groups). An unreadable entry keeps its day as null.
 */
export function dailyUsage(lookup: Reported, setting: DaysSetting): readonly DailyUsage[] | null {
  const { report } = lookup
  if (report.recentDays === null) return null
  const items = report.recentDays.replace(/,\s*$/, '').split(',')
  if (setting.order === 'oldest-first') items.reverse()
  if (setting.includesToday) items.shift()
  const day = reportDay(lookup)
  return items.slice(0, MOST_DAYS).map((item, index) => ({
    date: day.isCertain ? daysBefore(day.date, index + 1) : null,
    daysBefore: index + 1,
    kb: readKb(item),
  }))
}

/** Sums over three days with and without today; a sum with a missing day is null. */
export function threeDaySums(todayKb: number | null, days: readonly DailyUsage[] | null): ThreeDaySums {
  const [first, second, third] = (days ?? []).map(day => day.kb)
  return { withToday: sum([todayKb, first, second]), withoutToday: sum([first, second, third]) }
}

/**
 * Total, average and peak in KB over the carrier's window without today; null if a day is missing or there
 * are no days.
 */
export function windowFigures(days: readonly DailyUsage[]): {
  readonly total: number | null
  readonly average: number | null
  readonly peak: number | null
} {
  const figures = days.map(day => day.kb)
  const total = days.length === 0 ? null : sum(figures)
  const known = figures.filter(kb => kb !== null)
  return {
    total,
    average: total === null ? null : Math.round(total / days.length),
    // The largest of the known days is a peak only if no day is missing.
    peak: known.length === days.length && days.length > 0 ? Math.max(...known) : null,
  }
}

function sum(figures: readonly (number | null | undefined)[]): number | null {
  let total = 0
  for (const kb of figures) {
    if (kb === null || kb === undefined) return null
    total += kb
  }
  return Number.isSafeInteger(total) ? total : null
}
