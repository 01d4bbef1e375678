import { type Block, blocksAs, type Line, listed } from './lines.ts'

/**
 * CommonMark, and nothing beyond it: a table is a list here, because CommonMark has none and every system's own kind
 * of table breaks in another. https://spec.commonmark.org/0.31.2/
 */
export const markdownTicket = (lines: readonly Line[]): string =>
  blocksAs('markdown', lines).map(block).join('\n\n')

function block(it: Block): string {
  switch (it.kind) {
    case 'heading':
      return `### ${escaped(it.text)}`
    case 'paragraph':
      // Two spaces are a hard line break, also where a backslash is none.
      return it.lines.map(escaped).join('  \n')
    case 'list':
      return it.lines.map(line => `- ${escaped(line)}`).join('\n')
    case 'table':
      return listed(it).map(block).join('\n\n')
    case 'code':
      return fenced(it.text)
  }
}

/** A fence longer than any run of backticks inside can not be closed from inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}\n${fence}`
}

// `_` and `~` inside a word are plain, and a group's code is full of them; a hyphen or a dot is markup only at the start.
// `{{` calls a macro in Redmine, and what looks like an address becomes a link in most systems.
const INLINE = /[\\`*[\]<>&|#{}]|:(?=\/\/)|(?<=\bwww)\.|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|~/g
const START = /^(?:[-+=](?=[-+=\s]|$)|\d{1,9}(?=[.)](?:\s|$)))/

/** Escapes a text so that nothing in it is read as markup, wherever it stands. */
function escaped(text: string): string {
  const safe = text.replace(INLINE, '\\$&')
  return safe.replace(START, start => (/\d/.test(start) ? `${start}\\` : `\\${start}`))
}
