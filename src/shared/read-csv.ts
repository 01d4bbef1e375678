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

/** A quoted cell may go on over this many lines; where it does not end by then, its quote was never meant as one. */
const MOST_LINES_A_CELL = 20

/**
 * Reads CSV (RFC 4180) with commas, semicolons or tabs; empty lines are left out. What is broken is one row with its
 * problem, and never takes other rows with it. Linear in the text.
 *
 * @param isRowStart whether a first cell begins a row of its own, so that a quote left open before it does not swallow it
 */
export function readCsv(
  source: string,
  isRowStart: (cell: string) => boolean = () => false,
): readonly CsvRow[] {
  const lines = source.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)
  const delimiter = delimiterOf(lines.find(line => line.trim() !== '') ?? '')
  const rows: CsvRow[] = []
  let width: number | null = null
  for (let at = 0; at < lines.length; ) {
    const { cells, count, isBroken } = rowAt(lines, at, delimiter, isRowStart)
    const line = at + 1
    at += count
    const used = cells.findLastIndex(cell => cell.trim() !== '') + 1
    if (used === 0) continue
    width ??= cells.length
    rows.push({
      line,
      cells: cells.map(readCell),
      problem: isBroken
        ? 'UNCLOSED_QUOTE'
        : cells.some(cell => cell.includes(BROKEN) || cell.includes('\0'))
          ? 'BROKEN_TEXT'
          : cells.length < width || used > width
            ? 'CELLS'
            : null,
    })
  }
  return rows
}

/** The row that begins on a line, and how many lines it takes; where its quotes are broken it takes the one. */
function rowAt(
  lines: readonly string[],
  at: number,
  delimiter: string,
  isRowStart: (cell: string) => boolean,
): { readonly cells: readonly string[]; readonly count: number; readonly isBroken: boolean } {
  const first = cellsOf(lines[at] ?? '', delimiter)
  let row = first
  let text = lines[at] ?? ''
  let count = 1
  while (row.isOpen && count < MOST_LINES_A_CELL && at + count < lines.length) {
    const next = lines[at + count] ?? ''
    if (isRowStart(next.split(delimiter, 1)[0] ?? '')) break
    text += `\n${next}`
    count++
    row = cellsOf(text, delimiter)
  }
  return row.isOpen || row.isMalformed
    ? { cells: first.cells, count: 1, isBroken: true }
    : { cells: row.cells, count, isBroken: false }
}

function cellsOf(
  row: string,
  delimiter: string,
): { readonly cells: readonly string[]; readonly isOpen: boolean; readonly isMalformed: boolean } {
  const { data, errors } = Papa.parse<readonly string[]>(row, { delimiter, newline: '\n' })
  const codes = errors.map(({ code }) => code)
  return {
    cells: data[0] ?? [],
    isOpen: codes.includes('MissingQuotes'),
    isMalformed: codes.includes('InvalidQuotes'),
  }
}

/** Tabs are no part of what people write; of the other two it is the more frequent outside quotes. */
function delimiterOf(line: string): string {
  const bare = line.replace(/"[^"]*"?/g, '')
  if (bare.includes('\t')) return '\t'
  const count = (char: string) => bare.split(char).length
  return count(';') > count(',') ? ';' : ','
}
