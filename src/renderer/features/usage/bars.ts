import { ticketWords } from '../../../shared/ticket/words.ts'
import { japanDay } from '../../../shared/traffic.ts'
import type { Series } from './series.ts'

/** One day in the chart. */
export interface Bar {
  readonly day: string
  readonly lines: readonly string[]
  readonly kb: number | null
  readonly kind: 'stored' | 'recent' | 'today'
  /** The day was not over when it was read. */
  readonly isIncomplete: boolean
}

/** A series as bars, oldest left, today last. */
export function barsOf({
  days,
  todayKb,
  stored,
  repliedAt,
  language,
}: Pick<Series, 'days' | 'todayKb' | 'stored' | 'repliedAt' | 'language'>): readonly Bar[] {
  const { day, dayLines } = ticketWords[language]
  const barOf = (date: string, kb: number | null, kind: Bar['kind'], isIncomplete: boolean): Bar => ({
    day: day(date),
    lines: dayLines(date),
    kb,
    kind,
    isIncomplete,
  })
  return [
    ...stored.map(({ date, kb, incomplete }) => barOf(date, kb, 'stored', incomplete)),
    ...days.map(({ date, kb }) => barOf(date, kb, 'recent', false)).reverse(),
    barOf(japanDay(repliedAt), todayKb, 'today', true),
  ]
}
