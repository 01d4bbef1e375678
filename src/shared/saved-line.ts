import { type Account, formatAccount } from './account.ts'
import { writeCsv } from './csv.ts'
import { readAccounts } from './read-accounts.ts'

/** What an agent writes of a line they keep. */
export interface LineDraft {
  readonly account: Account
  readonly label: string
  readonly note: string
  readonly pinned: boolean
}

export const LONGEST_LABEL = 60
export const LONGEST_NOTE = 500
/** Characters; what is longer is no name or number, and finds nothing. */
export const LONGEST_SEARCH = 1_000
/** How many lines a page of the list has: more than a large screen shows. */
export const PAGE_OF_LINES = 120
/** How many kept lines are compared with a file's at once. */
export const COMPARED_AT_ONCE = 1_000

const HEADER = ['account', 'label', 'note', 'pinned'] as const

/** The kept lines as CSV in pieces, numbers as people write them so that a spreadsheet keeps the leading zero. */
export const exportLines = (lines: Iterable<LineDraft>): Iterable<string> => writeCsv(rowsOf(lines))

function* rowsOf(lines: Iterable<LineDraft>): Generator<readonly string[], undefined> {
  yield HEADER
  for (const { account, label, note, pinned } of lines)
    yield [formatAccount(account), label, note, pinned ? '1' : '']
}

/** What a search finds a kept line by: any of these. */
export interface LineSearch {
  /** A part of its words, as `searchableWords` folds them. */
  readonly words: string
  /** Its account, where the query is one in any spelling. */
  readonly account: string | null
  /** A part of its account's code in small letters; two readings where the query begins with the country's code. */
  readonly codes: readonly string[]
}

/** Reads a search over label, note and number in any spelling; null where it asks for nothing, which finds every line. */
export function readLineSearch(query: string): LineSearch | null {
  const words = fold(query)
  if (words === '') return null
  const whole = readAccounts(query)
  const digits = words.replace(/[^0-9a-z_]/g, '')
  // A query without a digit is words, and every number would match an empty one.
  const isNumber = /\d/.test(digits) && digits.length === words.replace(/[-\s()+]/g, '').length
  const national = digits.startsWith('81') ? [`0${digits.slice(2)}`] : []
  return {
    words,
    account: whole.found === 'one' ? whole.account.id : null,
    codes: isNumber ? [digits, ...national] : [],
  }
}

/** What is written of a line, folded so that a search in another width, case or kind of dash finds it. */
export const searchableWords = ({ label, note }: Pick<LineDraft, 'label' | 'note'>): string =>
  `${fold(label)}\n${fold(note)}`

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Pd}−ーｰ]/gu, '-')
    .trim()
    .toLowerCase()
