import type { Block } from './lines.ts'

/** How a line-based markup language begins its lines, and how it is kept from reading a text as markup. */
export interface Marks {
  readonly heading: string
  readonly item: string
  /** The row of a table's headings, from texts that are escaped. */
  readonly header: (cells: readonly string[]) => string
  readonly escaped: (text: string) => string
}

/** Writes a block in such a language; what has no mark of its own is text. */
export const marked =
  ({ heading, item, header, escaped }: Marks) =>
  (block: Block): string => {
    switch (block.kind) {
      case 'heading':
        return heading + escaped(block.text)
      case 'paragraph':
        return block.lines.map(escaped).join('\n')
      case 'list':
        return block.lines.map(line => item + escaped(line)).join('\n')
      case 'table':
        return [
          header(block.header.map(escaped)),
          ...block.rows.map(cells => `|${cells.map(escaped).join('|')}|`),
        ].join('\n')
      case 'code':
        return escaped(block.text)
    }
  }
