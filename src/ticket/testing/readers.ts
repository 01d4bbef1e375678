import { type Node, Parser } from 'commonmark'
import textile from 'textile-js'
import type { TicketFormat } from '../presets.ts'

/** A ticket as the system it is pasted into would show it. */
export interface Reading {
  /** What it is made of, in order: blocks, and every mark inside a line. */
  readonly structure: readonly string[]
  /** What a person sees, line by line; a table's row is its cells with a space between. */
  readonly lines: readonly string[]
}

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')

/** Markdown, by the reference implementation. */
export function readMarkdown(source: string): Reading {
  const structure: string[] = []
  let text = ''
  const walker = new Parser().parse(source).walker()
  for (let step = walker.next(); step !== null; step = walker.next()) {
    const { node, entering } = step
    if (entering) {
      // An escape splits a text in two nodes.
      if (node.type !== 'text') structure.push(named(node))
      text += node.literal ?? ''
    }
    if (['linebreak', 'softbreak'].includes(node.type) || (!entering && node.type !== 'document'))
      text += '\n'
  }
  return { structure, lines: linesOf(text) }
}

const named = ({ type, level }: Node): string => (type === 'heading' ? `heading ${level}` : type)

const TAG = /<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*)?)>/g
const INLINE_TAG = /^(?:span|acronym|a|b|i|em|strong|del|ins|sub|sup|cite|code|img)$/

/** HTML, as a browser would show it but for the style. */
export function readHtml(source: string): Reading {
  const structure: string[] = []
  const text = source
    .replace(/[\n\t]+(?=<)/g, '')
    .replace(TAG, (_tag, closing: string, name: string, given: string) => {
      // Textile puts capitals in a span to make them smaller; that is no markup of the ticket, so skip it.
      if (name !== 'span')
        structure.push([closing + name, ...(given.match(/(?<=\s)[a-z]+(?==)/g) ?? [])].join(' '))
      if (name === 'td' || name === 'th') return closing === '/' ? ' ' : ''
      return INLINE_TAG.test(name) ? '' : '\n'
    })
  // Anything left that a browser could still read as a tag.
  for (const [stray] of text.matchAll(/<.?/g)) structure.push(stray)
  return { structure, lines: linesOf(withoutReferences(text)) }
}

const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

/** Character references, with or without their semicolon, as browsers read them. */
const withoutReferences = (text: string): string =>
  text.replace(/&#(\d+);?|&([a-z]+);/g, (whole, code: string | undefined, name: string | undefined) =>
    code === undefined ? (names[name ?? ''] ?? whole) : String.fromCodePoint(Number(code)),
  )

/** Textile, by the one parser for it on npm. */
export const readTextile = (source: string): Reading => readHtml(textile(source))

// From the help page: what each line may begin with, and what means something inside one. Bare `mailto:` and `file:`
// are links too, though it does not say so.
const JIRA_BLOCKS: readonly (readonly [string, RegExp])[] = [
  ['heading', /^\s*h[1-6]\.(?=\s|$)\s*/],
  ['quote', /^\s*bq\.(?=\s|$)\s*/],
  ['ruler', /^\s*----+\s*$/],
  ['item', /^\s*(?:[*#]+|-+)\s+/],
]
const edged = (mark: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}])${mark}(?=\\S).*?(?<=\\S)${mark}(?![\\p{L}\\p{N}])`, 'u')
const JIRA_MARKS: readonly (readonly [string, RegExp])[] = [
  ...['\\*', '_', '\\?\\?', '-', '\\+', '\\^', '~'].map(mark => [`phrase ${mark}`, edged(mark)] as const),
  ['macro', /\{[^{}\s][^{}]*\}/],
  ['code', /\{\{.*\}\}/],
  ['link', /\[[^\]]+\]/],
  ['address', /[a-z]+:\/\/|(?:mailto|file):\S|\S+@\S+/i],
  ['picture', /![^\s!]+!/],
  ['break', /\\\\/],
  ['escape', /\\[^A-Za-z0-9\s]/],
  ['dash', /(?<=^|\s)---?(?=\s|$)/],
  ['cell', /\|/],
  ['face', /[:;]-?\)|:-?\(|:[PDp](?![A-Za-z0-9])|\((?:[ynix/!+?*-]|\*[rgby]|on|off|flag|flagoff)\)/],
]

/** Jira Data Center's wiki markup, as its help page has it. It runs on text with references in it, and keeps those. */
export const readJira = (source: string): Reading =>
  read(source, line => {
    if (/^\s*\|/.test(line)) {
      const isHeader = line.startsWith('||')
      const cells = line
        .trim()
        .replace(/^\|+|\|+$/g, '')
        .split(/\|+/)
      return {
        block: `${isHeader ? 'header' : 'row'} of ${cells.length}`,
        marks: cells.flatMap(jiraMarks),
        text: cells.map(withoutReferences).join(' '),
      }
    }
    const [block, start] = JIRA_BLOCKS.find(([, begins]) => begins.test(line)) ?? ['text', /^/]
    const inner = line.replace(start, '')
    return { block, marks: jiraMarks(inner), text: withoutReferences(inner) }
  })

function jiraMarks(text: string): readonly string[] {
  // `;)` is a face only where the semicolon does not end a reference.
  const seen = text.replace(/&#\d+;/g, '\u0001')
  return JIRA_MARKS.filter(([, mark]) => mark.test(seen)).map(([name]) => name)
}

const BACKLOG_BLOCKS: readonly (readonly [string, RegExp])[] = [
  ['heading', /^\*+\s*/],
  ['item', /^-+\s*/],
  ['number', /^\++\s*/],
  ['quote', /^>\s*/],
]
const BACKLOG_MARKS: readonly (readonly [string, RegExp])[] = [
  ['phrase', /''/],
  ['struck', /%%/],
  ['link', /\[\[/],
  ['box', /^\[[ x]\]/],
  ['macro', /\{\/?(?:code|quote)/],
  ['function', /[&#](?:color|br|image|thumbnail|attach|contents|rev)/],
  ['cell', /\|/],
]

/** Backlog's notation, as its help page has it: a backslash makes the next mark a character. */
export const readBacklog = (source: string): Reading =>
  read(source, line => {
    // No text holds a control character, so one can replace each escaped character while marks are searched.
    const kept: string[] = []
    const seen = line.replace(/\\([!-/:-@[-`{-~])/g, (_pair, char: string) => {
      kept.push(char)
      return '\u0001'
    })
    const shown = (text: string) => text.replaceAll('\u0001', () => kept.shift() ?? '')
    const marksOf = (text: string) =>
      BACKLOG_MARKS.filter(([, mark]) => mark.test(text)).map(([name]) => name)
    if (seen.startsWith('|')) {
      const cells = seen.replace(/^\||\|h?$/g, '').split('|')
      return {
        block: `${seen.endsWith('h') ? 'header' : 'row'} of ${cells.length}`,
        marks: cells.flatMap(cell => [...marksOf(cell), ...(/^[~>]/.test(cell) ? ['special cell'] : [])]),
        text: cells.map(shown).join(' '),
      }
    }
    const [block, start] = BACKLOG_BLOCKS.find(([, begins]) => begins.test(seen)) ?? ['text', /^/]
    const inner = seen.replace(start, '')
    return { block, marks: marksOf(inner), text: shown(inner) }
  })

function read(
  source: string,
  line: (text: string) => {
    readonly block: string
    readonly marks: readonly string[]
    readonly text: string
  },
): Reading {
  const structure: string[] = []
  const lines: string[] = []
  for (const written of source.split(/\r\n|[\n\r\u0085\u2028\u2029]/)) {
    if (written.trim() === '') {
      structure.push('blank')
      continue
    }
    const { block, marks, text } = line(written)
    structure.push(block, ...marks)
    lines.push(text.trim())
  }
  return { structure, lines }
}

/** Plain text has lines and nothing else. */
export const readPlain = (source: string): Reading => ({
  structure: source.split(/\r\n|[\p{Cc}\u2028\u2029]/u).map(() => 'line'),
  lines: linesOf(source),
})

/** Every format that a template shapes. */
export const readers = {
  plain: readPlain,
  markdown: readMarkdown,
  html: readHtml,
  jira: readJira,
  textile: readTextile,
  backlog: readBacklog,
} as const satisfies Partial<Record<TicketFormat, (source: string) => Reading>>

export type ReadFormat = keyof typeof readers

export const readFormats = Object.keys(readers) as readonly ReadFormat[]
