import { isLine } from './account.ts'

/** A line's number where it stands in a plain text (see `plainText`). */
export interface FoundLine {
  readonly from: number
  readonly to: number
  /** National digits. */
  readonly id: string
  /**
   * `sure`: a complete number in a usual spelling, with nothing around it that raises doubt. `unsure`:
   * complete, but the text around it may change which line is meant. `spoilt`: the characters next to it may
   * make it a part of a longer or another number.
   */
  readonly verdict: 'sure' | 'unsure' | 'spoilt'
}

/**
 * Words that count or measure the digits before them. Right after a phone number, such a word may claim the
 * number's last digits: `090-1234-5678月から` is either `090-1234-567` and `8月から`, or a number and a word.
 */
export const COUNTER = [
  '(?:か|カ|ヵ|ヶ|ケ|箇)(?:月|所|国|年|日)',
  '[年秒週泊円個枚歳才階丁号億倍割度杯匹冊束組巻章項位便校軒戸室局票足箱袋区限畳坪段品字食曲期世店社分%‰¢£¥€°$]',
  // Names and other words may begin with the same letter.
  '番(?!号)|日(?![本高向下野置])|月(?![島岡額])|時(?![田任])|本(?![日人体件当田間多村山郷庄橋])|名(?![義前古称])',
  '通(?![信話知常])|人(?!物)|件(?!名)|点(?!検)|回(?![答復収])|台(?![帳湾風東])|千(?![葉田代石])|百(?![瀬合])|万(?!里)',
  '代(?![表理])|機(?![種器能])|着(?!信)|条(?!件)|種(?!別)|行目|列目|世帯|拠点|契約|端末',
  'つ(?![なけいか])|ページ|セット|ポイント|パケット|パーセント|ギガ|メガ|キロ|テラ|ミリ|センチ|ドル|プラン|コース|ライン|ユーザー|アカウント',
].join('|')

// `plainText` has already turned the long vowel mark into a dash.
const COUNTED = new RegExp(`^(?:${COUNTER.replaceAll('ー', '[-ー]')})`)
/** Words that people write right behind a number; any other kanji or katakana may count or measure. */
const PLAIN_WORD =
  /^(?:様|殿|氏|宛|御|自宅|携帯|宅|本[人日]|名義|通[信話知常]|番号|電話|登録|利用|使用|希望|不通|速度|低速|遅|制限|確認|折|連絡|迄|会社|勤務|回[答復]|着信|発信|請求|解約|新規|契約|担当|未|済|可|不可|留守|録音|制|現|以外|以降|（|\()/
const WORD =
  /^[\p{Script=Han}\p{Script=Katakana}\p{Nd}]|^(?!\p{Script=Hiragana}|[A-Za-z0-9])\p{L}|^(?:がつ|にち|ねん|ふん|ぷん|まい|だい|ほん|ぽん|かい|けん|こ(?![れのち])|じ(?!ゃ))/u

// A number uses only one of these kinds of separator: dashes or waves, with or without spaces, dots, spaces,
// or the tabs between the cells of a table's row.
const DASHES = '-{1,2}'
const DOTS = String.raw`\.`
const KINDS = [DASHES, '~{1,2}', ' {1,3}- {1,3}', ' {1,3}~ {1,3}', DOTS, ' {1,8}', String.raw`\t{1,4}`]

/** Every grouping with every kind of separator, `K` standing for the separator and a number for that many digits. */
const grouped = (kinds: readonly string[], ...groupings: readonly string[]): string =>
  kinds.flatMap(kind => groupings.map(grouping => digitsIn(grouping).replaceAll('K', kind))).join('|')
const digitsIn = (grouping: string): string => grouping.replace(/\d+/g, count => `\\d{${count}}`)

const NATIONAL = `(?=0[6789]0|020)(?:${grouped(KINDS, '3K4K4', '3K8', '4K3K4', '4K5K5', '4K4K6', '4K10')}|\\d{14}|\\d{11})`
const BRACKETED = `\\((?=0[6789]0|020)(?:\\d{3}|\\d{4})\\) ?[-~]? ?(?:${grouped(KINDS, '4K4', '3K4', '5K5', '4K6')}|\\d{10}|\\d{8})`
const COUNTRY = String.raw`(?:\+ ?81|\(\+ ?81\)|\+ ?\(81\)|0081|\(0081\))(?: {0,3}|\t{1,4}| ?[-~]{1,2} ?|\.)(?:\(0\)[- ]?|0)?`
const INTERNATIONAL = `${COUNTRY}(?:(?=[6789]0|20)(?:${grouped(KINDS, '2K4K4', '2K8', '3K3K4', '3K5K5', '3K4K6', '3K10')}|\\d{13}|\\d{10})|\\((?:[6789]0|20)\\) ?(?:${grouped(KINDS, '4K4')}|\\d{8}))`
const USUAL = new RegExp(`^(?:${INTERNATIONAL}|${BRACKETED}|${NATIONAL})$`)
// Complete numbers in groups that few people use. Only dashes and dots count here: digits that spaces split
// like this are more likely separate figures.
const UNUSUAL = `(?=0[6789]0|020)(?:${grouped([DASHES, DOTS], '3K3K5', '3K2K2K2K2')})`

const CANDIDATE = new RegExp(
  `(?<![0-9A-Za-z_])(?:${INTERNATIONAL}|${BRACKETED}|${NATIONAL}|${UNUSUAL})(?!\\d)`,
  'g',
)

/**
 * Finds lines' numbers in a plain text, each in a complete spelling: digits are never joined across a line's end, a full
 * stop, an opening bracket, a slash, a word or two kinds of separators. Linear in the text.
 */
export function findLines(text: string): readonly FoundLine[] {
  const found: FoundLine[] = []
  CANDIDATE.lastIndex = 0
  for (let match = CANDIDATE.exec(text); match !== null; match = CANDIDATE.exec(text)) {
    const [written] = match
    const from = match.index
    const id = nationalDigits(written)
    if (id === null || !isLine(id)) {
      // This match is no line's number, but one may begin inside it (an address followed by a number), so
      // search again from the next character.
      CANDIDATE.lastIndex = from + 1
      continue
    }
    const to = from + written.length
    const verdict = verdictOn(text, { from, to, written, after: found.at(-1)?.to ?? 0 })
    found.push({ from, to, id, verdict: verdict === 'sure' && !USUAL.test(written) ? 'unsure' : verdict })
  }
  return found
}

/** `+81 (0)90…` and `0081 90…` as `090…`; null for another country's number. */
export function nationalDigits(written: string): string | null {
  const digits = written.replace(/\D/g, '')
  const international = /^[+(]*\+/.test(written) ? digits : /^00[1-9]/.test(digits) ? digits.slice(2) : null
  if (international === null) return digits
  return international.startsWith('81') ? `0${international.slice(2).replace(/^0/, '')}` : null
}

// Digits that stand alone: no part of a date, a time or an amount, and not the start of a word.
const BARE = `(?![-~./:,( ]?\\d)(?![A-Za-z_])(?!${COUNTER})`
const DATE = '20[1-3]\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])'
/** Matches text after a number that names a second line by its last digits only: `090-1234-5678/5679`. */
const SECOND_END = new RegExp(
  [
    // An end of any length behind a sign or a word that says "or", "and" or "to".
    `^ {0,2}(?:[-/~、,:&+;|(→⇒=[「\\\\.]|or|and|to|と|や|か|から|または|又は|もしくは|あるいは|および|及び|ならびに) {0,2}(?:\\d{4}-\\d{4}|\\d{1,8})${BARE}`,
    // Four digits after a few other characters, unless those say what the digits are (an extension, a year).
    `^(?!.{0,8}(?:内線|番号|No|ID|#|ext|年|¥))[^\\d\\n]{1,8}(?!0|20[1-3]\\d[-/.年]|${DATE})\\d{4}(?:-\\d{4})?(?![-.:,]?\\d)(?!${COUNTER.replace('番(?!号)|', '')})(?![KMGT]B|[A-Za-z]{2})`,
    // Figures alone up to the end of the line, or alone on the next one.
    `^[ \\t]{1,8}(?!${DATE}(?!\\d))\\d{1,8}(?:-\\d{4})?(?:[ \\t]{1,8}\\d{4}){0,3}${BARE}[ \\t]*(?:\\n|$)`,
    `^[ \\t]*\\n[ \\t]{0,20}\\d{4}(?:-\\d{4})?[ \\t]*(?:\\n|$)`,
  ].join('|'),
)
const NEXT_FIGURES = new RegExp(`^( {1,8}|\\t{1,8})(\\d+)${BARE}`)
const FILE_OR_ADDRESS =
  /^[)\]」]?(?:\.[A-Za-z][A-Za-z0-9]{1,9}(?![A-Za-z0-9])|@[A-Za-z0-9])|^(?: ?[-_(] ?)?(?:コピ-)?[) \d]{0,4}\.(?:wav|mp3|m4a|aac|amr|ogg|mp4|txt|csv|pdf|jpe?g|png)\b/i
/** Matches text before a number that makes the number a part of an address or a path. */
const IN_ADDRESS = /(?:[a-z]:\/\/|www\.|[a-z0-9]\/|\/[a-z]|\\|[?&][a-z]+=)[^\s"'<>「」]*$/i
const LOOK_AROUND = 2_000

interface Place {
  readonly from: number
  readonly to: number
  readonly written: string
  /** Where the number before it ends. */
  readonly after: number
}

function verdictOn(text: string, { from, to, written, after }: Place): FoundLine['verdict'] {
  const left = text.slice(Math.max(after, from - LOOK_AROUND), from)
  const right = text.slice(to, to + LOOK_AROUND)
  const separator = /\d([^\d()]+)\d+$/.exec(written)?.[1] ?? ''
  const isSpaced = /^[ \t]+$/.test(separator)

  if (/^[A-Za-z_]/.test(right) || COUNTED.test(right)) return 'spoilt'
  // An area code in brackets right before it, such as (03), makes it a part of another number.
  if (/\(0\d{1,4}\)[-~. ]?$/.test(left)) return 'spoilt'
  // A prefix of another country, such as +1 or 0044, stands before it.
  if (/\+ ?\(?\d{1,4}\)?[-~.\s(:/]{0,6}$/.test(left) || /(?<!\d)00[2-9]\d{1,2}[-~. (]{0,2}$/.test(left)) {
    return 'spoilt'
  }
  // It may begin with the end of an amount: the 080 of 1,080.
  const isAmount = /(?<!\d)\d{1,3}(?:,\d{3})*,$/.test(left) && /^\d{3}\D/.test(written)
  if (isAmount && isSpaced) return 'spoilt'
  const before = /\d([-~.]{1,2}| {1,3}[-~.] {1,3})$/.exec(left)?.[1]
  const behind = /^([-~.]{1,2}| {1,3}[-~.] {1,3})\d/.exec(right)?.[1]
  // A list item's number (`1.`) may stand right before it; any other digits joined to it spoil it.
  const isListed = /(?:^|\n)[ \t]*\d{1,2}\.$/.test(left)
  if (before !== undefined && (isSameKind(before, separator) || !(before.startsWith(' ') || isListed))) {
    return 'spoilt'
  }
  if (behind !== undefined && isSameKind(behind, separator)) return 'spoilt'
  if (isSpaced) {
    // A digit too many, unless it is another cell's or begins another number.
    const gap = separator.startsWith('\t') ? '\t' : ' '
    if (new RegExp(`(?:^|\\s)\\d+${gap}{1,8}$`).test(left)) return 'spoilt'
    const [, between = '', next = ''] = NEXT_FIGURES.exec(right) ?? []
    if (between.startsWith(gap) && !/^(?:0[6789]0|020|0081)/.test(next)) return 'spoilt'
  }
  const isDoubtful =
    isAmount ||
    // It may be a code followed by a date or by other figures.
    ((isSpaced || /\d{3}\D+\d{8}$/.test(written)) && DATED.test(nationalDigits(written) ?? '')) ||
    (/^0081\s+\d{10}$/.test(written) && DATED.test(`000${written.slice(-10, -2)}`)) ||
    (isSpaced && /^(?!0081)\d{4}\s+\d{3}\s/.test(written)) ||
    // The digits may belong to a word or an id: No.090…, ID-090…, #090….
    /(?:[A-Za-z][-~.]|\d[-~.]{1,2}|#)$/.test(left) ||
    // In `090-1234-5671,234円` the last digit may belong to the amount 1,234円 instead of the number.
    /^(?:[-~.]{1,2}\d|,\d{3}(?!\d)|[:/]\d{1,4}(?![-\d]))/.test(right) ||
    (WORD.test(right) && !PLAIN_WORD.test(right)) ||
    /\p{Nd}$/u.test(left) ||
    SECOND_END.test(right) ||
    FILE_OR_ADDRESS.test(right) ||
    IN_ADDRESS.test(left)
  return isDoubtful ? 'unsure' : 'sure'
}

/** Matches eleven digits of which the last eight are a date of 2010 to 2039. */
const DATED = new RegExp(`^\\d{3}${DATE}$`)

/** Whether the separator next to a number is of the same kind as the number's own separators. */
function isSameKind(beside: string, separator: string): boolean {
  const kind = (text: string) => (text.includes('.') ? '.' : text.includes('~') ? '~' : '-')
  const isWide = (text: string) => text.startsWith(' ') && text.endsWith(' ')
  if (!/[-~.]/.test(separator)) return kind(beside) === '-' && !beside.startsWith(' ')
  return kind(beside) === kind(separator) && isWide(beside) === isWide(separator)
}
