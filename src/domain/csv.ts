const BOM = '\uFEFF'
/** A cell that starts like this is a formula to a spreadsheet (OWASP, CSV injection), or was one before an apostrophe. */
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/

/**
 * Rows as CSV for a Japanese Excel, piece by piece: UTF-8 with a BOM, CR LF. A cell is quoted where a reader could take a
 * part of it for a separator, and made text by a leading apostrophe where a spreadsheet would run it.
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
