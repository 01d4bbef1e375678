import type { Line } from './lines.ts'

/** Plain text, one fact a line, for any ticket system. Nothing in it is markup, so nothing is escaped. */
export const plainTicket = (lines: readonly Line[]): string => lines.map(written).join('\n')

function written(line: Line): string {
  switch (line.kind) {
    case 'blank':
      return ''
    case 'table':
      return line.sentence
    case 'item':
      return `- ${line.text}`
    case 'heading':
    case 'text':
    case 'code':
      return line.text
  }
}
