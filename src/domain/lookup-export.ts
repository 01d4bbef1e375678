import { formatAccount, maskAccount } from './account.ts'
import { writeCsv } from './csv.ts'
import { carrierOf } from './failure.ts'
import { hideNumbers } from './hide-numbers.ts'
import type { Language } from './language.ts'
import {
  type DaysSetting,
  dailyUsage,
  type GoodLookup,
  goodLookup,
  japanTime,
  type Lookup,
  reportDay,
  threeDaySums,
} from './traffic.ts'
import { exportColumns } from './words/export-columns.ts'

export type ExportFormat = 'csv' | 'json'

export interface ExportOptions {
  readonly format: ExportFormat
  /** Of a table's header; JSON has names of its own. */
  readonly language: Language
  readonly days: DaysSetting
  readonly masked: boolean
  /** Whether the figures come from the simulator; if so, every row says it. */
  readonly isDemo: boolean
}

/**
 * Writes stored lookups as the text of a file, in pieces so that a long history needs little memory: CSV for
 * a Japanese Excel, or JSON. Figures are raw KB; "no data" is an empty cell or null. Times are Japan's.
 */
export function* exportText(lookups: Iterable<Lookup>, options: ExportOptions): Generator<string, undefined> {
  if (options.format === 'csv') return yield* writeCsv(csvRowsOf(lookups, options))
  let isFirst = true
  for (const lookup of lookups) {
    yield `${isFirst ? '[\n' : ',\n'}${JSON.stringify(rowOf(lookup, options))}`
    isFirst = false
  }
  yield isFirst ? '[]\n' : '\n]\n'
}

function* csvRowsOf(
  lookups: Iterable<Lookup>,
  options: ExportOptions,
): Generator<readonly string[], undefined> {
  yield columnsOf(options)
  for (const lookup of lookups) yield Object.values(rowOf(lookup, options)).map(cellOf)
}

function rowOf(lookup: Lookup, { days: setting, masked, isDemo }: ExportOptions) {
  const { account, result, repliedAt } = lookup
  const good = goodLookup(lookup)
  const report = result.ok ? result.value : null
  const carrier = result.ok ? result.value.carrier : carrierOf(result.failure)
  const days = good && dailyUsage(good, setting)
  const sums = report && threeDaySums(report.todayKb, days)
  const said = carrier?.message ?? null
  return {
    asked_at: japanTime(lookup.askedAt),
    replied_at: japanTime(repliedAt),
    agent: lookup.agent,
    account: masked ? maskAccount(account) : formatAccount(account),
    kind: account.kind,
    blacklist: report?.blacklist ?? null,
    today_kb: report?.todayKb ?? null,
    three_days_with_today_kb: sums?.withToday ?? null,
    three_days_without_today_kb: sums?.withoutToday ?? null,
    // The date of `today_kb`; two dates if the query ran over midnight.
    day: good && daysOf(good),
    days_kb: days?.map(({ date, daysBefore, kb }) => ({ date: date ?? `-${daysBefore}`, kb })) ?? null,
    result_code: carrier?.resultCode ?? null,
    message: masked && said !== null ? hideNumbers(said, account) : said,
    failure: result.ok ? null : result.failure.code,
    ...(isDemo && { demo: 'made-up figures' }),
  }
}

function daysOf(lookup: GoodLookup): string {
  const day = reportDay(lookup)
  return day.isCertain ? day.date : day.dates.join(' / ')
}

type Row = ReturnType<typeof rowOf>

const columns = [
  'asked_at',
  'replied_at',
  'agent',
  'account',
  'kind',
  'blacklist',
  'today_kb',
  'three_days_with_today_kb',
  'three_days_without_today_kb',
  'day',
  'days_kb',
  'result_code',
  'message',
  'failure',
] as const satisfies readonly (keyof Row)[]

const columnsOf = ({ isDemo, language }: ExportOptions): readonly string[] => {
  return [...columns, ...(isDemo ? (['demo'] as const) : [])].map(column => exportColumns[language][column])
}

/** Writes each day with its date: a spreadsheet would read a bare list such as 100,200 as one number. */
function cellOf(value: Row[keyof Row]): string {
  if (value === null) return ''
  if (typeof value !== 'object') return String(value)
  return value.map(({ date, kb }) => `${date}: ${kb ?? ''}`.trimEnd()).join(' / ')
}
