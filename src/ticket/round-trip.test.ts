import sanitizeHtml from 'sanitize-html'
import { describe, expect, it } from 'vitest'
import type { Language } from '../domain/language.ts'
import { readCsv } from '../domain/read-csv.ts'
import { type BuiltIn, builtIn } from './built-in.ts'
import { blocksAs, type Line } from './lines.ts'
import { languages, optionsOf, type TicketCase, ticketCaseNames, ticketCases } from './testing/cases.ts'
import { type ReadFormat, readers, readFormats, readHtml, readPlain } from './testing/readers.ts'
import { writeTicket } from './ticket.ts'
import { ticketWords } from './words.ts'

const templates = Object.keys(builtIn) as readonly BuiltIn[]

const ticket = (
  name: TicketCase,
  language: Language,
  format: ReadFormat | 'csv' | 'json',
  template: BuiltIn = 'full',
) => {
  const written = writeTicket(ticketCases[name](language), {
    ...optionsOf(name, language),
    format,
    template: builtIn[template][language],
  })
  return { ...written, source: written.html ?? written.text }
}

const FIGURES =
  /\d[\d,.]* (?:KB|MB|GB)|\d{4}-\d{2}-\d{2} \d{2}:\d{2}|\d{1,2}\/\d{1,2}\(.\)|(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat) \d{1,2} [A-Z][a-z]{2}|\d{3}-\d{4}-\d{4}|AAA0_\d+|(?<=(?:コード:?|ode:?) )\d+/g

/** Sizes, moments, days, the account and the result code, in the order a reader meets them. */
const figuresOf = (lines: readonly string[]) => lines.join('\n').match(FIGURES) ?? []

/** What a person should see of a ticket's lines, where a format has tables and where it has none. */
const shown = (lines: readonly Line[] | null, format: ReadFormat): readonly string[] =>
  (lines ?? []).flatMap(line => {
    if (line.kind === 'blank') return []
    if (line.kind === 'item' && format === 'plain') return [`- ${line.text}`]
    if (line.kind !== 'table') return [line.text]
    if (format === 'plain')
      return line.rows.length <= 3
        ? [line.sentence]
        : [`${line.caption}:`, ...line.rows.map(cells => `- ${cells.join(' ')}`)]
    if (format === 'markdown') return [line.caption, ...line.rows.map(cells => cells.join(': '))]
    return [line.header, ...line.rows].map(cells => cells.join(' '))
  })

/** What the rendered preview shows of a ticket, line by line. */
const previewed = (lines: readonly Line[], format: ReadFormat): readonly string[] =>
  blocksAs(format, lines).flatMap(block => {
    if (block.kind === 'table') return [block.header, ...block.rows].map(cells => cells.join(' '))
    return 'lines' in block ? block.lines : [block.text]
  })

const cases = languages.flatMap(language =>
  ticketCaseNames.flatMap(name => templates.map(template => [name, language, template] as const)),
)

describe.each(readFormats)('a ticket read back from %s', format => {
  it.each(cases)('shows the same figures as the plain one: %s %s %s', (name, language, template) => {
    const plain = figuresOf(readPlain(ticket(name, language, 'plain', template).text).lines)
    const { source } = ticket(name, language, format, template)
    expect(figuresOf(readers[format](source).lines)).toEqual(plain)
    if (template === 'full') expect(plain.length).toBeGreaterThanOrEqual(3)
  })

  it.each(cases)('shows every word of it, and nothing more: %s %s %s', (name, language, template) => {
    const { source, lines } = ticket(name, language, format, template)
    expect(readers[format](source).lines).toEqual(shown(lines, format))
    // Plain text is previewed as it is written.
    if (format !== 'plain') expect(previewed(lines ?? [], format)).toEqual(shown(lines, format))
  })
})

describe('a ticket in HTML', () => {
  // What sanitizers let through of a table is up to them; everything else has to be in their defaults.
  const table = { table: ['border', 'cellspacing', 'cellpadding'] }
  const allowedAttributes = { ...sanitizeHtml.defaults.allowedAttributes, ...table }

  it.each(cases)('is left alone by a sanitizer: %s %s %s', (name, language, template) => {
    const { source } = ticket(name, language, 'html', template)
    const clean = sanitizeHtml(source, { allowedAttributes })
    // It closes `<br>` and writes a quote as it is: the same to every browser.
    expect(clean.replaceAll('<br />', '<br>')).toBe(source.replaceAll('&quot;', '"'))
    expect(readHtml(clean.replaceAll('<br />', '<br>'))).toEqual(readHtml(source))
  })

  it.each(cases)('has the plain text’s words between its tags: %s %s %s', (name, language, template) => {
    const { source, lines, text } = ticket(name, language, 'html', template)
    expect(text).toBe(ticket(name, language, 'plain', template).text)
    const words = (lines ?? []).flatMap(line => {
      if (line.kind === 'blank') return []
      return line.kind === 'table' ? [...line.header, ...line.rows.flat()] : [line.text]
    })
    const kept = sanitizeHtml(source, { allowedTags: [] })
    expect(kept.replaceAll('\n', '')).toBe(sanitizeHtml(words.join('')))
  })
})

const raw = {
  line: { today: 1_289_748, with: 4_492_099, without: 3_202_351, days: [2_415_919, 786_432, 0, 100, 52_428] },
  group: { today: 5_242_880, with: null, without: null, days: null },
  blacklisted: { today: 100, with: 400, without: 600, days: [100, 200, 300] },
  unknown: { today: 0, with: 3_202_351, without: 3_202_351, days: [2_415_919, 786_432, 0, 100, 52_428] },
  'no-data': { today: null, with: null, without: null, days: [2048, null, 300] },
} as const

const answeredNames = Object.keys(raw) as readonly (keyof typeof raw)[]
const dates = ['2026-11-22', '2026-11-21', '2026-11-20', '2026-11-19', '2026-11-18']
const cell = (kb: number | null) => (kb === null ? '' : String(kb))

describe.each(languages)('figures for programs, in %s', language => {
  const { columns, kind, state } = ticketWords[language]

  const row = (name: TicketCase) => {
    const [header, values, ...more] = readCsv(ticket(name, language, 'csv').text)
    expect(more).toEqual([])
    expect(values?.cells).toHaveLength(header?.cells.length ?? 0)
    return new Map(header?.cells.map((column, at) => [column, values?.cells[at]]))
  }

  it.each(answeredNames)('are raw KB in the CSV of the case %s', name => {
    const { today, days, ...sums } = raw[name]
    const cells = row(name)
    expect(cells.get(columns.today)).toBe(cell(today))
    expect(cells.get(columns.withToday)).toBe(cell(sums.with))
    expect(cells.get(columns.withoutToday)).toBe(cell(sums.without))
    const byDay = [...cells].filter(([column]) => /^\d/.test(column))
    expect(byDay.map(([column, value]) => [column.slice(0, 10), value])).toEqual(
      (days ?? []).map((kb, at) => [dates[at], cell(kb)]),
    )
    expect(cells.get(columns.number)).toBe(name === 'group' ? 'AAA0_00000000001' : '090-1234-5678')
    expect(cells.get(columns.kind)).toBe(kind[name === 'group' ? 'group' : 'line'])
    expect(cells.get(columns.label)).toBe(name === 'group' ? '営業部（東京）' : '山田 太郎')
    expect(cells.get(columns.resultCode)).toBe('100')
    expect(cells.get(columns.failure)).toBe('')
    expect(cells.get(columns.asOf)).toBe('2026-11-23 13:05')
    expect(cells.get(columns.askedAt)).toBe('2026-11-23 13:04')
    expect(cells.get(columns.agent)).toBe('sato')
  })

  it('tell unknown from no in a CSV', () => {
    expect(row('line').get(columns.state)).toBe(state['not-listed'])
    expect(row('blacklisted').get(columns.state)).toBe(state.listed)
    expect(row('unknown').get(columns.state)).toBe(state.unknown)
    expect(row('failed').get(columns.state)).toBe('')
  })

  it('are absent from the CSV of a failure, which names it', () => {
    const cells = row('failed')
    for (const column of ['state', 'asOf', 'today', 'withToday', 'withoutToday'] as const) {
      expect(cells.get(columns[column])).toBe('')
    }
    expect(cells.get(columns.resultCode)).toBe('211')
    expect(cells.get(columns.failure)).toMatch(/照会できない|can’t be looked up/)
  })

  it.each(answeredNames)('are raw KB in the JSON of the case %s', name => {
    const { today, days, ...sums } = raw[name]
    const blacklist = { blacklisted: 'listed', unknown: 'unknown' }[name as string] ?? 'not-listed'
    expect(JSON.parse(ticket(name, language, 'json').text)).toEqual({
      number: name === 'group' ? 'AAA0_00000000001' : '090-1234-5678',
      kind: name === 'group' ? 'group' : 'line',
      label: name === 'group' ? '営業部（東京）' : '山田 太郎',
      askedAt: '2026-11-23T13:04:59.000+09:00',
      agent: 'sato',
      resultCode: '100',
      message: 'OK',
      asOf: '2026-11-23T13:05:00.000+09:00',
      blacklist,
      todayKb: today,
      threeDaysWithTodayKb: sums.with,
      threeDaysWithoutTodayKb: sums.without,
      days: days?.map((kb, at) => ({ date: dates[at], kb })) ?? null,
    })
  })

  it('are absent from the JSON of a failure, which names it by its code', () => {
    expect(JSON.parse(ticket('failed', language, 'json').text)).toEqual({
      number: '090-1234-5678',
      kind: 'line',
      label: '山田 太郎',
      askedAt: '2026-11-23T13:04:59.000+09:00',
      agent: 'sato',
      resultCode: '211',
      message: 'NG',
      failure: 'ACCOUNT_STATUS',
      what:
        language === 'ja'
          ? 'この回線は照会できない状態です'
          : 'This line is in a state that can’t be looked up',
    })
  })
})
