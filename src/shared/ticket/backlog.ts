import { type Block, blocksAs, type Line } from './lines.ts'

/** Backlog's own notation. https://support-ja.backlog.com/hc/ja/articles/360035641594 */
export const backlogTicket = (lines: readonly Line[]): string =>
  blocksAs('backlog', lines).map(block).join('\n\n')

function block(it: Block): string {
  switch (it.kind) {
    case 'heading':
      return `*** ${escaped(it.text)}`
    case 'paragraph':
      return it.lines.map(escaped).join('\n')
    case 'list':
      return it.lines.map(line => `- ${escaped(line)}`).join('\n')
    case 'table':
      return [
        `|${it.header.map(escaped).join('|')}|h`,
        ...it.rows.map(cells => `|${cells.map(escaped).join('|')}|`),
      ].join('\n')
    case 'code':
      return escaped(it.text)
  }
}

// A backslash takes a mark's meaning. Brackets, quotes and percent signs are marks in pairs; `*`, `+`, `-`, `>` and a box
// at the start of a line or cell alone.
const INLINE = /[\\{}|#&~]|(['%[\]])(?=\1)|(?<=(['%[\]]))\2/g
const START = /^(?:[*+\->]|\[(?=[ x]\]))/

const escaped = (text: string): string => text.replace(INLINE, '\\$&').replace(START, '\\$&')
