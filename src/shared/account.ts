/**
 * What the carrier can be asked about: a line (phone number) or a share group.
 *
 * `id` is what the carrier is sent: a line's digits in national form (`09012345678`), a group's code as
 * the carrier spells it (`AAA0_00000000001`).
 */
export interface Account {
  readonly kind: 'line' | 'group'
  readonly id: string
}

/** Why a text holds no account that the carrier could be asked about. */
export type AccountProblem =
  | 'EMPTY'
  | 'LETTERS'
  | 'OTHER_DIGITS'
  | 'LANDLINE'
  | 'FOREIGN'
  | 'TOO_SHORT'
  | 'TOO_LONG'
  | 'NOT_MOBILE'

export type AccountReading =
  | { readonly found: 'one'; readonly account: Account }
  /** One account is among several where something else looks like a number that could not be read. */
  | { readonly found: 'several'; readonly accounts: readonly Account[] }
  | { readonly found: 'none'; readonly problem: AccountProblem }

/** Longer texts are read up to here: nobody picks one customer out of more, and reading stays instant. */
export const LONGEST_TEXT = 20_000

/** More candidates than this are not offered: that is a list, and the carrier forbids working through lists. */
export const MOST_CANDIDATES = 20

// 060 is assigned to mobile lines from July 2026; 020 and 0200 are machine-to-machine lines (Japan's numbering plan).
const LINE = /^(?:0[6789]0\d{8}|020[1-9]\d{7}|0200\d{10})$/
const GROUP = /^[A-Za-z0-9]{1,16}_\d{1,20}$/
// In prose a looser form would offer file names such as IMG_20261123.
const GROUP_IN_PROSE = /(?<![A-Za-z0-9_])[A-Za-z0-9]{2,8}_\d{9,14}(?![A-Za-z0-9_])/g

// Combining marks too: sorting thousands of them is what makes NFKC quadratic.
const INVISIBLE = /[\p{Cf}\p{M}]/gu
const DASHES = /[\p{Pd}−ーｰ─⁃]/gu
const SPACES = /[\p{Zs}\t]/gu
/** Digits that are a mistyped number rather than a date, an amount or a time. */
const ALMOST_A_NUMBER = 9
const LETTER_IN_NUMBER =
  /\b0[6-9][0Oo]?[-\dA-SU-Za-su-z]{0,3}[A-SU-Za-su-z][-\d]{6,}|\b0[6-9]0[-\d]{2,9}[A-SU-Za-su-z]-?\d/
const LETTER_AMONG_DIGITS = /\d-?[A-Za-z]{1,2}-?\d/
const OTHER_DIGIT = /(?![0-9])\p{Nd}/u
// Not where it begins a group's code: TEL0_00000000001.
const TEL = /\b(?:tel|phone|mobile|fax)(?![A-Za-z0-9]*_)(?=[\s:.+(\d])/gi
const NUMBER_RUN = /(?<![A-Za-z0-9_])[+(]{0,2}\d[\d\-(). ]*(?:(?<=[\d)])[A-Za-z_]+)?/g

/** Reads a line's digits or a group's code exactly as the carrier spells it; null for anything else. */
export function parseAccount(id: string): Account | null {
  if (LINE.test(id)) return { kind: 'line', id }
  if (GROUP.test(id)) return { kind: 'group', id }
  return null
}

/**
 * Finds the accounts in anything a person types or pastes: full-width digits, every hyphen, invisible marks,
 * brackets, `tel:`, `+81`, `0081`, a whole e-mail. Never throws; time is linear in the text.
 *
 * Several numbers are a question for the agent, never a guess. Each account is named once, in order.
 */
export function readAccounts(text: string): AccountReading {
  const read = capped(text)
  const clean = tidy(read)
  if (clean === '') return { found: 'none', problem: 'EMPTY' }
  if (GROUP.test(clean)) return { found: 'one', account: { kind: 'group', id: clean } }

  const found: { readonly index: number; readonly account: Account }[] = []
  let worst: { readonly digits: number; readonly problem: AccountProblem } | null = null
  // Something that looks like one more number: then even a single account is a question.
  let unsure = read.length < text.length || LETTER_IN_NUMBER.test(clean)
  for (const { run, index } of runsOf(clean)) {
    const reading = readRun(run)
    unsure ||= reading.isDoubtful
    for (const id of reading.ids) found.push({ index, account: { kind: 'line', id } })
    if (
      reading.problem !== null &&
      reading.digits > (worst?.digits ?? 0) &&
      !followsGroupMark(clean, index)
    ) {
      worst = { digits: reading.digits, problem: reading.problem }
    }
  }
  for (const { 0: id, index } of clean.matchAll(GROUP_IN_PROSE)) {
    found.push({ index, account: { kind: 'group', id } })
  }
  found.sort((a, b) => a.index - b.index)

  const accounts = [...new Map(found.map(({ account }) => [account.id, account])).values()].slice(
    0,
    MOST_CANDIDATES,
  )
  const [first] = accounts
  if (first === undefined) {
    const problem = worst?.problem ?? wordsProblem(clean)
    const mistyped = problem === 'TOO_SHORT' && LETTER_AMONG_DIGITS.test(clean)
    return { found: 'none', problem: mistyped ? 'LETTERS' : problem }
  }
  return accounts.length === 1 && !unsure ? { found: 'one', account: first } : { found: 'several', accounts }
}

/** Why a text is not one account. */
export const problemOf = (reading: Exclude<AccountReading, { found: 'one' }>): AccountProblem | 'SEVERAL' =>
  reading.found === 'none' ? reading.problem : 'SEVERAL'

/** As people write it: 3-4-4 for a line, 4-5-5 for a 14-digit one, a group's code as it is. */
export function formatAccount({ kind, id }: Account): string {
  if (kind === 'group') return id
  return id.length === 14
    ? `${id.slice(0, 4)}-${id.slice(4, 9)}-${id.slice(9)}`
    : `${id.slice(0, 3)}-${id.slice(3, 7)}-${id.slice(7)}`
}

/** With the middle hidden, for a shared screen, a log or a masked ticket: `090-****-5678`. */
export function maskAccount({ kind, id }: Account): string {
  if (kind === 'group') {
    const [prefix = '', number = ''] = id.split('_')
    return `${prefix}_${'*'.repeat(Math.max(number.length - 4, 1))}${number.length > 4 ? number.slice(-4) : ''}`
  }
  return id.length === 14
    ? `${id.slice(0, 4)}-*****-*${id.slice(-4)}`
    : `${id.slice(0, 3)}-****-${id.slice(7)}`
}

// What people and programs put between a number's digits: the hyphens above, spaces, dots and brackets.
const GAP = String.raw`[-\p{Pd}−ーｰ─⁃\p{Zs}.()（）]{0,2}`
const digits = (count: number): string => `(?:${GAP}\\d){${count}}`
const ANY_LINE = new RegExp(
  `(?<!\\d)(?:[+＋]?${GAP}(?:00)?81${GAP}0?|0)${GAP}(?:[6789]${GAP}0${digits(8)}|2${GAP}0${GAP}(?:0${digits(10)}|[1-9]${digits(7)}))(?!\\d)`,
  'gu',
)

/**
 * A text in which the account is masked however it is written, and every other line's number with it: what a carrier or
 * a label says of a group may name its members.
 */
export function hideNumbers(text: string, account: Account): string {
  // Full-width digits are as long as others, so that what is found here is found there.
  const plain = text.replace(/[０-９]/g, digit => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
  let hidden = ''
  let from = 0
  for (const { 0: written, index } of plain.matchAll(ANY_LINE)) {
    const id = `0${written.replace(/\D/g, '').replace(/^(?:00)?810?|^0/, '')}`
    hidden += text.slice(from, index) + maskAccount({ kind: 'line', id })
    from = index + written.length
  }
  return (hidden + text.slice(from)).replaceAll(account.id, maskAccount(account))
}

/** What the limit would cut in two is left out: half a number could pass for another. */
function capped(text: string): string {
  if (text.length <= LONGEST_TEXT) return text
  let end = LONGEST_TEXT
  while (end > 0 && /[^\s、。,;]/u.test(text[end] ?? '') && LONGEST_TEXT - end < 64) end--
  return text.slice(0, end)
}

function tidy(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(DASHES, '-')
    .replace(SPACES, ' ')
    .replace(TEL, ' ')
    .trim()
}

function* runsOf(text: string): Iterable<{ readonly run: string; readonly index: number }> {
  for (const match of text.matchAll(NUMBER_RUN)) yield { run: match[0], index: match.index }
}

/** The digits after a group's underscore are part of its code, not a mistyped phone number. */
function followsGroupMark(text: string, index: number): boolean {
  return /[A-Za-z0-9]_$/.test(text.slice(Math.max(0, index - 2), index))
}

interface RunReading {
  readonly ids: readonly string[]
  readonly digits: number
  readonly problem: AccountProblem | null
  /** Something in it looks like a mistyped number. */
  readonly isDoubtful: boolean
}

/** One stretch of digits and separators: one number, several set apart by spaces, or a problem. */
function readRun(run: string): RunReading {
  const digits = run.replace(/\D/g, '').length
  if (/[A-Za-z_]$/.test(run)) {
    // The letters spoil the word they stand in, not the numbers before it: 080-1111-2222 2026-11-23T10:00.
    const spoilt = run.lastIndexOf(' ') + 1
    const before = spoilt > 0 ? readRun(run.slice(0, spoilt).trim()) : null
    if (before !== null && before.ids.length > 0) return before
    return { ids: [], digits, problem: 'LETTERS', isDoubtful: digits >= ALMOST_A_NUMBER }
  }
  const whole = nationalDigits(run)
  if (whole !== null && LINE.test(whole)) return { ids: [whole], digits, problem: null, isDoubtful: false }

  const split = splitAtSpaces(run)
  if (split !== null) return { ids: split.ids, digits, problem: null, isDoubtful: split.isDoubtful }
  return {
    ids: [],
    digits,
    problem: whole === null ? 'FOREIGN' : lineProblem(whole),
    isDoubtful: whole !== null && isAlmostANumber(whole),
  }
}

/** `+81 (0)90…` and `0081 90…` as `090…`; null for another country's number. */
function nationalDigits(run: string): string | null {
  const digits = run.replace(/\D/g, '')
  const international = /^[+(]*\+/.test(run) ? digits : digits.startsWith('00') ? digits.slice(2) : null
  if (international === null) return digits
  return international.startsWith('81') ? `0${international.slice(2).replace(/^0/, '')}` : null
}

/**
 * `090-1234-5678 080-1111-2222` and `090 1234 5678 080 1111 2222` are two numbers each. What stands beside a
 * number written without spaces is other text; beside one with spaces in it, it may be a digit too many.
 */
function splitAtSpaces(
  run: string,
): { readonly ids: readonly string[]; readonly isDoubtful: boolean } | null {
  const words = run.split(' ').filter(word => /\d/.test(word))
  const ids: string[] = []
  let pending: string[] = []
  let leftover = false
  let isDoubtful = false
  let spaced = false
  const leave = () => {
    for (const word of pending) {
      leftover = true
      isDoubtful ||= isAlmostANumber(nationalDigits(word) ?? '')
    }
    pending = []
  }
  for (const word of words) {
    const alone = nationalDigits(word)
    if (alone !== null && LINE.test(alone)) {
      leave()
      ids.push(alone)
      continue
    }
    pending.push(word)
    const joined = nationalDigits(pending.join(' '))
    if (joined !== null && LINE.test(joined)) {
      ids.push(joined)
      pending = []
      spaced = true
    } else if (pending.length >= 6) {
      leave()
    }
  }
  leave()
  return ids.length === 0 || (spaced && leftover) ? null : { ids, isDoubtful }
}

/** A digit too few or too many; a landline, a date or an order's number is none of our business. */
const isAlmostANumber = (digits: string): boolean =>
  digits.length >= ALMOST_A_NUMBER && /^0?(?:[6789]0|20)/.test(digits) && lineProblem(digits) !== 'LANDLINE'

function lineProblem(digits: string): AccountProblem {
  const wanted = digits.startsWith('0200') ? 14 : 11
  if (/^0(?:[6789]0|20)/.test(digits)) return digits.length < wanted ? 'TOO_SHORT' : 'TOO_LONG'
  if (/^0[1-9]\d{8}$/.test(digits) || /^050\d{8}$/.test(digits)) return 'LANDLINE'
  // A spreadsheet drops the leading zero: ten digits from 60, 70, 80 or 90 miss one.
  if (digits.length < 10 || /^[6789]0\d{8}$/.test(digits)) return 'TOO_SHORT'
  return digits.length > 11 ? 'TOO_LONG' : 'NOT_MOBILE'
}

function wordsProblem(clean: string): AccountProblem {
  return OTHER_DIGIT.test(clean) ? 'OTHER_DIGITS' : 'LETTERS'
}
