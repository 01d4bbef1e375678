import { type Account, isLine, parseAccount } from './account.ts'
import { type AccountProblem, lengthOf, type NoAccount, noAccount, RUN } from './account-problem.ts'
import { findLines, nationalDigits } from './find-lines.ts'
import { blanked, OTHER, plainText } from './plain-text.ts'

export type AccountReading =
  | { readonly found: 'one'; readonly account: Account }
  /** A single account is also reported here if the text leaves it in doubt which one is meant. */
  | { readonly found: 'several'; readonly accounts: readonly Account[] }
  | NoAccount

/**
 * A reading that needs a question to the agent: the text names no account, more than one, or one in doubt.
 */
export type Unclear = Exclude<AccountReading, { found: 'one' }>

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
// Matches the labels and escapes before a number, but not the start of a group's code: TEL0_00000000001.
const TEL =
  /(?<![A-Za-z_])(?:tel|phone|mobile|cell|fax)(?![A-Za-z0-9]*_)(?=[-\s:.+(\d])|%20|\\[nrt](?=[+(0-9])/gi

/**
 * Finds the accounts in anything a person types or pastes: full-width digits, every hyphen, invisible marks,
 * brackets, `tel:`, `+81`, `0081`, a whole e-mail. Never throws; time is linear in the text.
 *
 * Only one complete number in a usual spelling is accepted at once. Several numbers, or anything else that
 * looks like a number, become a question for the agent. Each account is named once, in order.
 */
export function readAccounts(text: string): AccountReading {
  const read = capped(text)
  const clean = plainText(read)
    // Replace each label with `OTHER`, so that no digits are joined across it.
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
    // A recording's file name that holds a phone number looks like a group's code.
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

/**
 * Whether a code is a file's name (`IMG_20261123`) or a number with an underscore (`0120_123456`,
 * `090_12345678`) instead of a group's code.
 */
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

/**
 * Cuts a text at the limit and drops the word that it would cut in two: half a number could pass for another.
 */
function capped(text: string): string {
  if (text.length <= LONGEST_TEXT) return text
  let end = LONGEST_TEXT
  while (end > 0 && /[^\s、。,;]/u.test(text[end] ?? '') && LONGEST_TEXT - end < 64) end--
  return text.slice(0, end)
}

// Phone numbers that are not mobile, in any spelling. They raise no doubt about the number that was found.
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
/** The start of a line's number. The second form has lost its 0, the third the + of +81. */
const START =
  /(?<!\d|\d[-~.])(?:(?!0800)0[6789]0|020)|(?<!\d|\d[-~.])[6789]0(?:-\d{4}-\d{4}|\d{8})(?!\d)|(?<!\d|\d[-~.])81-?[6789]0-?\d{4}-?\d{4}(?!\d)|\+ ?81[-~ .]?\(?0?\)?[6789]0/

/** Digits that begin as a line's number does and are long enough to be a mistyped one. */
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
