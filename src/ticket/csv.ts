import { writeCsv } from '../domain/csv.ts'
import { japanMinute } from '../domain/traffic.ts'
import type { TicketFacts } from './facts.ts'
import { ticketWords } from './words.ts'

/**
 * A header and one row: raw KB, an empty cell for "no data", a column a day. Safe to open in a spreadsheet. Lines end
 * with LF and there is no BOM, because this is for the clipboard; files have both.
 */
export function csvTicket(facts: TicketFacts): string {
  const words = ticketWords[facts.language]
  const { outcome } = facts
  const days = outcome.ok ? (outcome.days ?? []) : []
  const kb = (value: number | null) => (value === null ? '' : String(value))
  const { columns } = words
  const isDated = outcome.ok && !outcome.isOfToday
  const asOf = (answered: TicketFacts['outcome'] & { readonly ok: true }) =>
    answered.day.isCertain ? japanMinute(answered.repliedAt) : words.asOf(answered)
  const cells: readonly (readonly [string, string])[] = [
    [columns.number, facts.number],
    [columns.kind, words.kind[facts.kind]],
    [columns.label, facts.label],
    [columns.state, outcome.ok ? words.state[outcome.blacklist] : ''],
    [columns.asOf, outcome.ok ? asOf(outcome) : ''],
    [isDated ? columns.thatDay : columns.today, outcome.ok ? kb(outcome.todayKb) : ''],
    [isDated ? columns.withThatDay : columns.withToday, outcome.ok ? kb(outcome.sums.withToday) : ''],
    [
      isDated ? columns.withoutThatDay : columns.withoutToday,
      outcome.ok ? kb(outcome.sums.withoutToday) : '',
    ],
    ...days.map(day => [words.dayColumn(day.date ?? words.dayBefore(day)), kb(day.kb)] as const),
    [columns.resultCode, facts.carrier?.resultCode ?? ''],
    [columns.message, facts.carrier?.message ?? ''],
    [columns.failure, outcome.ok ? '' : outcome.title],
    [columns.askedAt, japanMinute(facts.askedAt)],
    [columns.agent, facts.agent],
    ...(facts.isDemo ? [[words.demo, '1'] as const] : []),
  ]
  return [...writeCsv([cells.map(([name]) => name), cells.map(([, value]) => value)])]
    .join('')
    .replace('\ufeff', '')
    .replaceAll('\r\n', '\n')
    .trimEnd()
}
