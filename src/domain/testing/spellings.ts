import fc from 'fast-check'
import { parseAccount } from '../account.ts'

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map(all => all.join(''))

/** Every kind of line: 060 to 090 without 0800, 020 with 11 digits, 0200 with 14. */
export const lineIds: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(fc.constantFrom('0600', '0700', '0801', '0809', '0900', '0901'), digits(7))
    .map(parts => parts.join('')),
  fc.tuple(fc.integer({ min: 4, max: 9 }), digits(7)).map(([first, rest]) => `020${first}${rest}`),
  digits(10).map(rest => `0200${rest}`),
)

const alphanumerics = fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789')

/** Every kind of share group's code; what looks like a recording's name or a number with a low line is none. */
export const groupIds = fc
  .tuple(
    fc.oneof(
      fc.string({ unit: alphanumerics, minLength: 1, maxLength: 16 }),
      fc.constantFrom('tel1', 'TEL9', 'fax0', 'Mobile2', 'phone3'),
    ),
    fc.integer({ min: 1, max: 20 }).chain(digits),
  )
  .map(parts => parts.join('_'))
  .filter(id => parseAccount(id.slice(id.indexOf('_') + 1)) === null)
  .filter(id => /[A-Za-z].*_/.test(id) && !/_20[1-3]\d/.test(id))

const dashes = ['-', '‐', '–', '－', 'ー', 'ｰ', '−', '━', '˗', '～', '〜', '∼', ' - ', '--']
const dots = ['.', '．', '・', '･', '·']
const spaces = [' ', '\u3000', '\u00a0', '   ', '\t']
/** One kind of separator a number, as people and programs type it. */
export const separators: fc.Arbitrary<string> = fc.constantFrom(...dashes, ...dots, ...spaces)

const groupsOf = (id: string): readonly (readonly number[])[] =>
  id.length === 14
    ? [
        [4, 5, 5],
        [4, 4, 6],
        [4, 10],
      ]
    : [
        [3, 4, 4],
        [3, 8],
      ]

function cut(id: string, lengths: readonly number[]): readonly string[] {
  return lengths.map((length, at) => {
    const from = lengths.slice(0, at).reduce((sum, before) => sum + before, 0)
    return id.slice(from, from + length)
  })
}

/** A line's number in one of its usual spellings, with its parts. */
export const spellings: fc.Arbitrary<{ readonly id: string; readonly text: string }> = fc
  .tuple(lineIds, separators, fc.nat(), fc.nat(), fc.boolean())
  .map(([id, separator, grouping, form, isWide]) => {
    const groupings = groupsOf(id)
    const [area = '', ...rest] = cut(id, groupings[grouping % groupings.length] ?? [])
    const tail = rest.join(separator)
    const abroad = [area.slice(1), ...rest].join(separator)
    const forms = [
      id,
      [area, ...rest].join(separator),
      `(${area})${tail}`,
      `（${area}）${tail}`,
      `+81 ${abroad}`,
      `+81${id.slice(1)}`,
      `0081${separator}${abroad}`,
      `+81 (0)${abroad}`,
    ]
    const text = forms[form % forms.length] ?? id
    return {
      id,
      text: isWide ? text.replace(/\d/g, digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)) : text,
    }
  })
