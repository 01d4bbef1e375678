import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { type Account, formatAccount, parseAccount } from './account.ts'
import type { AccountProblem } from './account-problem.ts'
import { digitsTyped, LONGEST_TEXT, MOST_CANDIDATES, readAccounts } from './read-accounts.ts'
import { groupIds, lineIds } from './testing/spellings.ts'

const LINE = '09012345678'
const line = (id: string): Account => ({ kind: 'line', id })
const group = (id: string): Account => ({ kind: 'group', id })

/** Texts with exactly one account in them. */
const one: readonly (readonly [what: string, text: string, account: Account])[] = [
  // The number plans
  ['a 060 line', '06012345678', line('06012345678')],
  ['a 070 line', '07012345678', line('07012345678')],
  ['a 080 line', '08012345678', line('08012345678')],
  ['a 090 line', '09012345678', line(LINE)],
  ['a machine’s 020 line', '02012345678', line('02012345678')],
  ['a machine’s 0200 line of 14 digits', '02001234567890', line('02001234567890')],
  ['a 0200 line as it is written', '0200-12345-67890', line('02001234567890')],
  ['a 0200 line in other groups', '0200 1234 567890', line('02001234567890')],
  ['a line that ends in zeros', '09000000000', line('09000000000')],

  // Separators
  ['3-4-4', '090-1234-5678', line(LINE)],
  ['4-3-4', '0901-234-5678', line(LINE)],
  ['two hyphens in a row', '090--1234--5678', line(LINE)],
  ['a hyphen at the end', '090-1234-5678-', line(LINE)],
  ['a hyphen at the start', '-090-1234-5678', line(LINE)],
  ['a hyphen between spaces', '090 - 1234 - 5678', line(LINE)],
  ['dots', '090.1234.5678', line(LINE)],
  ['spaces', '090 1234 5678', line(LINE)],
  ['several spaces', '090   1234   5678', line(LINE)],
  ['spaces around', '   090-1234-5678   ', line(LINE)],
  ['a tab', '090\t1234\t5678', line(LINE)],
  ['tabs around, from a spreadsheet cell', '\t09012345678\t', line(LINE)],
  ['a line break at the end', '09012345678\n', line(LINE)],
  ['a Windows line break at the end', '09012345678\r\n', line(LINE)],
  ['line breaks around', '\n\n090-1234-5678\n\n', line(LINE)],
  ['full-width dots', '090．1234．5678', line(LINE)],

  // Every hyphen
  ['the hyphen ‐ U+2010', '090‐1234‐5678', line(LINE)],
  ['the non-breaking hyphen ‑ U+2011', '090‑1234‑5678', line(LINE)],
  ['the figure dash ‒ U+2012', '090‒1234‒5678', line(LINE)],
  ['the en dash – U+2013', '090–1234–5678', line(LINE)],
  ['the em dash — U+2014', '090—1234—5678', line(LINE)],
  ['the horizontal bar ― U+2015', '090―1234―5678', line(LINE)],
  ['the minus − U+2212', '090−1234−5678', line(LINE)],
  ['the full-width hyphen － U+FF0D', '090－1234－5678', line(LINE)],
  ['the small hyphen ﹣ U+FE63', '090﹣1234﹣5678', line(LINE)],
  ['the small em dash ﹘ U+FE58', '090﹘1234﹘5678', line(LINE)],
  ['the long vowel mark ー U+30FC', '090ー1234ー5678', line(LINE)],
  ['the half-width long vowel mark ｰ U+FF70', '090ｰ1234ｰ5678', line(LINE)],
  ['the superscript minus ⁻ U+207B', '090⁻1234⁻5678', line(LINE)],
  ['the double hyphen ゠ U+30A0', '090゠1234゠5678', line(LINE)],
  ['the wave dash 〜 U+301C', '090〜1234〜5678', line(LINE)],
  ['the soft hyphen U+00AD', '090\u00ad1234\u00ad5678', line(LINE)],
  ['mixed hyphens', '090‐1234ー5678', line(LINE)],
  ['the two-em dash ⸺ U+2E3A', '090⸺1234⸺5678', line(LINE)],

  // Every space
  ['NBSP U+00A0', '090\u00a01234\u00a05678', line(LINE)],
  ['narrow NBSP U+202F', '090\u202f1234\u202f5678', line(LINE)],
  ['the ideographic space U+3000', '090\u30001234\u30005678', line(LINE)],
  ['the em space U+2003', '090\u20031234\u20035678', line(LINE)],
  ['the thin space U+2009', '090\u20091234\u20095678', line(LINE)],
  ['the figure space U+2007', '090\u20071234\u20075678', line(LINE)],
  ['the hair space U+200A', '090\u200a1234\u200a5678', line(LINE)],
  ['the mathematical space U+205F', '090\u205f1234\u205f5678', line(LINE)],
  ['NBSP around', '\u00a009012345678\u00a0', line(LINE)],

  // Marks nobody sees
  ['a zero-width space U+200B', '090\u200b1234\u200b5678', line(LINE)],
  ['a zero-width space inside a block', '0901\u200b2345678', line(LINE)],
  ['a zero-width non-joiner U+200C', '090\u200c12345678', line(LINE)],
  ['a zero-width joiner U+200D', '090\u200d12345678', line(LINE)],
  ['a word joiner U+2060', '090\u206012345678', line(LINE)],
  ['a byte order mark U+FEFF', '\ufeff09012345678', line(LINE)],
  ['a left-to-right mark U+200E', '\u200e090-1234-5678', line(LINE)],
  ['a right-to-left mark U+200F', '090-1234-5678\u200f', line(LINE)],
  ['an Arabic letter mark U+061C', '\u061c09012345678', line(LINE)],
  ['embedding marks, as Windows’ contacts add them', '\u202a090-1234-5678\u202c', line(LINE)],
  ['an override U+202D', '\u202d09012345678\u202c', line(LINE)],
  ['isolates U+2066–2069', '\u2066090-1234-5678\u2069', line(LINE)],
  ['a mark between + and 81', '+\u200e81 90 1234 5678', line(LINE)],

  ['a combining mark on a digit', '09\u03230-1234-5678', line(LINE)],
  ['keycap emoji', '0\ufe0f\u20e39\ufe0f\u20e30\ufe0f\u20e3-1234-5678', line(LINE)],

  // Other shapes of the digits 0 to 9
  ['full-width digits', '０９０１２３４５６７８', line(LINE)],
  ['full-width digits and hyphens', '０９０－１２３４－５６７８', line(LINE)],
  ['full-width digits with a long vowel mark', '０９０ー１２３４ー５６７８', line(LINE)],
  ['half full-width, half ASCII', '０９０-1234-5678', line(LINE)],
  ['mathematical digits', '𝟎𝟗𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖', line(LINE)],
  ['full-width spaces between full-width digits', '０９０　１２３４　５６７８', line(LINE)],

  // Brackets
  ['brackets around the prefix', '(090)1234-5678', line(LINE)],
  ['brackets around it all', '(090-1234-5678)', line(LINE)],
  ['corner brackets', '「090-1234-5678」', line(LINE)],
  ['lenticular brackets', '【090-1234-5678】', line(LINE)],
  ['square brackets', '[09012345678]', line(LINE)],
  ['angle brackets', '<09012345678>', line(LINE)],
  ['quotes', '"090-1234-5678"', line(LINE)],
  ['an apostrophe, as a spreadsheet keeps its zero', "'09012345678", line(LINE)],
  ['a formula that keeps its zero', '="09012345678"', line(LINE)],

  // Links and labels
  ['a tel: link', 'tel:09012345678', line(LINE)],
  ['a tel: link with hyphens', 'tel:090-1234-5678', line(LINE)],
  ['a tel: link to the world', 'tel:+819012345678', line(LINE)],
  ['a tel: link with an extension', 'tel:+81-90-1234-5678;ext=12', line(LINE)],
  ['TEL: in capitals', 'TEL:090-1234-5678', line(LINE)],
  ['TEL. and a space', 'TEL. 090-1234-5678', line(LINE)],
  ['TEL and no space', 'TEL090-1234-5678', line(LINE)],
  ['full-width TEL：', 'ＴＥＬ：０９０－１２３４－５６７８', line(LINE)],
  ['the ℡ sign', '℡090-1234-5678', line(LINE)],
  ['the ☎ sign', '☎090-1234-5678', line(LINE)],
  ['Phone:', 'Phone: 090-1234-5678', line(LINE)],
  ['Mobile', 'Mobile 090 1234 5678', line(LINE)],
  ['電話番号：', '電話番号：090-1234-5678', line(LINE)],
  ['携帯 and no space', '携帯09012345678', line(LINE)],
  ['様 right behind it', '09012345678様', line(LINE)],
  ['です。 behind it', '番号は090-1234-5678です。', line(LINE)],
  ['a note in brackets behind it', '090-1234-5678（自宅）', line(LINE)],
  ['a full stop behind it', 'Call 090-1234-5678.', line(LINE)],
  ['a comma behind it', '090-1234-5678, thank you', line(LINE)],
  ['an HTML link', '<a href="tel:09012345678">090-1234-5678</a>', line(LINE)],
  ['a Markdown link', '[090-1234-5678](tel:+819012345678)', line(LINE)],
  ['a JSON value', '{"account":"09012345678"}', line(LINE)],

  // From abroad
  ['+81', '+819012345678', line(LINE)],
  ['+81 with spaces', '+81 90 1234 5678', line(LINE)],
  ['+81 with hyphens', '+81-90-1234-5678', line(LINE)],
  ['+81 and (0)', '+81 (0)90 1234 5678', line(LINE)],
  ['+81 and 0', '+81 090-1234-5678', line(LINE)],
  ['(+81)', '(+81) 90-1234-5678', line(LINE)],
  ['+(81)', '+(81)90-1234-5678', line(LINE)],
  ['full-width ＋８１', '＋８１９０１２３４５６７８', line(LINE)],
  ['0081', '00819012345678', line(LINE)],
  ['0081 with hyphens', '0081-90-1234-5678', line(LINE)],
  ['0081 and (0)', '0081 (0)90 1234 5678', line(LINE)],
  ['+81 of a machine’s line', '+81 20 1234 5678', line('02012345678')],
  ['+81 of a 0200 line', '+81 200 12345 67890', line('02001234567890')],
  ['0081 of a 060 line', '0081 60 1234 5678', line('06012345678')],

  // Share groups
  ['a share group', 'AAA0_00000000001', group('AAA0_00000000001')],
  ['a share group in small letters, kept as it is', 'aaa0_00000000001', group('aaa0_00000000001')],
  ['a full-width share group', 'ＡＡＡ０＿００００００００００１', group('AAA0_00000000001')],
  ['a share group with spaces around', '  AAA0_00000000001\n', group('AAA0_00000000001')],
  ['a share group with a zero-width space in it', 'AAA0_\u200b00000000001', group('AAA0_00000000001')],
  ['a share group in corner brackets', '「AAA0_00000000001」', group('AAA0_00000000001')],
  ['a share group in a sentence', 'グループはAAA0_00000000001です', group('AAA0_00000000001')],
  ['a share group behind a label', 'Share group: BB12_00000000042.', group('BB12_00000000042')],
  ['a short share group that stands alone', 'A_1', group('A_1')],
  ['a share group of digits alone', '1234_567890123', group('1234_567890123')],
  ['a share group that begins like TEL', 'TEL0_00000000001', group('TEL0_00000000001')],
  ['a share group that begins like fax', 'fax1_00000000001', group('fax1_00000000001')],
  ['a share group that begins like Phone', 'Phone2_00000000001', group('Phone2_00000000001')],
  ['a share group that begins like mobile', 'mobile3_00000000001', group('mobile3_00000000001')],
  [
    'a share group that begins like TEL, in a sentence',
    '照会 TEL0_00000000001 願います',
    group('TEL0_00000000001'),
  ],

  // One account among other text
  ['a landline beside it', '090-1234-5678 03-1234-5678', line(LINE)],
  ['a landline in brackets beside it', '090-1234-5678 (03-1234-5678)', line(LINE)],
  ['a landline on the next line', '090-1234-5678\n03-1234-5678', line(LINE)],
  ['a date before it', '2026-11-23 090-1234-5678', line(LINE)],
  ['a date and time before it', '2026/11/23 13:05 09012345678', line(LINE)],
  ['a date behind it', '090-1234-5678 2026-11-23', line(LINE)],
  ['a list marker before it', '1. 090-1234-5678', line(LINE)],
  ['a circled number before it', '① 090-1234-5678', line(LINE)],
  ['a ticket number before it', '#4711 090-1234-5678', line(LINE)],
  ['a postal code before it', '〒100-0001 東京都 090-1234-5678', line(LINE)],
  ['a foreign number beside it', '+1 415 555 2671 / 090-1234-5678', line(LINE)],
  ['the same number twice', '090-1234-5678 090-1234-5678', line(LINE)],
  ['the same number in two spellings', '090-1234-5678 (+81 90 1234 5678)', line(LINE)],
  ['a file name beside it', 'IMG_20261123.jpg 09012345678', line(LINE)],
  [
    'an e-mail with one number',
    'お世話になっております。\n山田です。\n下記の回線の通信量をご確認ください。\n\n電話番号：０９０－１２３４－５６７８\n契約日：2024/04/01\n\nよろしくお願いいたします。\n',
    line(LINE),
  ],
]

/** Texts with several accounts: the agent picks. */
const several: readonly (readonly [what: string, text: string, accounts: readonly Account[]])[] = [
  ['on two lines', '090-1234-5678\n080-1111-2222', [line(LINE), line('08011112222')]],
  ['with a space between', '090-1234-5678 080-1111-2222', [line(LINE), line('08011112222')]],
  ['with spaces inside as well', '090 1234 5678 080 1111 2222', [line(LINE), line('08011112222')]],
  ['without separators inside', '09012345678 08011112222', [line(LINE), line('08011112222')]],
  ['with a comma', '09012345678,08011112222', [line(LINE), line('08011112222')]],
  ['with an ideographic comma', '090-1234-5678、080-1111-2222', [line(LINE), line('08011112222')]],
  ['with a slash', '090-1234-5678/080-1111-2222', [line(LINE), line('08011112222')]],
  ['with a tab, as two cells', '09012345678\t08011112222', [line(LINE), line('08011112222')]],
  ['with と', '090-1234-5678と080-1111-2222', [line(LINE), line('08011112222')]],
  ['from abroad, with a space', '+81 90 1234 5678 +81 80 1111 2222', [line(LINE), line('08011112222')]],
  ['one from abroad', '090-1234-5678, +81-80-1111-2222', [line(LINE), line('08011112222')]],
  ['the second in brackets', '090-1234-5678 (080-1111-2222)', [line(LINE), line('08011112222')]],
  ['in the order of the text', '080-1111-2222 090-1234-5678', [line('08011112222'), line(LINE)]],
  [
    'three, one of them twice',
    '09012345678, 08011112222, 09012345678, 07033334444',
    [line(LINE), line('08011112222'), line('07033334444')],
  ],
  ['a line and a share group', '090-1234-5678 AAA0_00000000001', [line(LINE), group('AAA0_00000000001')]],
  [
    'a share group and then a line, in this order',
    'AAA0_00000000001 090-1234-5678',
    [group('AAA0_00000000001'), line(LINE)],
  ],
  [
    'two share groups',
    'AAA0_00000000001 / BBB0_00000000002',
    [group('AAA0_00000000001'), group('BBB0_00000000002')],
  ],
  ['a 0200 line and a 090 line', '0200-12345-67890 090-1234-5678', [line('02001234567890'), line(LINE)]],
  [
    'an e-mail with two numbers and a signature',
    'Please check 090-1234-5678 and also 080 1111 2222.\n\n-- \nTaro Yamada\nTEL 03-1234-5678 / FAX 03-1234-5679\n〒100-0001',
    [line(LINE), line('08011112222')],
  ],
]

/** Texts with no account, and why. */
const none: readonly (readonly [what: string, text: string, problem: AccountProblem])[] = [
  ['nothing', '', 'EMPTY'],
  ['spaces', '   ', 'EMPTY'],
  ['an ideographic space', '\u3000', 'EMPTY'],
  ['line breaks and tabs', '\n\t\r\n', 'EMPTY'],
  ['marks nobody sees', '\u200b\u200e\ufeff', 'EMPTY'],

  ['a word', 'hello', 'LETTERS'],
  ['Japanese words', '山田太郎', 'LETTERS'],
  ['hyphens alone', '---', 'LETTERS'],
  ['a letter O for the last zero', '0901234567O', 'LETTERS'],
  ['a letter O for the first zero', 'O9012345678', 'LETTERS'],
  ['a letter l for a one', '090l2345678', 'LETTERS'],
  ['a full-width letter in it', '０９０１２３４５６７Ｏ', 'LETTERS'],
  ['a letter behind it', '09012345678a', 'LETTERS'],
  ['an underscore behind it', '09012345678_', 'LETTERS'],
  ['a letter behind a hyphen in it', '090-l234-5678', 'LETTERS'],
  ['a group with letters behind its underscore', 'AAA0_ABC', 'LETTERS'],
  ['a group without digits', 'AAA0_', 'LETTERS'],
  ['a group with a hyphen for its underscore', 'AAA-B', 'LETTERS'],
  ['a file name alone', 'IMG_20261123.jpg', 'LETTERS'],
  ['numbers written in kanji', '〇九〇一二三四五六七八', 'LETTERS'],
  ['an emoji', '📱', 'LETTERS'],

  ['Arabic digits', '٠٩٠١٢٣٤٥٦٧٨', 'OTHER_DIGITS'],
  ['Persian digits', '۰۹۰۱۲۳۴۵۶۷۸', 'OTHER_DIGITS'],
  ['Devanagari digits', '०९०१२३४५६७८', 'OTHER_DIGITS'],
  ['Thai digits', '๐๙๐๑๒๓๔๕๖๗๘', 'OTHER_DIGITS'],

  ['a landline in Tokyo', '03-1234-5678', 'LANDLINE'],
  ['a landline in Osaka', '0612345678', 'LANDLINE'],
  ['a landline with a four-digit area', '0422-12-3456', 'LANDLINE'],
  ['a full-width landline', '０３（１２３４）５６７８', 'LANDLINE'],
  ['a landline from abroad', '+81 3-1234-5678', 'LANDLINE'],
  ['a landline with an extension', '03-1234-5678 内線 123', 'LANDLINE'],
  ['a landline in words', '代表: 03-1234-5678（平日のみ）', 'LANDLINE'],
  ['an IP phone', '050-1234-5678', 'IP_PHONE'],
  ['an IP phone from abroad', '+81-50-1234-5678', 'IP_PHONE'],
  ['a free number that begins like an 080 line', '0800-123-4567', 'TOLL_FREE'],
  ['the same in a line’s groups', '080-0123-4567', 'TOLL_FREE'],
  ['a number with a charge of its own', '0990-123-456', 'SPECIAL_NUMBER'],
  ['a free number', '0120-123-456', 'TOLL_FREE'],
  ['a navigation number', '0570-012-345', 'NAVI_DIAL'],

  ['a number in the USA', '+1 415 555 2671', 'FOREIGN'],
  ['a number in South Korea that looks like ours', '+82 10-1234-5678', 'FOREIGN'],
  ['a number in Britain with 00', '0044 7911 123456', 'FOREIGN'],
  ['a number in Germany', '(+49) 151 23456789', 'FOREIGN'],

  ['one digit too few', '0901234567', 'TOO_SHORT'],
  ['one digit too few, with hyphens', '090-1234-567', 'TOO_SHORT'],
  ['the first half', '090-1234', 'TOO_SHORT'],
  ['the prefix', '090', 'TOO_SHORT'],
  ['one digit', '5', 'TOO_SHORT'],
  ['no leading zero, as a spreadsheet drops it', '9012345678', 'ZERO_LOST'],
  ['no leading zero, with hyphens', '80-1234-5678', 'ZERO_LOST'],
  ['a 0200 line with a digit too few', '0200123456789', 'TOO_SHORT'],
  ['a 0200 line with eleven digits', '02001234567', 'TOO_SHORT'],
  ['+81 and a digit too few', '+81 90 1234 567', 'TOO_SHORT'],
  ['+81 alone', '+81', 'TOO_SHORT'],
  ['an emergency number', '110', 'SPECIAL_NUMBER'],
  ['the last four digits', '5678', 'TOO_SHORT'],

  ['one digit too many', '090123456789', 'TOO_LONG'],
  ['one digit too many, with hyphens', '090-1234-56789', 'TOO_LONG'],
  ['a digit too many behind spaces', '090 1234 5678 9', 'TOO_LONG'],
  ['a digit too many before spaces', '1 090 1234 5678', 'TOO_LONG'],
  ['a branch number behind it', '090-1234-5678-01', 'TOO_LONG'],
  ['a 0200 line with a digit too many', '020012345678901', 'TOO_LONG'],
  ['a card’s number', '4111 1111 1111 1111', 'TOO_LONG'],
  ['a SIM card’s number', '8981100000000000000', 'TOO_LONG'],
  ['+81 and a digit too many', '+81 90 1234 56789', 'TOO_LONG'],
  ['two numbers run together', '0901234567808011112222', 'TOO_LONG'],
  ['81 without its plus', '819012345678', 'ZERO_LOST'],

  ['pairs', '090 12 34 56 78', 'UNUSUAL'],
  ['single digits set apart', '0 9 0 1 2 3 4 5 6 7 8', 'UNUSUAL'],
  ['two kinds of separators', '090-1234 5678', 'UNUSUAL'],
  ['brackets around the middle', '090(1234)5678', 'UNUSUAL'],
  ['full-width brackets around the middle', '０９０（１２３４）５６７８', 'UNUSUAL'],
  ['a unit right behind it', '090-1234-5678円', 'UNUSUAL'],

  ['eleven digits of something else', '12345678901', 'NOT_MOBILE'],
  ['ten digits of something else', '1234567890', 'NOT_MOBILE'],
  ['a 040 number', '04012345678', 'NOT_MOBILE'],
  ['a 091 number', '09112345678', 'NOT_MOBILE'],
]

describe('a text with one account', () => {
  it.each(one)('is read through %s', (_, text, account) => {
    expect(readAccounts(text)).toEqual({ found: 'one', account })
  })
})

describe('a text with several accounts is a question for the agent', () => {
  it.each(several)('%s', (_, text, accounts) => {
    expect(readAccounts(text)).toEqual({ found: 'several', accounts })
  })
})

describe('a text with no account says why', () => {
  it.each(none)('%s', (_, text, problem) => {
    expect(readAccounts(text)).toMatchObject({ found: 'none', problem })
  })
})

test('the tables hold 150 different cases or more', () => {
  expect(new Set([...one, ...several, ...none].map(([, text]) => text)).size).toBeGreaterThanOrEqual(150)
})

describe('a number beside something that looks like a mistyped one is a question, not a guess', () => {
  it.each([
    '090-1234-567 080-1111-2222',
    '090-1234-56789、080-1111-2222',
    '09O-1234-5678 080-1111-2222',
    '080-1111-2222\n090-1234-567',
    '旧: 0901234567 新: 080-1111-2222',
  ])('%j', text => {
    expect(readAccounts(text)).toEqual({ found: 'several', accounts: [line('08011112222')] })
  })

  it.each([
    '080-1111-2222 2026-11-23T10:00 1,234円',
    '080-1111-2222 (03-1234-5678)',
    '080-1111-2222 注文番号 12345678',
    'iPhone 15Pro 080-1111-2222',
  ])('but not beside a date, an amount or a landline: %j', text => {
    expect(readAccounts(text)).toEqual({ found: 'one', account: line('08011112222') })
  })
})

describe('a list of numbers', () => {
  const lines = Array.from({ length: 50 }, (_, at) => `090${String(10_000_000 + at)}`)
  const groups = Array.from({ length: 50 }, (_, at) => `AAA0_${String(10_000_000_000 + at)}`)

  it.each([
    ['on lines of their own', lines.join('\n')],
    ['with commas', lines.join(',')],
    ['with spaces on one line', lines.join(' ')],
    ['with tabs, as cells of one row', lines.join('\t')],
    ['of share groups', groups.join('\n')],
    ['of both', `${lines.join('\n')}\n${groups.join('\n')}`],
  ])('offers its first few and no more: %s', (_, text) => {
    const reading = readAccounts(text)
    expect(reading.found === 'several' && reading.accounts.length).toBe(MOST_CANDIDATES)
  })
})

describe('a text longer than any that holds one customer', () => {
  it('is not read beyond the limit', () => {
    expect(readAccounts('、'.repeat(LONGEST_TEXT) + LINE)).toEqual({ found: 'none', problem: 'LETTERS' })
    expect(readAccounts(' '.repeat(LONGEST_TEXT) + LINE)).toEqual({ found: 'none', problem: 'EMPTY' })
  })

  it('is read up to the limit, and one account of it is a question: another may follow', () => {
    const text = '、'.repeat(LONGEST_TEXT - LINE.length) + LINE + '、'.repeat(1_000_000)
    expect(readAccounts(text)).toEqual({ found: 'several', accounts: [line(LINE)] })
  })

  it.each([
    ['12 digits, of which 11 fit', '090123456789', 11],
    ['a 0200 line with a digit too many', '020012345678901', 14],
    ['a share group', 'AAA0_00000000001', 15],
  ])('does not name an account out of what the limit cut in two: %s', (_, cut, fits) => {
    const text = '、'.repeat(LONGEST_TEXT - fits) + cut
    expect(readAccounts(text).found).toBe('none')
  })
})

const accounts: fc.Arbitrary<Account> = fc.oneof(lineIds.map(line), groupIds.map(group))

const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({
    unit: fc.constantFrom(...'0123456789+-() ._abtel:ー－０９\u200b\u202e\ud800\udc00\u0301\n'),
    maxLength: 300,
  }),
)

describe('of every account', () => {
  it('what is written out is read back as the same', () => {
    fc.assert(
      fc.property(accounts, account => {
        expect(readAccounts(formatAccount(account))).toEqual({ found: 'one', account })
      }),
      { numRuns: 2_000 },
    )
  })

  it('what the carrier is sent is parsed as the same', () => {
    fc.assert(
      fc.property(accounts, account => {
        expect(parseAccount(account.id)).toEqual(account)
        expect(readAccounts(account.id)).toEqual({ found: 'one', account })
      }),
      { numRuns: 2_000 },
    )
  })

  it('a line is read with any one separator between its groups', () => {
    const between = fc.constantFrom(
      '-',
      ' ',
      '\u200b',
      '–',
      'ー',
      '－',
      '\u00a0',
      '.',
      '・',
      '～',
      '━',
      '˗',
      '∼',
      '·',
    )
    fc.assert(
      fc.property(lineIds, between, (id, mark) => {
        const text = formatAccount(line(id)).replaceAll('-', mark)
        expect(readAccounts(text)).toEqual({ found: 'one', account: line(id) })
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('of every text', () => {
  it('none throws, and what is found is an account that the carrier can be asked about', () => {
    fc.assert(
      fc.property(anyText, text => {
        const reading = readAccounts(text)
        if (reading.found === 'none') return
        const found = reading.found === 'one' ? [reading.account] : reading.accounts
        for (const account of found) expect(parseAccount(account.id)).toEqual(account)
        expect(new Set(found.map(({ id }) => id)).size).toBe(found.length)
        if (reading.found === 'several') expect(found.length).toBeGreaterThan(1)
        expect(found.length).toBeLessThanOrEqual(MOST_CANDIDATES)
      }),
      { numRuns: 10_000 },
    )
  })

  it('a line on a line of its own is found, whatever stands on the others', () => {
    const noDigits = anyText.map(text => text.normalize('NFKC').replace(/[\p{Nd}_+(\r\n\u2028\u2029]/gu, ''))
    fc.assert(
      fc.property(noDigits, lineIds, noDigits, (before, id, after) => {
        expect(readAccounts(`${before}\n${id}\n${after}`)).toEqual({ found: 'one', account: line(id) })
      }),
      { numRuns: 2_000 },
    )
  })

  it('invisible marks change nothing', () => {
    const marks = fc.constantFrom('\u200b', '\u200e', '\u2060', '\ufeff', '\u202a')
    const spellings = fc.constantFrom(
      ...[...one, ...several].map(([, text]) => text).filter(text => text.length < 60),
    )
    fc.assert(
      fc.property(spellings, marks, fc.nat(), (text, mark, at) => {
        const spaced = [...text]
        spaced.splice(at % (spaced.length + 1), 0, mark)
        expect(readAccounts(spaced.join(''))).toEqual(readAccounts(text))
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('a number says how many digits it has', () => {
  it.each([
    ['090-1234-567', { problem: 'TOO_SHORT', digits: 10, wanted: 11 }],
    ['090-1234-56789', { problem: 'TOO_LONG', digits: 12, wanted: 11 }],
    ['0200-12345-6789', { problem: 'TOO_SHORT', digits: 13, wanted: 14 }],
    ['+81 90-1234-567', { problem: 'TOO_SHORT', digits: 10, wanted: 11 }],
    ['TEL 090-1234-567 2回線', { problem: 'TOO_SHORT', digits: 10, wanted: 11 }],
  ])('once it was asked about: %s', (text, reading) => {
    expect(readAccounts(text)).toEqual({ found: 'none', ...reading })
  })

  it.each([
    ['0', { digits: 1, wanted: 11 }],
    ['090-12', { digits: 5, wanted: 11 }],
    ['０９０－１２３４－５６７', { digits: 10, wanted: 11 }],
    ['090 1234 5678', { digits: 11, wanted: 11 }],
    ['0200-1', { digits: 5, wanted: 14 }],
    ['+81 90 1', { digits: 4, wanted: 11 }],
    ['', null],
    ['山田', null],
    ['03-1234', null],
    ['AAA0_1', null],
    ['090-1234 山田', null],
  ])('while it is typed: %j', (text, counted) => {
    expect(digitsTyped(text)).toEqual(counted)
  })
})
