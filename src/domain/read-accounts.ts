import { type Account, isLine, parseAccount } from './account.ts'
import { COUNTER, findLines, nationalDigits } from './find-lines.ts'
import { blanked, OTHER, plainText } from './plain-text.ts'

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

export type AccountReading =
  | { readonly found: 'one'; readonly account: Account }
  /** One account is among several where something makes it doubtful which one is meant. */
  | { readonly found: 'several'; readonly accounts: readonly Account[] }
  | NoAccount

/** What has to be asked back, for the text names no account, or more than one. */
export type Unclear = Exclude<AccountReading, { found: 'one' }>

export type NoAccount = { readonly found: 'none' } & (
  | { readonly problem: 'TOO_SHORT' | 'TOO_LONG'; readonly digits: number; readonly wanted: number }
  /** A spreadsheet dropped the leading 0, or the + of +81: `likely` is the number with it. */
  | { readonly problem: 'ZERO_LOST'; readonly likely: Account }
  | { readonly problem: Exclude<AccountProblem, 'TOO_SHORT' | 'TOO_LONG' | 'ZERO_LOST'> }
)

/** Longer texts are read up to here: nobody picks one customer out of more, and reading stays instant. */
export const LONGEST_TEXT = 20_000

/** More candidates than this are not offered: that is a list, and the carrier forbids working through lists. */
export const MOST_CANDIDATES = 20

/**
 * A group's code in running text: only where it stands alone, never inside a file's name, an address or another id. In
 * prose a looser form would offer file names such as IMG_20261123.
 */
const GROUP_IN_PROSE =
  /(?<![A-Za-z0-9_])(?<![A-Za-z0-9_][-./\\@=&?#~+%]{1,3})(?<![/\\=&?#@])[A-Za-z0-9]{2,8}_(?!20\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01]))\d{9,14}(?![A-Za-z0-9_@\\/])(?![-.=&?#~+%:][A-Za-z0-9_])/g

const LETTER_IN_NUMBER =
  /\b0[6-9][0Oo]?[-\dA-SU-Za-su-z]{0,3}[A-SU-Za-su-z][-\d]{6,}|\b0[6-9]0[-\d]{2,9}[A-SU-Za-su-z]-?\d/
/** A second number in digits of another script, in kanji, or with a letter for its first 0. */
const OTHER_SPELLING =
  /(?:(?![0-9])\p{Nd}[-~. ]?){7,}|[〇零][六七八九][〇零]|[〇一二三四五六七八九]{7,}|(?<![A-Za-z])[Oo][6-9][0Oo][-~. ]?\d{4}/u
const LETTER_AMONG_DIGITS = /\d-?[A-Za-z]{1,4}-?\d|[A-Za-z_]0[6789]0[-~.]?\d|[A-Za-z0-9]_\d{5}/
const OTHER_DIGIT = /(?![0-9])\p{Nd}/u
// Not where it begins a group's code: TEL0_00000000001.
const TEL =
  /(?<![A-Za-z_])(?:tel|phone|mobile|cell|fax)(?![A-Za-z0-9]*_)(?=[-\s:.+(\d])|%20|\\[nrt](?=[+(0-9])/gi

/**
 * Finds the accounts in anything a person types or pastes: full-width digits, every hyphen, invisible marks,
 * brackets, `tel:`, `+81`, `0081`, a whole e-mail. Never throws; time is linear in the text.
 *
 * Only a complete number in a usual spelling is read at once; whatever else looks like a number is a question for the
 * agent, and so are several. Each account is named once, in order.
 */
export function readAccounts(text: string): AccountReading {
  const read = capped(text)
  const clean = plainText(read)
    // A word joins nothing.
    .text.replace(TEL, word => OTHER.repeat(word.length))
    .trim()
  if (clean === '') return { found: 'none', problem: 'EMPTY' }

  const alone = parseAccount(clean)
  const lines = findLines(clean)
  const offered = lines.filter(({ verdict }) => verdict !== 'spoilt')
  const found = [
    ...offered.map(({ from, id }) => ({ index: from, account: { kind: 'line', id } as Account })),
    ...groupsIn(clean).map(({ index, id }) => ({ index, account: { kind: 'group', id } as Account })),
  ].sort((a, b) => a.index - b.index)
  if (alone?.kind === 'group' && !looksLikeFile(alone.id)) {
    // A recording that is named by a number looks like a group's code.
    const named = clean.split('_').find(isLine)
    if (named === undefined) return { found: 'one', account: alone }
    return { found: 'several', accounts: [alone, { kind: 'line', id: named }] }
  }

  const accounts = [...new Map(found.map(({ account }) => [account.id, account])).values()].slice(
    0,
    MOST_CANDIDATES,
  )
  const [first] = accounts
  if (first === undefined) return noAccount(clean)
  const isSure =
    accounts.length === 1 &&
    read.length === text.length &&
    lines.every(({ verdict }) => verdict === 'sure') &&
    !LETTER_IN_NUMBER.test(clean) &&
    !looksLikeMore(blanked(clean, offered)) &&
    !OTHER_SPELLING.test(clean)
  return isSure ? { found: 'one', account: first } : { found: 'several', accounts }
}

/** Why a text is not one account. */
export const problemOf = (reading: Unclear): AccountProblem | 'SEVERAL' =>
  reading.found === 'none' ? reading.problem : 'SEVERAL'

/** How many digits a number has that is being typed, and how many it will have; null for anything else. */
export function digitsTyped(text: string): { readonly digits: number; readonly wanted: number } | null {
  const plain = plainText(text.slice(0, 64)).text.trim()
  if (!/^\+?[\d\-~.() ]+$/.test(plain)) return null
  const digits = nationalDigits(plain)
  if (digits === null || !/^0(?:$|[6789]|2(?:$|0))/.test(digits)) return null
  return { digits: digits.length, wanted: lengthOf(digits) }
}

const lengthOf = (digits: string): number => (digits.startsWith('0200') ? 14 : 11)

/** `IMG_20261123`, `0120_123456`, `090_12345678`: a file's name or a number with a low line, and no group's code. */
function looksLikeFile(code: string): boolean {
  const [prefix = '', number = ''] = code.split('_')
  if (isLine(number) || isLine(prefix)) return false
  return (
    (/^20[1-3]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:\d{6})?$/.test(number) &&
      /^[A-Za-z]+$/.test(prefix)) ||
    (/^\d+$/.test(prefix) && /^(?:0[1-9]|81[6-9]0)\d{7,}$/.test(prefix + number)) ||
    (/^81$/.test(prefix) && /^[6-9]0/.test(number))
  )
}

/** Each share group's code that stands alone in a plain text. */
const groupsIn = (text: string): readonly { readonly index: number; readonly id: string }[] =>
  [...text.matchAll(GROUP_IN_PROSE)]
    .map(({ 0: id, index }) => ({ index, id }))
    .filter(({ id }) => !isLine(id.slice(id.indexOf('_') + 1)))

/** What the limit would cut in two is left out: half a number could pass for another. */
function capped(text: string): string {
  if (text.length <= LONGEST_TEXT) return text
  let end = LONGEST_TEXT
  while (end > 0 && /[^\s、。,;]/u.test(text[end] ?? '') && LONGEST_TEXT - end < 64) end--
  return text.slice(0, end)
}

// Any number that is no mobile line's, in any spelling: those are no reason for a question.
const OTHER_PHONE = new RegExp(
  [' - ', '[-~.]', ' ', '(?:\\(|\\) ?|[-~.])', '']
    .map(S =>
      [
        `\\(?0(?:120|570|990|180|170)${S}\\d{3}${S}\\d{3}`,
        `0800${S}\\d{3}${S}\\d{4}`,
        `050${S}\\d{4}${S}\\d{4}`,
        // Ten digits in three groups.
        `\\(?0(?![6789]0)[1-9]${S}\\d{4}${S}\\d{4}`,
        `\\(?0(?![6789]0)[1-9]\\d${S}\\d{3}${S}\\d{4}`,
        `\\(?0(?![6789]0)[1-9]\\d{2}${S}\\d{2}${S}\\d{4}`,
        `\\(?0(?![6789]0)[1-9]\\d{3}${S}\\d${S}\\d{4}`,
      ].join('|'),
    )
    .map(forms => `(?<![\\d+])(?:${forms})(?!\\d)`)
    .join('|'),
  'g',
)
const POSTAL_CODE = /(?:〒|郵便番号)[:\s]{0,2}\d{3}-\d{4}(?![-\d])/g
const AMOUNT = /(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])/g
const FOREIGN = /\+ ?(?!81|\(81)\d(?:[-~. ()]{0,2}\d){6,14}/g
/** What begins as a line's number does; the second form has lost its 0, the third the + of +81. */
const START =
  /(?<!\d|\d[-~.])(?:(?!0800)0[6789]0|020)|(?<!\d|\d[-~.])[6789]0(?:-\d{4}-\d{4}|\d{8})(?!\d)|(?<!\d|\d[-~.])81-?[6789]0-?\d{4}-?\d{4}(?!\d)|\+ ?81[-~ .]?\(?0?\)?[6789]0/

/** Nine digits and more that begin as a line's, whatever stands between them. */
const MISTYPED = /^(?:0[6789]0|020|[6789]0)\d{6,}$/

function looksLikeMore(rest: string): boolean {
  const hidden = (text: string) => OTHER.repeat(text.length)
  const left = rest
    .replace(POSTAL_CODE, hidden)
    .replace(AMOUNT, hidden)
    .replace(FOREIGN, hidden)
    .replace(OTHER_PHONE, hidden)
  return START.test(left) || [...left.matchAll(RUN)].some(([run]) => MISTYPED.test(nationalDigits(run) ?? ''))
}

const RUN = /(?<![A-Za-z0-9_])[+(]{0,2}\d(?:[-~() .\t]{0,3}\d)*(?:(?<=\d)[A-Za-z_]+)?/g
const COUNTED_TAIL = /[ \t(]+\d+$/
/** `080-1111-222 7.5GB`, `080-1111-222(3GB`. */
const MEASURED_TAIL = /(?<=\d)[ \t(]+[\d.]+[A-Za-z]+$/
const COUNTER_AHEAD = new RegExp(`^(?:${COUNTER}|[A-Za-z%/:]|,\\d)`)

/** The problem of the longest run of digits, or of the words around none. */
function noAccount(text: string): NoAccount {
  let worst: { readonly digits: number; readonly reading: NoAccount } | null = null
  for (const { 0: match, index } of text.matchAll(RUN)) {
    // The digits after a group's underscore are part of its code, not a mistyped phone number.
    if (/[A-Za-z0-9]_$/.test(text.slice(Math.max(0, index - 2), index))) continue
    // What a word counts belongs to the word: 090-1234-567 2回線.
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

/** Every number that has lost its beginning. */
const likelyIn = (text: string): ReadonlySet<string> =>
  new Set([...text.matchAll(/[^\s、,]+/g)].flatMap(([word]) => likelyLine(word) ?? []))

function readingOf(run: string): NoAccount {
  if (/[A-Za-z_]$/.test(run)) return { found: 'none', problem: 'LETTERS' }
  const whole = numberProblem(run)
  // Beside other figures it is the word that looks like a number that counts.
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

/** A number that a spreadsheet took for a figure: `9012345678`, `819012345678`. */
export function likelyLine(run: string): string | null {
  const bare = /^\D*((?:[6789]0|20)(?:\d{8}|-\d{4}-\d{4})|200\d{10}|81(?:[6789]0|20)\d{8})\D*$/.exec(run)?.[1]
  const digits = bare?.replace(/\D/g, '')
  // Ten figures that begin with this year are a date and an hour.
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
