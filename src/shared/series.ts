import { type DaysSetting, dailyUsage, type GoodLookup, japanDay } from './traffic.ts'

/** One day of a line's merged series, and the lookup its figure was read from. */
export interface SeriesDay {
  readonly date: string
  readonly kb: number | null
  readonly lookupId: number
  /** The day was not over when it was read. */
  readonly incomplete: boolean
}

/**
 * Merges the daily figures of all lookups into one series, oldest day first, longer than the carrier's window.
 *
 * The newer reading of a day wins; "no data" is no reading and replaces nothing. Days nobody asked about are left out.
 */
export function mergeSeries(lookups: readonly GoodLookup[], setting: DaysSetting): readonly SeriesDay[] {
  const byDate = new Map<string, SeriesDay>()
  for (const { id, report, repliedAt } of [...lookups].sort(
    (a, b) => a.repliedAt - b.repliedAt || a.id - b.id,
  )) {
    const days = [
      ...(dailyUsage(report, repliedAt, setting) ?? []).map(day => ({ ...day, incomplete: false })),
      { date: japanDay(repliedAt), kb: report.todayKb, incomplete: true },
    ]
    for (const { date, kb, incomplete } of days) {
      if (kb === null && byDate.has(date)) continue
      byDate.set(date, { date, kb, lookupId: id, incomplete })
    }
  }
  return [...byDate.values()].sort((a, b) => a.date.localeCompare(b.date))
}
