import { type Block, blocksOf, type Line } from './lines.ts'

/** Rich text for systems that take a paste of HTML: the plainest elements, so that every sanitizer leaves them alone. */
export const htmlTicket = (lines: readonly Line[]): string => blocksOf(lines).map(block).join('\n')

function block(it: Block): string {
  switch (it.kind) {
    case 'heading':
      return `<h3>${escaped(it.text)}</h3>`
    case 'paragraph':
      return `<p>${it.lines.map(escaped).join('<br>')}</p>`
    case 'list':
      return `<ul>${it.lines.map(line => `<li>${escaped(line)}</li>`).join('')}</ul>`
    case 'table':
      // Mail programs draw no lines of their own.
      return `<table border="1" cellspacing="0" cellpadding="4"><thead>${row('th', it.header)}</thead><tbody>${it.rows.map(cells => row('td', cells)).join('')}</tbody></table>`
    case 'code':
      return `<pre>${escaped(it.text)}</pre>`
  }
}

const row = (cell: 'th' | 'td', cells: readonly string[]): string =>
  `<tr>${cells.map(text => `<${cell}>${escaped(text)}</${cell}>`).join('')}</tr>`

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escaped = (text: string): string => text.replace(/[&<>"']/g, char => entities[char] ?? char)

/** A ticket under its chart, for a paste into mail. `png` is base64. */
export const htmlWithChart = (html: string, png: string, words: string): string =>
  `<p><img alt="${escaped(words)}" src="data:image/png;base64,${png}"></p>\n${html}`
