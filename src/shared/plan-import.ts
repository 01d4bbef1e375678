import type { Account } from './account.ts'
import { plainText } from './plain-text.ts'
import { type AccountReading, readAccounts } from './read-accounts.ts'
import { type CsvRow, type RowProblem, readCsv } from './read-csv.ts'
import { type LineDraft, LONGEST_LABEL, LONGEST_NOTE } from './saved-line.ts'

/** What one row of a file would do. */
export type ImportRow =
  | {
      readonly line: number
      readonly kind: 'new' | 'changed' | 'same'
      readonly draft: LineDraft
      /** A spreadsheet dropped the leading 0, and the agent has put it back. */
      readonly isRepaired: boolean
    }
  | { readonly line: number; readonly kind: 'wrong'; readonly text: string; readonly problem: ImportProblem }

export type ImportProblem =
  | { readonly kind: 'account'; readonly reading: Exclude<AccountReading, { found: 'one' }> }
  | { readonly kind: RowProblem | 'MORE_THAN_A_NUMBER' | 'TWICE' | 'LABEL_TOO_LONG' | 'NOTE_TOO_LONG' }

const HEADER_WORDS = /^(?:account|number|phone(?: number)?|電話番号|携帯(?:電話)?番号|番号)$/i
/** What a cell that holds a number alone is made of; a spreadsheet keeps a leading 0 by an apostrophe or a formula. */
const NUMBER_ALONE = /^(?:tel:)?[-~.+() \d'="]*$/i

/**
 * Reads a file of lines and says, row by row, what importing it would do. Changes nothing and asks nobody.
 *
 * @param repairs whether numbers that have lost their leading 0 are taken with it
 */
export function planImport(
  text: string,
  kept: readonly LineDraft[],
  { repairs = false }: { readonly repairs?: boolean } = {},
): readonly ImportRow[] {
  const known = new Map(kept.map(line => [line.account.id, line]))
  const seen = new Set<string>()
  const rows = readCsv(text, cell => readAccounts(cell).found !== 'none')
  const hasHeader = HEADER_WORDS.test(plainText(rows[0]?.cells[0] ?? '').text.trim())
  return (hasHeader ? rows.slice(1) : rows).map(row => planned(row, { known, seen, repairs }))
}

function planned(
  { line, cells, problem }: CsvRow,
  {
    known,
    seen,
    repairs,
  }: {
    readonly known: ReadonlyMap<string, LineDraft>
    readonly seen: Set<string>
    readonly repairs: boolean
  },
): ImportRow {
  const wrong = (problem: ImportProblem): ImportRow => ({
    line,
    kind: 'wrong',
    text: cells.join(', ').slice(0, 80),
    problem,
  })
  if (problem !== null) return wrong({ kind: problem })
  const [number = '', givenLabel, givenNote, givenPinned] = cells.map(text => text.trim())
  const reading = readAccounts(number)
  let account: Account
  if (reading.found === 'one') account = reading.account
  else if (repairs && reading.found === 'none' && reading.problem === 'ZERO_LOST') account = reading.likely
  else return wrong({ kind: 'account', reading })
  const plain = plainText(number).text.trim()
  if (account.kind === 'line' ? !NUMBER_ALONE.test(plain) : plain !== account.id) {
    return wrong({ kind: 'MORE_THAN_A_NUMBER' })
  }
  if (seen.has(account.id)) return wrong({ kind: 'TWICE' })
  // A column that the file does not have changes nothing of a kept line.
  const old = known.get(account.id)
  const label = givenLabel ?? old?.label ?? ''
  const note = givenNote ?? old?.note ?? ''
  const pinned = givenPinned === undefined ? (old?.pinned ?? false) : /^(?:1|true|yes|○)$/i.test(givenPinned)
  if (label.length > LONGEST_LABEL) return wrong({ kind: 'LABEL_TOO_LONG' })
  if (note.length > LONGEST_NOTE) return wrong({ kind: 'NOTE_TOO_LONG' })
  seen.add(account.id)
  const draft = { account, label, note, pinned }
  const isRepaired = reading.found !== 'one'
  if (old === undefined) return { line, kind: 'new', draft, isRepaired }
  const same = old.label === draft.label && old.note === draft.note && old.pinned === draft.pinned
  return { line, kind: same ? 'same' : 'changed', draft, isRepaired }
}

/** How many rows would be taken if the lost zeros were put back. */
export const repairable = (rows: readonly ImportRow[]): number =>
  rows.filter(
    row =>
      row.kind === 'wrong' &&
      row.problem.kind === 'account' &&
      row.problem.reading.found === 'none' &&
      row.problem.reading.problem === 'ZERO_LOST',
  ).length
