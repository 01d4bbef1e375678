import type { TicketFormat } from './presets.ts'

/** The recent days, or another list of two columns, with the words that say the same on one line. */
export interface Table {
  readonly kind: 'table'
  readonly caption: string
  readonly header: readonly [string, string]
  readonly rows: readonly (readonly [string, string])[]
  /** The same in one line, for formats without tables. */
  readonly sentence: string
}

/** A line of a ticket before it is written in a format: its kind and its text, which holds no line break. */
export type Line =
  | { readonly kind: 'heading' | 'text' | 'item' | 'code'; readonly text: string }
  | { readonly kind: 'blank' }
  | Table

/**
 * Neighbouring lines joined to one unit of a markup language: a heading, a paragraph, a list, a table or
 * code.
 */
export type Block =
  | { readonly kind: 'heading' | 'code'; readonly text: string }
  | { readonly kind: 'paragraph' | 'list'; readonly lines: readonly string[] }
  | Table

/** Joins neighbouring lines of text to paragraphs and items to lists; a blank line parts them. */
export function blocksOf(lines: readonly Line[]): readonly Block[] {
  const blocks: Block[] = []
  let isOpen = false
  for (const line of lines) {
    if (line.kind === 'text' || line.kind === 'item') {
      const kind = line.kind === 'text' ? 'paragraph' : 'list'
      const last = isOpen ? blocks.at(-1) : undefined
      if (last?.kind === kind) blocks.splice(-1, 1, { kind, lines: [...last.lines, line.text] })
      else blocks.push({ kind, lines: [line.text] })
    } else if (line.kind === 'table') blocks.push(line)
    else if (line.kind !== 'blank') blocks.push({ kind: line.kind, text: line.text })
    isOpen = line.kind !== 'blank'
  }
  return blocks
}

/** Writes a table for formats that have none: its caption, and a list of `day: size`. */
export const listed = ({ caption, rows }: Table): readonly [Block, Block] => [
  { kind: 'paragraph', lines: [caption] },
  { kind: 'list', lines: rows.map(cells => cells.join(': ')) },
]

/**
 * The blocks that a format can write: not every format has tables, or a block in which nothing can be markup.
 */
export function blocksAs(format: TicketFormat, lines: readonly Line[]): readonly Block[] {
  return blocksOf(lines).flatMap(block => {
    if (block.kind === 'table') return format === 'markdown' ? listed(block) : [block]
    return block.kind === 'code' && UNFENCED.has(format)
      ? [{ kind: 'paragraph', lines: [block.text] }]
      : [block]
  })
}

/** Formats whose code block could be closed by a text from outside, so they get a paragraph instead. */
const UNFENCED: ReadonlySet<TicketFormat> = new Set(['jira', 'textile', 'backlog'])

// Line ends of every kind, other control characters and runs of plain spaces; an ideographic space stays.
const SPACE = /[\p{Cc}\u2028\u2029 ]+/gu
// Characters that change the direction of the text around them (digits too), and noncharacters.
const UNSEEN = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufffe\uffff]/g

/** Any text as one line that can not reorder or break what stands around it. */
export const oneLine = (text: string): string =>
  text.toWellFormed().replace(UNSEEN, '').replace(SPACE, ' ').trim()
