import { type Account, formatAccount } from './account.ts'
import { writeCsv } from './csv.ts'
import { readAccounts } from './read-accounts.ts'

/** What an agent writes of a line they keep. */
export interface AccountDraft {
  readonly account: Account
  readonly label: string
  readonly note: string
  readonly pinned: boolean
}

/** How the list of kept lines is ordered, pinned ones first in each. */
export const savedOrders = ['kept', 'label', 'recent'] as const

export type SavedOrder = (typeof savedOrders)[number]

export const LONGEST_LABEL = 60
export const LONGEST_NOTE = 500
/** How many lines an import may have. */
export const MOST_IMPORTED = 20_000
/** In characters; no name or number is longer. */
export const LONGEST_SEARCH = 1_000
/** How many lines a page of the list has: more than a large screen shows. */
export const LIST_PAGE = 120
/** How many kept lines are compared with a file's at once. */
export const COMPARED_AT_ONCE = 1_000

const HEADER = ['account', 'label', 'note', 'pinned'] as const

/** The kept lines as CSV in pieces, numbers as people write them so that a spreadsheet keeps the leading zero. */
export const exportSavedAccounts = (lines: Iterable<AccountDraft>): Iterable<string> =>
  writeCsv(rowsOf(lines))

function* rowsOf(lines: Iterable<AccountDraft>): Generator<readonly string[], undefined> {
  yield HEADER
  for (const { account, label, note, pinned } of lines)
    yield [formatAccount(account), label, note, pinned ? '1' : '']
}

/**
 * Reads a search over label, note and number in any spelling.
 *
 * @returns the texts to look for: the search finds an account if its `searchableText` holds any of them. An
 *   empty list means an empty search, which finds every account.
 */
export function readSearch(query: string): readonly string[] {
  const words = fold(query)
  if (words === '') return []
  const whole = readAccounts(query)
  const wanted = new Set([words])
  if (whole.found === 'one') wanted.add(whole.account.id.toLowerCase())
  const digits = words.replace(/[^0-9a-z_]/g, '')
  // A search without a digit is words only: an empty string would match every number.
  if (/\d/.test(digits) && digits.length === words.replace(/[-\s()+]/g, '').length) {
    wanted.add(digits)
    if (digits.startsWith('81')) wanted.add(`0${digits.slice(2)}`)
  }
  return [...wanted]
}

/** No search looks for more texts than these. */
export const MOST_WANTED = 4

/** What a search looks into: label, note and number, folded so that another width, case or kind of dash is found. */
export const searchableText = ({
  account,
  label,
  note,
}: Pick<AccountDraft, 'label' | 'note'> & { readonly account: Pick<Account, 'id'> }): string =>
  `${fold(label)}\n${fold(note)}\n${account.id.toLowerCase()}`

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Pd}−ーｰ]/gu, '-')
    .trim()
    .toLowerCase()
