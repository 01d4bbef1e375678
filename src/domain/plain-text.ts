/** A text in the few characters that a number can be written in, with the way back to where each one stood. */
export interface PlainText {
  readonly text: string
  /** Where the character at an index of `text` begins in the source; one more entry for the end. */
  readonly at: readonly number[]
}

/** Stands for a character that is no letter, digit or separator, so that nothing is joined across it. */
export const OTHER = '\u25a1'

// Dashes and dots as Windows, macOS, phones and IMEs type them between figures. Waves stay apart from other dashes,
// because a wave behind a number may mean "to".
const WAVE = /[~～〜∼∽〰]/u
const DASH = /[\p{Pd}−ーｰ⁃─━╌╍┄┅╴╶⎯˗➖]/u
const DOT = /[.．・･·•‧∙⋅․﹒]/u
// Hangul fillers are drawn as blanks.
const SPACE = /[\p{Zs}\u115f\u1160\u3164\uffa0]/u
const LINE_END = /[\n\r\v\f\u0085\u2028\u2029]/u
// Format marks, fillers and marks on a digit: nobody sees them, and phones and chat programs add them.
const UNSEEN = /[\p{Cf}\p{M}\p{Default_Ignorable_Code_Point}]/u
// ①, ², ½ and ☎ are no digits of a number, although NFKC turns them into digits and letters. 〒 stays, because
// it says what follows. NFKC folds squared units and the radicals that PDFs give for kanji, except those with
// digits in them.
const SYMBOL = /(?![〒№℃\u2e80-\u2fdf\u3300-\u3357\u3371-\u33df\u33ff])[\p{No}\p{So}]/u

/**
 * Writes full-width and other shapes of ASCII as ASCII, each dash as `-`, each wave as `~`, each dot as `.`, each space
 * as a plain one and each line end as `\n`; leaves out what nobody sees. Linear in the text.
 */
export function plainText(source: string): PlainText {
  let text = ''
  const at: number[] = []
  let index = 0
  // A text has few different characters, so caching each one's plain form is faster than working it out
  // again.
  const known = new Map<string, string>()
  for (const char of source) {
    let plain = known.get(char)
    if (plain === undefined) {
      plain = plainOf(char)
      known.set(char, plain)
    }
    if (HALF_WIDTH_MARK.test(char)) {
      // ｷﾞ is one letter, as ギ is.
      text =
        text.slice(0, -1) +
        (text.slice(-1) + (char === 'ﾞ' ? '\u3099' : '\u309a')).normalize('NFC').slice(0, 1)
    } else if (isKeycapBeside(source, index, char)) {
      plain = OTHER
    }
    for (let count = 0; count < plain.length; count++) at.push(index)
    text += plain
    index += char.length
  }
  at.push(index)
  return { text, at }
}

const HALF_WIDTH_MARK = /[ﾞﾟ]/

/**
 * Whether a keycap stands next to a plain digit. There it is a mark, as ① is; in a number written in keycaps
 * it is a digit.
 */
function isKeycapBeside(source: string, index: number, char: string): boolean {
  if (!/\d/.test(char)) return false
  const around = source.slice(Math.max(0, index - 8), index).replace(/\p{Cf}/gu, '')
  const keycap = KEYCAP.exec(source.slice(index, index + 24).replace(/\p{Cf}/gu, ''))
  return keycap !== null && (/\d$/.test(around) || keycap[1] !== undefined)
}

/** Matches a keycap, and captures the digit after it if that one is plain. */
const KEYCAP = /^\d\ufe0f?\u20e3(\d(?!\ufe0f?\u20e3))?/

function plainOf(char: string): string {
  if (/^[A-Za-z0-9 \-.]$/.test(char)) return char
  if (LINE_END.test(char)) return '\n'
  if (WAVE.test(char)) return '~'
  if (DASH.test(char)) return '-'
  if (DOT.test(char)) return '.'
  if (SPACE.test(char)) return ' '
  if (UNSEEN.test(char)) return ''
  if (SYMBOL.test(char)) return OTHER
  const folded = char.normalize('NFKC').replace(/[\p{Cf}\p{M}]/gu, '')
  return folded.length === 1 && folded !== char ? plainOf(folded) : folded
}

/**
 * Replaces the given places, which are in order, with `OTHER`, so that the length stays the same and nothing
 * is joined across them.
 */
export function blanked(
  text: string,
  places: readonly { readonly from: number; readonly to: number }[],
): string {
  let rest = ''
  let from = 0
  for (const place of places) {
    rest += text.slice(from, place.from) + OTHER.repeat(place.to - place.from)
    from = place.to
  }
  return rest + text.slice(from)
}
