const BOM = '\uFEFF'
/**
 * Matches a cell that a spreadsheet would run as a formula (OWASP, CSV injection), also behind apostrophes.
 */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/

/**
 * Writes rows as CSV for a Japanese Excel, row by row: UTF-8 with a BOM, CR LF. A cell that holds a
 * separator, a quote or a line end is quoted. A cell that a spreadsheet would run as a formula gets a leading
 * apostrophe, which makes it text.
 */
export function* writeCsv(rows: Iterable<readonly string[]>): Generator<string, undefined> {
  let start = BOM
  for (const row of rows) {
    yield `${start}${row.map(cell).join(',')}\r\n`
    start = ''
  }
}

function cell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text
  return /[",;\t\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A cell as it was before `writeCsv` put an apostrophe before a formula. */
export const readCell = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell
