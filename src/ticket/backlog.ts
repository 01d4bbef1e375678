import { blocksAs, type Line } from './lines.ts'
import { marked } from './markup.ts'

// A backslash makes a mark plain text. Brackets, quotes and percent signs are marks only in pairs; `*`, `+`,
// `-`, `>` and a checkbox only at the start of a line or cell.
const INLINE = /[\\{}|#&~]|(['%[\]])(?=\1)|(?<=(['%[\]]))\2/g
const START = /^(?:[*+\->]|\[(?=[ x]\]))/

const escaped = (text: string): string => text.replace(INLINE, '\\$&').replace(START, '\\$&')

const block = marked({
  heading: '*** ',
  item: '- ',
  header: cells => `|${cells.join('|')}|h`,
  escaped,
})

/** Backlog's own notation. https://support-ja.backlog.com/hc/ja/articles/360035641594 */
export const backlogTicket = (lines: readonly Line[]): string =>
  blocksAs('backlog', lines).map(block).join('\n\n')
