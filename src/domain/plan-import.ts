import type { Account } from './account.ts'
import { plainText } from './plain-text.ts'
import { readAccounts, type Unclear } from './read-accounts.ts'
import { type CsvRow, csvRows, type RowProblem } from './read-csv.ts'
import { type AccountDraft, LONGEST_LABEL, LONGEST_NOTE } from './saved-account.ts'

/** What one row of a file would do. */
export type ImportRow =
  | {
      readonly line: number
      readonly kind: 'new' | 'changed' | 'same'
      readonly draft: AccountDraft
      /** A spreadsheet dropped the leading 0, and the agent has put it back. */
      readonly isRepaired: boolean
    }
  | { readonly line: number; readonly kind: 'wrong'; readonly text: string; readonly problem: ImportProblem }

export type ImportProblem =
  | { readonly kind: 'account'; readonly reading: Unclear }
  | { readonly kind: RowProblem | 'MORE_THAN_A_NUMBER' | 'TWICE' | 'LABEL_TOO_LONG' | 'NOTE_TOO_LONG' }

const HEADER_WORDS = /^(?:account|number|phone(?: number)?|電話番号|携帯(?:電話)?番号|番号)$/i
type Column = 'label' | 'note' | 'pinned'
/** Where each column stands that a file may have besides the number's. */
type Columns = Partial<Readonly<Record<Column, number>>>
const COLUMNS = { label: 1, note: 2, pinned: 3 } as const satisfies Columns
const COLUMN_WORDS: Readonly<Record<Column, RegExp>> = {
  label: /^(?:label|name|ラベル|名前|氏名|お名前)$/i,
  note: /^(?:note|memo|メモ|備考)$/i,
  pinned: /^(?:pinned|固定|ピン留め)$/i,
}

/**
 * Finds the columns by the names in the header, in any order. A header that names none of them means our own
 * order.
 */
function columnsOf(header: readonly string[]): Columns {
  const found: Columns = Object.fromEntries(
    Object.entries(COLUMN_WORDS).flatMap(([column, words]) => {
      const at = header.findIndex(cell => words.test(cell.trim()))
      return at === -1 ? [] : [[column, at]]
    }),
  )
  return Object.keys(found).length === 0 ? COLUMNS : found
}

/**
 * Matches a cell with a number and nothing else. An apostrophe or a formula is how a spreadsheet keeps a
 * leading 0.
 */
const NUMBER_ALONE = /^(?:tel:)?[-~.+() \d'="]*$/i

/** What one row of a file says; a column that the file does not have is undefined. */
export type ReadRow =
  | {
      readonly line: number
      readonly kind: 'read'
      readonly account: Account
      readonly given: Partial<Pick<AccountDraft, Column>>
      readonly isRepaired: boolean
    }
  | (ImportRow & { readonly kind: 'wrong' })

/**
 * Reads a file of accounts row by row, so that the caller can pause in a long one. Changes nothing and asks
 * nobody.
 *
 * @param repairs whether to accept numbers that have lost their leading 0, with the 0 put back
 */
export function* readRows(
  text: string,
  { repairs = false }: { readonly repairs?: boolean } = {},
): Generator<ReadRow, undefined> {
  const seen = new Set<string>()
  // Only a note may span several lines; a number and a label may not.
  let columns: Columns | null = null
  for (const row of csvRows(text, COLUMNS.note)) {
    if (columns === null) {
      const hasHeader = HEADER_WORDS.test(plainText(row.cells[0] ?? '').text.trim())
      columns = hasHeader ? columnsOf(row.cells) : COLUMNS
      if (hasHeader) continue
    }
    yield read(row, { seen, repairs, columns })
  }
}

function read(
  { line, cells, problem }: CsvRow,
  {
    seen,
    repairs,
    columns,
  }: { readonly seen: Set<string>; readonly repairs: boolean; readonly columns: Columns },
): ReadRow {
  const wrong = (problem: ImportProblem): ReadRow => ({
    line,
    kind: 'wrong',
    text: cells.join(', ').slice(0, 80),
    problem,
  })
  if (problem !== null) return wrong({ kind: problem })
  const number = cells[0]?.trim() ?? ''
  // No number in any spelling is longer.
  if (number.length > LONGEST_NUMBER) return wrong({ kind: 'MORE_THAN_A_NUMBER' })
  const reading = readAccounts(number)
  let account: Account
  if (reading.found === 'one') account = reading.account
  else if (repairs && reading.found === 'none' && reading.problem === 'ZERO_LOST') account = reading.likely
  else return wrong({ kind: 'account', reading })
  const plain = plainText(number).text.trim()
  const isAlone = NUMBER_ALONE.test(plain) && digitsOf(plain) === digitsOf(account.id)
  if (account.kind === 'line' ? !isAlone : plain !== account.id) {
    return wrong({ kind: 'MORE_THAN_A_NUMBER' })
  }
  if (seen.has(account.id)) return wrong({ kind: 'TWICE' })
  const cell = (column: Column): string | undefined => cells[columns[column] ?? cells.length]?.trim()
  const [label, note, pinned] = [cell('label'), cell('note'), cell('pinned')]
  if (label !== undefined && label.length > LONGEST_LABEL) return wrong({ kind: 'LABEL_TOO_LONG' })
  if (note !== undefined && note.length > LONGEST_NOTE) return wrong({ kind: 'NOTE_TOO_LONG' })
  seen.add(account.id)
  const given = {
    ...(label !== undefined && { label }),
    ...(note !== undefined && { note }),
    ...(pinned !== undefined && { pinned: /^(?:1|true|yes|○)$/i.test(pinned) }),
  }
  return { line, kind: 'read', account, given, isRepaired: reading.found !== 'one' }
}

/**
 * Says what importing the rows would do, given the accounts that are saved. A column that the file does not
 * have leaves a saved account's value unchanged.
 */
export function planImport(rows: readonly ReadRow[], kept: readonly AccountDraft[]): readonly ImportRow[] {
  const known = new Map(kept.map(line => [line.account.id, line]))
  return rows.map(row => {
    if (row.kind === 'wrong') return row
    const { line, account, given, isRepaired } = row
    const old = known.get(account.id)
    const draft = {
      account,
      label: given.label ?? old?.label ?? '',
      note: given.note ?? old?.note ?? '',
      pinned: given.pinned ?? old?.pinned ?? false,
    }
    return {
      line,
      kind: old === undefined ? 'new' : isSame(old, draft) ? 'same' : 'changed',
      draft,
      isRepaired,
    }
  })
}

const isSame = (a: AccountDraft, b: AccountDraft): boolean =>
  a.label === b.label && a.note === b.note && a.pinned === b.pinned

const LONGEST_NUMBER = 64

/** The digits that identify a number, without the 0, +81 or 0081 in front of them. */
const digitsOf = (written: string): string =>
  written.replace(/\D/g, '').replace(/^(?:0*81(?=0?[6-9]0|0?20))?0*/, '')

/** How many rows would be taken if the lost zeros were put back. */
export const repairable = (rows: readonly ImportRow[]): number =>
  rows.filter(
    row =>
      row.kind === 'wrong' &&
      row.problem.kind === 'account' &&
      row.problem.reading.found === 'none' &&
      row.problem.reading.problem === 'ZERO_LOST',
  ).length
