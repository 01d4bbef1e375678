import Mustache from 'mustache'
import { dataSize, limitSize, rawKb, roughSize } from '../domain/data-size.ts'
import { japanMinute } from '../domain/traffic.ts'
import { customerWords } from './customer-words.ts'
import type { TicketFacts } from './facts.ts'
import { type Line, oneLine, type Table } from './lines.ts'
import { type Condition, mentions, type Placeholder, withoutMarks } from './template-language.ts'
import { ticketWords } from './words.ts'

/** The value of a placeholder: a text, a size or a block. `converted` says that it was converted from KB. */
type Value =
  | string
  | { readonly size: string; readonly converted: boolean }
  | { readonly block: 'days' | 'rawReply'; readonly converted: boolean }

// Noncharacters, which `oneLine` takes out of every text: nothing from outside can hold them.
const VALUE = '\ufdd0'
const CONVERTED = '\ufdd3'
const BLOCK = { days: '\ufdd1', rawReply: '\ufdd2' } as const

/** The kind of line that its first character stands for. A mark with nothing after it makes no line. */
const kinds: Readonly<Record<string, 'heading' | 'item'>> = { '#': 'heading', '-': 'item' }

/**
 * Fills in a template: the agent's own text, with placeholders and conditions.
 *
 * A line that begins with `# ` is a heading, with `- ` a list item; everything else is text, whatever the format, and
 * so is every value. `{{days}}` or `{{rawReply}}` alone on a line becomes a table or a block. Where a converted figure
 * was used, a line below it names the base; figures of the demo begin by saying so.
 *
 * @throws where `templateProblems` finds a broken template
 */
export function fillTemplate(template: string, facts: TicketFacts): readonly Line[] {
  const { lines, lastConverted } = filled(template, facts)
  const words = ticketWords[facts.language]
  const noted = [...lines]
  if (lastConverted >= 0) {
    // Put the base below the last converted figure, at the next blank line, before any text that follows.
    const gap = noted.findIndex((line, at) => at > lastConverted && line.kind === 'blank')
    noted.splice(gap < 0 ? noted.length : gap, 0, { kind: 'text', text: words.base(facts.kbBase) })
  }
  const whole = trimmed(noted)
  return [
    ...(facts.isDemo ? [{ kind: 'text', text: words.demo } as const] : []),
    ...(whole.length > 0 ? dateOf(template, facts) : []),
    ...whole,
  ]
}

/** The template's own lines, with no line about the base, the demo or the day. Throws like `fillTemplate`. */
export const filledLines = (template: string, facts: TicketFacts): readonly Line[] =>
  trimmed(filled(template, facts).lines)

/** `lastConverted` is the place of the last line with a converted figure; -1 for none. */
function filled(
  template: string,
  facts: TicketFacts,
): { readonly lines: readonly Line[]; readonly lastConverted: number } {
  const words = ticketWords[facts.language]
  const text = Mustache.render(
    withoutMarks(template),
    valuesOf(facts),
    {},
    {
      escape: (value: Value) => {
        // Each line of a value is marked, so that none of them becomes a heading or an item.
        if (typeof value === 'string') return VALUE + value.replaceAll('\n', `\n${VALUE}`)
        return (
          ('block' in value ? BLOCK[value.block] : VALUE + value.size) + (value.converted ? CONVERTED : '')
        )
      },
    },
  )
  const table = tableOf(facts)
  const daysInLine = table?.rows.map(row => row.join(' ')).join(', ') ?? words.noData
  const reply = facts.rawReply ?? (facts.rawReply === null ? words.noReply : words.replyNotKept)
  let lastConverted = -1
  const lines: Line[] = []
  for (const line of text.split(/\r\n|\r|\n/)) {
    lines.push(...linesFrom(line.replaceAll(CONVERTED, '').trim()))
    if (line.includes(CONVERTED)) lastConverted = lines.length - 1
  }
  function linesFrom(given: string): readonly Line[] {
    if (given === BLOCK.days) return [table ?? { kind: 'text', text: words.noDays(facts.kind) }]
    if (given === BLOCK.rawReply) return [{ kind: 'code', text: reply }]
    const [, mark = '', rest = ''] = /^([#-](?=\s|$))?(.*)$/s.exec(given) ?? []
    const written = oneLine(
      rest.replaceAll(BLOCK.days, () => daysInLine).replaceAll(BLOCK.rawReply, () => reply),
    )
    if (written === '') return mark === '' ? [{ kind: 'blank' }] : []
    return [{ kind: kinds[mark] ?? 'text', text: written }]
  }
  return { lines, lastConverted }
}

/**
 * Dates the figures above the ticket if they are of another day and the template has no `ofToday` condition.
 */
function dateOf(template: string, { language, outcome }: TicketFacts): readonly Line[] {
  if (!outcome.ok || outcome.isOfToday || mentions(template, 'ofToday')) return []
  const words = ticketWords[language]
  return [{ kind: 'text', text: words.ofAnotherDay(words.asOf(outcome)) }]
}

/** No blank line at either end, and never two in a row. */
function trimmed(lines: readonly Line[]): readonly Line[] {
  const kept = lines.filter((line, at) => line.kind !== 'blank' || lines[at - 1]?.kind !== 'blank')
  const from = kept[0]?.kind === 'blank' ? 1 : 0
  return kept.slice(from, kept.at(-1)?.kind === 'blank' ? -1 : undefined)
}

function tableOf(facts: TicketFacts): Table | null {
  const { outcome } = facts
  if (!outcome.ok || outcome.days === null) return null
  const words = ticketWords[facts.language]
  const rows = outcome.days.map(
    ({ kb, ...day }) => [words.dayBefore(day), kb === null ? words.noData : sizeOf(kb, facts).size] as const,
  )
  return {
    kind: 'table',
    caption: words.days,
    header: [words.date, words.usage],
    rows,
    sentence: words.byDay(rows.map(row => row.join(' '))),
  }
}

function sizeOf(kb: number, facts: Pick<TicketFacts, 'rawKb' | 'kbBase' | 'isRough' | 'language'>) {
  if (facts.rawKb) return { size: rawKb(kb), converted: false }
  if (facts.isRough)
    return { size: customerWords[facts.language].about(roughSize(kb, facts.kbBase)), converted: false }
  const { text, converted } = dataSize(kb, facts.kbBase)
  return { size: text, converted }
}

/** The value of each placeholder and condition. A null prints nothing and counts as false. */
function valuesOf(
  facts: TicketFacts,
): Readonly<Record<Placeholder, Value | null> & Record<Condition, boolean>> {
  const { outcome, carrier, rules } = facts
  const words = ticketWords[facts.language]
  const size = (kb: number | null) => (kb === null ? words.noData : sizeOf(kb, facts))
  const limit = (kb: number | null) => (kb === null ? null : limitSize(kb, facts.kbBase))
  const answered = outcome.ok ? outcome : null
  const days = answered?.days ?? null
  return {
    number: facts.number,
    maskedNumber: facts.maskedNumber,
    kind: words.kind[facts.kind],
    label: facts.label,
    note: facts.note,
    message: facts.message,
    dayLimit: limit(rules.dayKb),
    threeDayLimit: limit(rules.threeDays?.kb ?? null),
    liftedWhen: rules.liftedWhen,
    state: answered && words.state[answered.blacklist],
    today: answered && size(answered.todayKb),
    day: answered && words.reportDay(answered.day),
    asOf: answered && words.asOf(answered),
    sumWithToday: answered && size(answered.sums.withToday),
    sumWithoutToday: answered && size(answered.sums.withoutToday),
    total: answered && size(answered.window.total),
    average: answered && size(answered.window.average),
    peak: answered && size(answered.window.peak),
    days: answered && {
      block: 'days',
      converted: days?.some(({ kb }) => kb !== null && sizeOf(kb, facts).converted) ?? false,
    },
    askedAt: `${japanMinute(facts.askedAt)} JST`,
    agent: facts.agent,
    resultCode: carrier?.resultCode ?? null,
    carrierMessage: carrier?.message ?? null,
    rawReply: { block: 'rawReply', converted: false },
    failure: outcome.ok ? null : outcome.title,
    answered: outcome.ok,
    failed: !outcome.ok,
    line: facts.kind === 'line',
    group: facts.kind === 'group',
    blacklisted: answered?.blacklist === 'listed',
    unknownState: answered?.blacklist === 'unknown',
    hasDays: days !== null,
    ofToday: answered?.isOfToday ?? false,
    overDayLimit: answered?.isOverDayLimit ?? false,
    overThreeDayLimit: answered?.isOverThreeDayLimit ?? false,
  }
}
