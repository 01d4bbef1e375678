import { formatAccount, maskAccount } from './account.ts'
import { writeCsv } from './csv.ts'
import { carrierOf } from './failure.ts'
import { type DaysSetting, dailyUsage, japanTime, type Lookup, threeDaySums } from './traffic.ts'

export type ExportFormat = 'csv' | 'json'

export interface ExportOptions {
  readonly format: ExportFormat
  readonly days: DaysSetting
  readonly masked: boolean
}

/**
 * Stored lookups as the text of a file, piece by piece so that a long one needs no memory: CSV for a Japanese Excel, or
 * JSON. Figures are raw KB; no data is an empty cell or null. Times are Japan's.
 */
export function* exportText(lookups: Iterable<Lookup>, options: ExportOptions): Generator<string> {
  let isFirst = true
  for (const lookup of lookups) {
    const row = rowOf(lookup, options)
    if (options.format === 'json') yield `${isFirst ? '[\n' : ',\n'}${JSON.stringify(row)}`
    else {
      if (isFirst) yield writeCsv([Object.keys(row)])
      yield withoutBom(writeCsv([Object.values(row).map(cellOf)]))
    }
    isFirst = false
  }
  if (options.format === 'json') yield isFirst ? '[]\n' : '\n]\n'
}

function rowOf(lookup: Lookup, { days: setting, masked }: ExportOptions) {
  const { account, result, repliedAt } = lookup
  const report = result.ok ? result.value : null
  const carrier = result.ok ? result.value.carrier : carrierOf(result.failure)
  const days = report && dailyUsage(report, repliedAt, setting)
  const sums = report && threeDaySums(report.todayKb, days)
  const masking = maskAccount(account)
  const said = carrier?.message ?? null
  return {
    asked_at: japanTime(lookup.askedAt),
    replied_at: japanTime(repliedAt),
    agent: lookup.agent,
    account: masked ? masking : formatAccount(account),
    kind: account.kind,
    blacklist: report?.blacklist ?? null,
    today_kb: report?.todayKb ?? null,
    three_days_with_today_kb: sums?.withToday ?? null,
    three_days_without_today_kb: sums?.withoutToday ?? null,
    days_kb: days,
    result_code: carrier?.resultCode ?? null,
    message: masked && said !== null ? said.replaceAll(account.id, masking) : said,
    failure: result.ok ? null : result.failure.code,
  }
}

type Row = ReturnType<typeof rowOf>

/** Days are named: a bare list such as 100,200 is one number to a spreadsheet. */
function cellOf(value: Row[keyof Row]): string {
  if (value === null) return ''
  if (typeof value !== 'object') return String(value)
  return value.map(({ date, kb }) => `${date}: ${kb ?? ''}`.trimEnd()).join(' / ')
}

const withoutBom = (text: string): string => text.slice(1)
