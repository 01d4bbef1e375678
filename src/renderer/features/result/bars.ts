import { ticketWords } from '../../../ticket/words.ts'
import type { UsageDays } from './usage-days.ts'

/** One day in the chart. */
export interface Bar {
  readonly day: string
  readonly lines: readonly string[]
  readonly kb: number | null
  readonly kind: 'stored' | 'recent' | 'today'
  /** The day was not over when it was read. */
  readonly isIncomplete: boolean
  readonly isWeekend: boolean
}

/** A usage as bars, oldest left, today last. */
export function barsOf({
  days,
  todayKb,
  stored,
  day: own,
  language,
}: Pick<UsageDays, 'days' | 'todayKb' | 'stored' | 'day' | 'language'>): readonly Bar[] {
  const words = ticketWords[language]
  const barOf = (
    date: string | null,
    name: string,
    kb: number | null,
    kind: Bar['kind'],
    isIncomplete: boolean,
  ): Bar => ({
    day: name,
    lines: date === null ? [name] : words.dayLines(date),
    kb,
    kind,
    isIncomplete,
    isWeekend: date !== null && [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()),
  })
  return [
    ...stored.map(({ date, kb, incomplete }) => barOf(date, words.day(date), kb, 'stored', incomplete)),
    ...days
      .map(({ kb, ...usage }) => barOf(usage.date, words.dayBefore(usage), kb, 'recent', false))
      .reverse(),
    barOf(own.isCertain ? own.date : null, words.reportDay(own), todayKb, 'today', true),
  ]
}
