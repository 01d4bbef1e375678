import { type DaysSetting, dailyUsage, type GoodLookup, reportDay } from './traffic.ts'

/** One day of a line's merged usage, and the lookup its figure was read from. */
export interface StoredDay {
  readonly date: string
  readonly kb: number | null
  readonly lookupId: number | null
  /** The day was not over when it was read. */
  readonly incomplete: boolean
}

/** Days that were merged from lookups, which may be merged with those of older lookups. */
export interface MergedDays {
  /** Oldest first. */
  readonly days: readonly StoredDay[]
  /** Days after this one say nothing where an older lookup has them; null where no lookup's own day is certain. */
  readonly until: string | null
}

/** The days of some lookups, and where to go on: null where there are no older ones. */
export interface StoredDaysPage extends MergedDays {
  readonly next: number | null
}

/**
 * Merges the daily figures of lookups, newest first, into one list that is longer than the carrier's window.
 *
 * The newer reading of a day wins, but "no data" never replaces a figure. Days that no lookup covers are left
 * out. So are the figures of a query over midnight, because their dates are uncertain. Days after the day of
 * a newer lookup are dropped: the clock was ahead when they were read.
 */
export const mergeDays = (lookups: readonly GoodLookup[], setting: DaysSetting): MergedDays =>
  merged(lookups.map(lookup => daysOf(lookup, setting)))

/** The same for lookups that were merged a part at a time. */
export const mergeOlder = (newer: MergedDays, older: MergedDays): MergedDays => merged([newer, older])

/** @param parts newest first */
function merged(parts: readonly MergedDays[]): MergedDays {
  const byDate = new Map<string, StoredDay>()
  let until: string | null = null
  for (const part of parts) {
    for (const day of part.days) {
      if (until !== null && day.date > until) continue
      if ((byDate.get(day.date)?.kb ?? null) === null) byDate.set(day.date, day)
    }
    if (part.until !== null && (until === null || part.until < until)) until = part.until
  }
  return { days: [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1)), until }
}

/** What one lookup says of days. */
function daysOf(lookup: GoodLookup, setting: DaysSetting): MergedDays {
  const own = reportDay(lookup)
  if (!own.isCertain) return { days: [], until: null }
  const days = (dailyUsage(lookup, setting) ?? []).flatMap(({ date, kb }): readonly StoredDay[] =>
    date === null ? [] : [{ date, kb, lookupId: lookup.id, incomplete: false }],
  )
  const today = { date: own.date, kb: lookup.report.todayKb, lookupId: lookup.id, incomplete: true }
  return { days: [...days, today], until: own.date }
}
