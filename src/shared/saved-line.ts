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

const HEADER = ['account', 'label', 'note', 'pinned'] as const

/** The kept lines as CSV, numbers as people write them so that a spreadsheet keeps the leading zero. */
export function exportLines(lines: readonly LineDraft[]): string {
  return writeCsv([
    HEADER,
    ...lines.map(({ account, label, note, pinned }) => [
      formatAccount(account),
      label,
      note,
      pinned ? '1' : '',
    ]),
  ])
}

/** A test of kept lines against a search over label, note and number in any spelling; the query is read once. */
export function searchFor(query: string): (line: LineDraft) => boolean {
  const wanted = fold(query)
  if (wanted === '') return () => true
  const whole = readAccounts(query)
  const id = whole.found === 'one' ? whole.account.id : null
  const digits = wanted.replace(/[^0-9a-z_]/g, '')
  // A query without a digit is words, and every number would match an empty one.
  const isNumber = /\d/.test(digits) && digits.length === wanted.replace(/[-\s()+]/g, '').length
  const national = digits.startsWith('81') ? `0${digits.slice(2)}` : digits
  return line => {
    const { words, code } = foldedOf(line)
    return (
      line.account.id === id ||
      words.includes(wanted) ||
      (isNumber && (code.includes(digits) || code.includes(national)))
    )
  }
}

/** Folding thousands of labels takes longer than a frame, so each is done once. */
const folded = new WeakMap<LineDraft, { readonly words: string; readonly code: string }>()

function foldedOf(line: LineDraft): { readonly words: string; readonly code: string } {
  const known = folded.get(line)
  if (known !== undefined) return known
  const made = { words: `${fold(line.label)}\n${fold(line.note)}`, code: line.account.id.toLowerCase() }
  folded.set(line, made)
  return made
}

const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\p{Pd}−ーｰ]/gu, '-')
    .trim()
    .toLowerCase()
