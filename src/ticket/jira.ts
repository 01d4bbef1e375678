import { withReferences } from './character-references.ts'
import { blocksAs, type Line } from './lines.ts'
import { marked } from './markup.ts'

const block = marked({
  heading: 'h3. ',
  item: '* ',
  header: cells => `||${cells.join('||')}||`,
  escaped: withReferences,
})

/** Jira Data Center's wiki markup. https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all */
export const jiraTicket = (lines: readonly Line[]): string => blocksAs('jira', lines).map(block).join('\n\n')
