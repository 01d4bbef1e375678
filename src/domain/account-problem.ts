import { type Account, isLine } from './account.ts'
import { COUNTER, nationalDigits } from './find-lines.ts'

/** Why a text holds no account that the carrier could be asked about. */
export type AccountProblem =
  | 'EMPTY'
  | 'LETTERS'
  | 'OTHER_DIGITS'
  | 'TOLL_FREE'
  | 'NAVI_DIAL'
  | 'SPECIAL_NUMBER'
  | 'IP_PHONE'
  | 'LANDLINE'
  | 'FOREIGN'
  | 'TOO_SHORT'
  | 'TOO_LONG'
  | 'ZERO_LOST'
  | 'UNUSUAL'
  | 'NOT_MOBILE'

export type NoAccount = { readonly found: 'none' } & (
  | { readonly problem: 'TOO_SHORT' | 'TOO_LONG'; readonly digits: number; readonly wanted: number }
  /** A spreadsheet dropped the leading 0, or the + of +81: `likely` is the number with it. */
  | { readonly problem: 'ZERO_LOST'; readonly likely: Account }
  | { readonly problem: Exclude<AccountProblem, 'TOO_SHORT' | 'TOO_LONG' | 'ZERO_LOST'> }
)

const LETTER_AMONG_DIGITS = /\d-?[A-Za-z]{1,4}-?\d|[A-Za-z_]0[6789]0[-~.]?\d|[A-Za-z0-9]_\d{5}/
const OTHER_DIGIT = /(?![0-9])\p{Nd}/u

/** A run of digits as people write a number: the hyphens, brackets and spaces between them included. */
export const RUN = /(?<![A-Za-z0-9_])[+(]{0,2}\d(?:[-~() .\t]{0,3}\d)*(?:(?<=\d)[A-Za-z_]+)?/g
const COUNTED_TAIL = /[ \t(]+\d+$/
/** `080-1111-222 7.5GB`, `080-1111-222(3GB`. */
const MEASURED_TAIL = /(?<=\d)[ \t(]+[\d.]+[A-Za-z]+$/
const COUNTER_AHEAD = new RegExp(`^(?:${COUNTER}|[A-Za-z%/:]|,\\d)`)

/**
 * Returns the problem of the longest run of digits; a text without digits gets LETTERS or OTHER_DIGITS.
 * `text` is plain (see `plainText`).
 */
export function noAccount(text: string): NoAccount {
  let worst: { readonly digits: number; readonly reading: NoAccount } | null = null
  for (const { 0: match, index } of text.matchAll(RUN)) {
    // The digits after a group's underscore are part of its code, not a mistyped phone number.
    if (/[A-Za-z0-9]_$/.test(text.slice(Math.max(0, index - 2), index))) continue
    // Digits before a counter word belong to that word, not to the number: 090-1234-567 2回線.
    const isCounted = COUNTER_AHEAD.test(text.slice(index + match.length, index + match.length + 8))
    const run = (isCounted ? match.replace(COUNTED_TAIL, '') : match).replace(MEASURED_TAIL, '')
    const digits = run.replace(/\D/g, '').length
    if (digits > (worst?.digits ?? 0)) worst = { digits, reading: readingOf(run) }
  }
  if (worst === null) {
    return { found: 'none', problem: OTHER_DIGIT.test(text) ? 'OTHER_DIGITS' : 'LETTERS' }
  }
  const { reading } = worst
  if (reading.problem === 'ZERO_LOST' && likelyIn(text).size > 1) return { found: 'none', problem: 'UNUSUAL' }
  const isMistyped = worst.reading.problem === 'TOO_SHORT' && LETTER_AMONG_DIGITS.test(text)
  return isMistyped ? { found: 'none', problem: 'LETTERS' } : worst.reading
}

/** Finds every number that has lost its leading 0 or +, and puts the 0 back. */
const likelyIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/[^\s、,]+/g)].flatMap(([word]) => likelyLine(word) ?? []))

function readingOf(run: string): NoAccount {
  if (/[A-Za-z_]$/.test(run)) return { found: 'none', problem: 'LETTERS' }
  const whole = numberProblem(run)
  // If the run holds other digits too, judge only the word in it that looks like a mobile number.
  if (/\s/.test(run.trim()) && (whole.problem === 'TOO_LONG' || whole.problem === 'NOT_MOBILE')) {
    const word = run
      .trim()
      .split(/\s+/)
      .find(word => /^0[6789]0.*\d{4}/.test(word) && !isLine(word.replace(/\D/g, '')))
    if (word !== undefined) return numberProblem(word)
  }
  return whole
}

function numberProblem(run: string): NoAccount {
  const digits = nationalDigits(run)
  if (digits === null) return { found: 'none', problem: 'FOREIGN' }
  const likely = likelyLine(run)
  if (likely !== null) return { found: 'none', problem: 'ZERO_LOST', likely: { kind: 'line', id: likely } }
  const problem = problemOfDigits(digits)
  if (problem !== 'TOO_SHORT' && problem !== 'TOO_LONG') return { found: 'none', problem }
  return { found: 'none', problem, digits: digits.length, wanted: lengthOf(digits) }
}

/**
 * Restores a number that a spreadsheet took for a figure (`9012345678`, `819012345678`); null for anything
 * else.
 */
export function likelyLine(run: string): string | null {
  const bare = /^\D*((?:[6789]0|20)(?:\d{8}|-\d{4}-\d{4})|200\d{10}|81(?:[6789]0|20)\d{8})\D*$/.exec(run)?.[1]
  const digits = bare?.replace(/\D/g, '')
  // Digits that begin with a date of 2010 to 2029 are a date and a time, not a phone number.
  if (digits === undefined || /^20[12]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/.test(digits)) return null
  const id = `0${digits.startsWith('81') && digits.length === 12 ? digits.slice(2) : digits}`
  return isLine(id) ? id : null
}

function problemOfDigits(digits: string): Exclude<AccountProblem, 'ZERO_LOST'> {
  if (isLine(digits)) return 'UNUSUAL'
  if (/^0(?:120\d{6}|800\d{7})$/.test(digits)) return 'TOLL_FREE'
  if (/^0570\d{6}$/.test(digits)) return 'NAVI_DIAL'
  if (/^(?:0(?:990|180|170)\d{6}|1(?:10|18|19|04|13|15|16|17|71|77|84|86|88|89))$/.test(digits)) {
    return 'SPECIAL_NUMBER'
  }
  if (/^050\d{8}$/.test(digits)) return 'IP_PHONE'
  if (/^0(?:[6789]0|20)/.test(digits)) return digits.length < lengthOf(digits) ? 'TOO_SHORT' : 'TOO_LONG'
  if (/^0[1-9]\d{8}$/.test(digits)) return 'LANDLINE'
  if (digits.length < 10) return 'TOO_SHORT'
  return digits.length > 11 ? 'TOO_LONG' : 'NOT_MOBILE'
}

/** How many digits a line has that begins like this. */
export const lengthOf = (digits: string): number => (digits.startsWith('0200') ? 14 : 11)
