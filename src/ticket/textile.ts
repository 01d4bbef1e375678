import { withReferences } from './character-references.ts'
import { blocksAs, type Line } from './lines.ts'
import { marked } from './markup.ts'

const block = marked({
  heading: 'h3. ',
  item: '* ',
  header: cells => `|${cells.map(cell => `_. ${cell}`).join('|')}|`,
  escaped: withReferences,
})

/** Textile, as Redmine before 5.1 takes it. https://www.redmine.org/projects/redmine/wiki/RedmineTextFormattingTextile */
export const textileTicket = (lines: readonly Line[]): string =>
  blocksAs('textile', lines).map(block).join('\n\n')
