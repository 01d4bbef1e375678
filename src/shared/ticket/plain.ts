import { formatAccount } from '../account.ts'
import { dataSize, type KbBase } from '../data-size.ts'
import type { Language } from '../settings.ts'
import {
  type DailyUsage,
  type DaysSetting,
  dailyUsage,
  type GoodLookup,
  japanMinute,
  threeDaySums,
} from '../traffic.ts'
import { type TicketWords, ticketWords } from './words.ts'

export interface TicketOptions {
  readonly language: Language
  readonly days: DaysSetting
  readonly kbBase: KbBase
  /** Figures of the simulator say so, in case they are pasted somewhere real. */
  readonly isDemo?: boolean
}

/**
 * The answer as plain text, one fact a line, for any ticket system.
 *
 * A converted figure is followed by a line that names the base; "no data" is written out, never 0.
 */
export function plainTicket(
  lookup: GoodLookup,
  { language, days, kbBase, isDemo = false }: TicketOptions,
): string {
  const words = ticketWords[language]
  const { account, report, repliedAt } = lookup
  let converted = false
  const size = (kb: number | null): string => {
    if (kb === null) return words.noData
    const shown = dataSize(kb, kbBase)
    converted ||= shown.converted
    return shown.text
  }
  const recent = dailyUsage(report, repliedAt, days)
  const lines = [
    words.title(formatAccount(account), words.kind[account.kind]),
    words.blacklist(words.state[report.blacklist]),
    words.today(size(report.todayKb), `${japanMinute(repliedAt)} JST`),
    ...recentLines(words, report.todayKb, recent, account.kind, size),
    words.resultCode(report.carrier.resultCode),
  ]
  if (converted) lines.push(words.base(kbBase))
  if (isDemo) lines.unshift(words.demo)
  return lines.join('\n')
}

function recentLines(
  words: TicketWords,
  todayKb: number | null,
  recent: readonly DailyUsage[] | null,
  kind: 'line' | 'group',
  size: (kb: number | null) => string,
): string[] {
  if (recent === null || recent.length === 0) return [words.noDays(kind)]
  const sums = threeDaySums(todayKb, recent)
  return [
    words.threeDays(size(sums.withToday), size(sums.withoutToday)),
    words.byDay(recent.map(day => `${words.day(day.date)} ${size(day.kb)}`)),
  ]
}
