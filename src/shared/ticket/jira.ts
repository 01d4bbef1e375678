import { withReferences } from './character-references.ts'
import { type Block, blocksAs, type Line } from './lines.ts'

/** Jira Data Center's wiki markup. https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all */
export const jiraTicket = (lines: readonly Line[]): string => blocksAs('jira', lines).map(block).join('\n\n')

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
        `||${it.header.map(withReferences).join('||')}||`,
        ...it.rows.map(cells => `|${cells.map(withReferences).join('|')}|`),
      ].join('\n')
    case 'code':
      return withReferences(it.text)
  }
}
