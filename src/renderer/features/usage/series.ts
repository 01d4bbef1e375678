import type { KbBase } from '../../../shared/data-size.ts'
import type { Language } from '../../../shared/settings.ts'
import type { DailyUsage } from '../../../shared/traffic.ts'

/** What the chart and its table draw: the days before today, newest first, and today so far. */
export interface Series {
  readonly days: readonly DailyUsage[]
  readonly todayKb: number | null
  readonly repliedAt: number
  readonly base: KbBase
  readonly language: Language
}
