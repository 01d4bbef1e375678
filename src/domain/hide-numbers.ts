import { type Account, maskAccount } from './account.ts'
import { likelyLine } from './account-problem.ts'
import { findLines } from './find-lines.ts'
import { blanked, plainText } from './plain-text.ts'

/** Stands for a customer's name. */
export const HIDDEN_NAME = '••••'

interface Hidden {
  readonly from: number
  readonly to: number
  readonly mask: string
}

// Characters that may stand between the digits of a possible number. This accepts more than `readAccounts`
// does: in doubt it is right to hide too much.
const GAP = String.raw`(?:[-~. \t\n()/,_\u25a1]{1,3})?`
const more = (least: number) => `(?:${GAP}\\d){${least},}`
const START = String.raw`(?<!\d)`
// Possible numbers: with the leading 0, in international form, or with the 0 or + lost.
const DOUBTFUL = new RegExp(
  [
    `${START}0${GAP}(?:[6789]${GAP}0|2${GAP}0)${more(5)}`,
    `(?:${START}0${GAP}0${GAP}|${START})8${GAP}1${GAP}(?:0${GAP})?(?:[6789]${GAP}0|2${GAP}0)${more(5)}`,
    `${START}(?:[6789]0|20)\\d{8}(?!\\d)|${START}200\\d{10}(?!\\d)|${START}(?:[6789]0|20)-\\d{4}-\\d{4}(?!\\d)`,
    `(?<!\\d)\\d{1,4}0[6789]0\\d{8}(?!\\d)`,
  ].join('|'),
  'g',
)

/** Matches more than the pattern for running text, because the text may be nothing but a group's code. */
const ANY_GROUP =
  /(?<![A-Za-z0-9])(?=\d*[A-Za-z])[A-Za-z0-9]{1,16}_(?!0[6789]0\d?(?!\d))\d{1,20}(?![A-Za-z0-9]|[-~.]\d)|(?<![A-Za-z0-9_])\d{1,8}_\d{9,20}(?![A-Za-z0-9])/g

/**
 * Masks every line's number and every share group's code in a text, however it is written: those that
 * `readAccounts` can read, and anything that only looks like one. What a carrier or a label says of a group
 * may name its members.
 *
 * @param account masked even where `readAccounts` would not take it for an account
 */
export function hideNumbers(text: string, account?: Account): string {
  const plain = plainText(text)
  const read = apart([
    ...findLines(plain.text).map(({ from, to, id }) => ({
      from,
      to,
      mask: maskAccount({ kind: 'line', id }),
    })),
    ...[...plain.text.matchAll(ANY_GROUP)].map(({ 0: id, index }) => hiddenAt(index, { kind: 'group', id })),
    ...(account === undefined ? [] : placesOf(plain.text, account)),
  ])
  const doubtful = [...blanked(plain.text, read).matchAll(DOUBTFUL)].map(({ 0: run, index }) => ({
    from: index,
    to: index + run.length,
    mask: maskOf(run),
  }))
  let hidden = ''
  let end = 0
  for (const { from, to, mask } of apart([...read, ...doubtful])) {
    hidden += text.slice(plain.at[end], plain.at[from]) + mask
    end = to
  }
  return hidden + text.slice(plain.at[end])
}

const hiddenAt = (from: number, account: Account): Hidden => ({
  from,
  to: from + account.id.length,
  mask: maskAccount(account),
})

function placesOf(text: string, account: Account): readonly Hidden[] {
  const places: Hidden[] = []
  for (let from = text.indexOf(account.id); from !== -1; from = text.indexOf(account.id, from + 1)) {
    places.push(hiddenAt(from, account))
  }
  return places
}

/** Masks a likely line's number as such; in any other run a star replaces every digit but the last four. */
function maskOf(run: string): string {
  const id = likelyLine(run)
  return id === null ? starred(run) : maskAccount({ kind: 'line', id })
}

/** Every digit but the last four as a star. */
function starred(run: string): string {
  const digits = run.replace(/\D/g, '').length
  let seen = 0
  return run.replace(/\d/g, digit => {
    seen += 1
    return seen > digits - 4 ? digit : '*'
  })
}

/** Sorts the places. Of two that overlap, the one that begins first stays and is extended to cover both. */
function apart(places: readonly Hidden[]): readonly Hidden[] {
  const kept: Hidden[] = []
  for (const place of [...places].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = kept.at(-1)
    if (last === undefined || place.from >= last.to) kept.push(place)
    else if (place.to > last.to) kept.splice(-1, 1, { ...last, to: place.to })
  }
  return kept
}
