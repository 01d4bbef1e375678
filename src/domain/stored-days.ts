import { type DaysSetting, dailyUsage, type GoodLookup, reportDay } from './traffic.ts'

/** One day of a line's merged usage, and the lookup its figure was read from. */
export interface StoredDay {
  readonly date: string
  readonly kb: number | null
  readonly lookupId: number | null
  /** The day was not over when it was read. */
  readonly incomplete: boolean
}

/**
 * Merges the daily figures of lookups, in the order they came, into one list: oldest day first, longer than
 * the carrier's window.
 *
 * The newer reading of a day wins, but "no data" never replaces a figure. Days that no lookup covers are left
 * out. So are the figures of a query over midnight, because their dates are uncertain. Days after the day of
 * a newer lookup are dropped: the clock was ahead when they were read.
 */
export function mergeDays(lookups: readonly GoodLookup[], setting: DaysSetting): readonly StoredDay[] {
  const byDate = new Map<string, StoredDay>()
  for (const lookup of lookups) {
    const own = reportDay(lookup)
    if (!own.isCertain) continue
    for (const date of byDate.keys()) if (date > own.date) byDate.delete(date)
    const days = [
      ...(dailyUsage(lookup, setting) ?? []).map(day => ({ ...day, incomplete: false })),
      { date: own.date, kb: lookup.report.todayKb, incomplete: true },
    ]
    for (const { date, kb, incomplete } of days) {
      if (date === null || (kb === null && byDate.has(date))) continue
      byDate.set(date, { date, kb, lookupId: lookup.id, incomplete })
    }
  }
  return [...byDate.values()].sort((a, b) => a.date.localeCompare(b.date))
}
