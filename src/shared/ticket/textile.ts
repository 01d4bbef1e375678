import { withReferences } from './character-references.ts'
import { type Block, blocksAs, type Line } from './lines.ts'

/** Textile, as Redmine before 5.1 takes it. https://www.redmine.org/projects/redmine/wiki/RedmineTextFormattingTextile */
export const textileTicket = (lines: readonly Line[]): string =>
  blocksAs('textile', lines).map(block).join('\n\n')

function block(it: Block): string {
  switch (it.kind) {
    case 'heading':
      return `h3. ${withReferences(it.text)}`
    case 'paragraph':
      return it.lines.map(withReferences).join('\n')
    case 'list':
      return it.lines.map(line => `* ${withReferences(line)}`).join('\n')
    case 'table':
      return [
        `|${it.header.map(cell => `_. ${withReferences(cell)}`).join('|')}|`,
        ...it.rows.map(cells => `|${cells.map(withReferences).join('|')}|`),
      ].join('\n')
    case 'code':
      return withReferences(it.text)
  }
}
