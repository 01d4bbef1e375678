import { type Block, blocksOf, type Line } from './lines.ts'

/** Backlog's own notation. https://support-ja.backlog.com/hc/ja/articles/360035641594 */
export const backlogTicket = (lines: readonly Line[]): string => blocksOf(lines).map(block).join('\n\n')

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
      // Nothing can be escaped inside {code}: what came from outside could end it.
      return escaped(it.text)
  }
}

// A backslash takes a character's meaning. `*`, `+`, `-` and `>` mean something at the start of a line or cell alone.
const INLINE = /[\\'%{}[\]|#&~]/g
const START = /^[*+\->]/

const escaped = (text: string): string => text.replace(INLINE, '\\$&').replace(START, '\\$&')
