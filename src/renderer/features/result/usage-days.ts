import type { KbBase } from '../../../domain/data-size.ts'
import type { Language } from '../../../domain/language.ts'
import type { StoredDay } from '../../../domain/stored-days.ts'
import type { DailyUsage, ReportDay } from '../../../domain/traffic.ts'

/** What the chart and its table draw: the days before today, newest first, and today so far. */
export interface UsageDays {
  readonly days: readonly DailyUsage[]
  readonly todayKb: number | null
  /** Days before the carrier's window, from earlier lookups, oldest first; drawn apart from the rest. */
  readonly stored: readonly StoredDay[]
  /** The day that `todayKb` is of. */
  readonly day: ReportDay
  readonly base: KbBase
  readonly language: Language
  /** KB a day that the operator's rules speak of; null for none. */
  readonly limitKb: number | null
}
