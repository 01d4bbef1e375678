import { type Account, type AccountProblem, formatAccount, problemOf, readAccounts } from './account.ts'
import { readCsv, writeCsv } from './csv.ts'

/** What an agent writes of a line they keep. */
export interface LineDraft {
  readonly account: Account
  readonly label: string
  readonly note: string
  readonly pinned: boolean
}

export const LONGEST_LABEL = 60
export const LONGEST_NOTE = 500

/** What one line of an import would do. */
export type ImportRow =
  | { readonly line: number; readonly kind: 'new' | 'changed' | 'same'; readonly draft: LineDraft }
  | { readonly line: number; readonly kind: 'wrong'; readonly text: string; readonly problem: ImportProblem }

export type ImportProblem = AccountProblem | 'SEVERAL' | 'TWICE' | 'LABEL_TOO_LONG' | 'NOTE_TOO_LONG'

const HEADER = ['account', 'label', 'note', 'pinned'] as const
const HEADER_WORDS = /^(?:account|電話番号|番号)$/i

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

/** Reads a file of lines and says, line by line, what importing it would do. Changes nothing and asks nobody. */
export function planImport(text: string, kept: readonly LineDraft[]): readonly ImportRow[] {
  const known = new Map(kept.map(line => [line.account.id, line]))
  const seen = new Set<string>()
  const rows = readCsv(text)
  const body = HEADER_WORDS.test(rows[0]?.cells[0]?.trim() ?? '') ? rows.slice(1) : rows
  return body.map(({ line, cells }): ImportRow => {
    const [number = '', givenLabel, givenNote, givenPinned] = cells.map(text => text.trim())
    const wrong = (problem: ImportProblem): ImportRow => ({
      line,
      kind: 'wrong',
      text: cells.join(', ').slice(0, 80),
      problem,
    })
    const reading = readAccounts(number)
    if (reading.found !== 'one') return wrong(problemOf(reading))
    const { account } = reading
    if (seen.has(account.id)) return wrong('TWICE')
    // A column that the file does not have changes nothing of a kept line.
    const old = known.get(account.id)
    const label = givenLabel ?? old?.label ?? ''
    const note = givenNote ?? old?.note ?? ''
    const pinned =
      givenPinned === undefined ? (old?.pinned ?? false) : /^(?:1|true|yes|○)$/i.test(givenPinned)
    if (label.length > LONGEST_LABEL) return wrong('LABEL_TOO_LONG')
    if (note.length > LONGEST_NOTE) return wrong('NOTE_TOO_LONG')
    seen.add(account.id)
    const draft = { account, label, note, pinned }
    if (old === undefined) return { line, kind: 'new', draft }
    const same = old.label === draft.label && old.note === draft.note && old.pinned === draft.pinned
    return { line, kind: same ? 'same' : 'changed', draft }
  })
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
