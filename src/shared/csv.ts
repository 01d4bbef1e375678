const BOM = '\uFEFF'
/** A cell that starts like this is a formula to a spreadsheet (OWASP, CSV injection), or was one before an apostrophe. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/

/**
 * Rows as CSV for a Japanese Excel: UTF-8 with a BOM, CR LF, every cell quoted where it has to be. A cell that a
 * spreadsheet would run is made text by a leading apostrophe.
 */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return BOM + rows.map(row => `${row.map(cell).join(',')}\r\n`).join('')
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** What stands outside quotes in the first line, which may end inside none. */
function firstLineOf(source: string): string {
  let line = ''
  let isQuoted = false
  for (const char of source) {
    if (char === '"') isQuoted = !isQuoted
    else if (!isQuoted && /[\r\n]/.test(char)) break
    else if (!isQuoted) line += char
  }
  return line
}

/**
 * Reads CSV (RFC 4180): quoted cells may hold commas, quotes and line ends; a BOM, any line end and a missing last one
 * are fine; empty lines are left out. Tabs separate where the first line has them and no comma, as a paste from a
 * spreadsheet does. The apostrophe that `writeCsv` puts before a formula is taken off again.
 *
 * @returns each row with the number of the line it starts on
 */
export function readCsv(
  text: string,
): readonly { readonly line: number; readonly cells: readonly string[] }[] {
  const source = text.startsWith(BOM) ? text.slice(1) : text
  const firstLine = firstLineOf(source)
  const separator = firstLine.includes('\t') && !firstLine.includes(',') ? '\t' : ','
  const rows: { line: number; cells: string[] }[] = []
  let at = 0
  let line = 1
  while (at < source.length) {
    const row = { line, cells: [] as string[] }
    for (;;) {
      let value = ''
      if (source[at] === '"') {
        at++
        for (;;) {
          const end = source.indexOf('"', at)
          const part = source.slice(at, end === -1 ? source.length : end)
          line += part.match(/\r\n|\r|\n/g)?.length ?? 0
          value += part
          at = end === -1 ? source.length : end + 1
          if (source[at] !== '"') break
          value += '"'
          at++
        }
      }
      const from = at
      while (at < source.length && source[at] !== separator && source[at] !== '\n' && source[at] !== '\r')
        at++
      value += source.slice(from, at)
      row.cells.push(value.startsWith("'") && FORMULA.test(value) ? value.slice(1) : value)
      if (source[at] !== separator) break
      at++
    }
    if (source[at] === '\r' && source[at + 1] === '\n') at++
    at++
    line++
    if (row.cells.some(text => text.trim() !== '')) rows.push(row)
  }
  return rows
}
