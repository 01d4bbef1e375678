import type { Line } from './lines.ts'

/** So few days are read at a glance; more stand one a line. */
const IN_ONE_LINE = 3

/** Plain text, one fact a line, for any ticket system. Nothing in it is markup, so nothing is escaped. */
export const plainTicket = (lines: readonly Line[]): string => lines.map(written).join('\n')

function written(line: Line): string {
  switch (line.kind) {
    case 'blank':
      return ''
    case 'table':
      return line.rows.length <= IN_ONE_LINE
        ? line.sentence
        : [`${line.caption}:`, ...line.rows.map(cells => `- ${cells.join(' ')}`)].join('\n')
    case 'item':
      return `- ${line.text}`
    case 'heading':
    case 'text':
    case 'code':
      return line.text
  }
}
