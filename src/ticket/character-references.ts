/**
 * Text whose punctuation stands as numeric character references (`&#42;`), for markup languages that keep those and
 * have no other escape that works everywhere (in a table's cell, at a line's start, inside a word).
 *
 * Hyphens and underscores inside a word stay, since numbers and group codes are full of them and no rule of these
 * languages fires there. One pass over the text, whatever it holds: a carrier's reply must not freeze the page.
 */
export function withReferences(text: string): string {
  // `h3. `, `bq.. ` and `p.:` start a block.
  const start = /^[A-Za-z]+\d*\.*/.exec(text)?.[0].length ?? 0
  let written = ''
  // Whether the text so far ends with a project's key (as in DESK-12), and whether it ends with a number or
  // with a number and a space.
  let isKey = false
  let figure: 'none' | 'digits' | 'space' = 'none'
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const before = at === 0 ? NOTHING : text.charCodeAt(at - 1)
    const after = at + 1 === text.length ? NOTHING : text.charCodeAt(at + 1)
    const isMeant =
      ALWAYS.has(code) ||
      (code === DOT && (at < start || before === DOT || after === DOT || isAfterWww(text, at))) ||
      ((code === HYPHEN || code === UNDERSCORE) && !(isWord(before) && isWord(after))) ||
      // `DESK-12` is a link to an issue.
      (code === HYPHEN && isKey && isDigit(after)) ||
      // `:)` and `;-)` become pictures, `http:` and `mailto:` links.
      ((code === COLON || code === SEMICOLON) && after !== NOTHING && !isSpace(after) && !isDigit(after)) ||
      // `2 x 3` becomes a product.
      (code === SMALL_X && figure !== 'none' && beginsFigure(text, at + 1))
    written += isMeant ? `&#${code};` : text[at]

    isKey = isCapital(code) ? isKey || !isWord(before) : isKey && (isDigit(code) || code === UNDERSCORE)
    if (isDigit(code) || (figure === 'digits' && (code === DOT || code === COMMA))) figure = 'digits'
    else figure = figure === 'digits' && code === SPACE ? 'space' : 'none'
  }
  return written
}

const codeOf = (char: string): number => char.charCodeAt(0)
const SPACE = codeOf(' ')
const COMMA = codeOf(',')
const HYPHEN = codeOf('-')
const DOT = codeOf('.')
const COLON = codeOf(':')
const SEMICOLON = codeOf(';')
const UNDERSCORE = codeOf('_')
const SMALL_X = codeOf('x')
const NOTHING = -1
const ALWAYS: ReadonlySet<number> = new Set([...'!"#$%&\'()*+<=>?@[\\]^`{|}~'].map(codeOf))

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39
const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a
const isWord = (code: number): boolean => isDigit(code) || isCapital(code) || (code >= 0x61 && code <= 0x7a)
const isSpace = (code: number): boolean => /\s/.test(String.fromCharCode(code))

/** `www.` begins a link where the three letters are a word. */
const isAfterWww = (text: string, at: number): boolean =>
  /(?:^|[^\w])www$/i.test(text.slice(Math.max(0, at - 4), at))

function beginsFigure(text: string, at: number): boolean {
  const first = text.charCodeAt(at)
  const next = first === SPACE ? text.charCodeAt(at + 1) : first
  return isDigit(next) || next === DOT || next === COMMA
}
