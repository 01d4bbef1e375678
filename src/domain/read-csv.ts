import Papa from 'papaparse'
import { readCell } from './csv.ts'
import { BROKEN } from './decode-text.ts'

/** Why a row of a file can't be taken as it is. */
export type RowProblem = 'BROKEN_TEXT' | 'UNCLOSED_QUOTE' | 'CELLS'

export interface CsvRow {
  /** The line it starts on, counted as an editor does. */
  readonly line: number
  readonly cells: readonly string[]
  readonly problem: RowProblem | null
}

/**
 * A row with an open quote is read up to this length. If the quote is still open then, it was not meant as
 * one.
 */
const LONGEST_CELL = 2_000
/**
 * Reads CSV (RFC 4180) with commas, semicolons or tabs; empty lines are left out. A broken row is returned
 * with its problem and never affects other rows. Linear in the text.
 *
 * @param oneLineColumns how many of the first columns never hold a line end
 */
export const readCsv = (source: string, oneLineColumns = 0): readonly CsvRow[] => [
  ...csvRows(source, oneLineColumns),
]

/** The same row by row, for who reads a long file with pauses. */
export function* csvRows(source: string, oneLineColumns = 0): Generator<CsvRow, undefined> {
  const lines = source.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  const given = /^sep=(.)$/.exec(lines[0] ?? '')?.[1]
  const delimiter = given ?? delimiterOf(lines.find(line => line.trim() !== '') ?? '')
  let width: number | null = null
  for (let at = given === undefined ? 0 : 1; at < lines.length; ) {
    const { cells, count, isBroken } = rowAt(lines, at, delimiter, oneLineColumns)
    const line = at + 1
    at += count
    const used = cells.findLastIndex(cell => cell.trim() !== '') + 1
    if (used === 0) continue
    width ??= cells.length
    yield {
      line,
      cells: cells.map(readCell),
      problem: isBroken
        ? 'UNCLOSED_QUOTE'
        : cells.some(cell => cell.includes(BROKEN) || cell.includes('\0'))
          ? 'BROKEN_TEXT'
          : cells.length < width || used > width
            ? 'CELLS'
            : null,
    }
  }
}

/**
 * Reads the row that begins on a line, and counts its lines. A row with broken quotes is that one line only.
 */
function rowAt(
  lines: readonly string[],
  at: number,
  delimiter: string,
  oneLineColumns: number,
): { readonly cells: readonly string[]; readonly count: number; readonly isBroken: boolean } {
  const first = lines[at] ?? ''
  let text = first
  let count = 1
  // Quotes come in pairs: while one is open the row goes on.
  let quotes = quotesIn(first)
  while (quotes % 2 === 1 && text.length < LONGEST_CELL && at + count < lines.length) {
    const next = lines[at + count] ?? ''
    text += `\n${next}`
    quotes += quotesIn(next)
    count++
  }
  const row = cellsOf(text, delimiter)
  const isWhole =
    !row.isBroken && row.cells.slice(0, oneLineColumns).every(cell => !cell.trim().includes('\n'))
  return isWhole
    ? { cells: row.cells, count, isBroken: false }
    : { cells: cellsOf(first, delimiter).cells, count: 1, isBroken: true }
}

const quotesIn = (line: string): number => line.split('"').length - 1

function cellsOf(
  row: string,
  delimiter: string,
): { readonly cells: readonly string[]; readonly isBroken: boolean } {
  const { data, errors } = Papa.parse<readonly string[]>(row, { delimiter, newline: '\n' })
  return { cells: data[0] ?? [], isBroken: errors.some(({ type }) => type === 'Quotes') }
}

/**
 * The first column is a number or its heading, and neither holds a separator. So the first separator outside
 * quotes is the one that the file uses.
 */
function delimiterOf(line: string): string {
  return /[,\t;]/.exec(line.replace(/"[^"]*"?/g, ''))?.[0] ?? ','
}
