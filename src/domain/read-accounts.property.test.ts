import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAccounts } from './read-accounts.ts'
import { spellings } from './testing/spellings.ts'

/** What people write after a number, each with a figure in it or none. */
const afterwards = [
  ...[
    '2回線',
    '8月から',
    '８月から',
    '3GB',
    '5G',
    '1台目',
    '45歳',
    '10時',
    '10:30',
    '2026/11/25',
    '2026-11-25',
    '1,234円',
    '100KB',
  ],
  ...[
    '5',
    '56',
    '5678',
    '5679',
    '1234-5678',
    '⑧',
    '①回目',
    '8',
    '２',
    '3F',
    '4つ',
    '9/1',
    '12日',
    '7.5GB',
    '50%',
    '2名',
    '3ヶ月',
  ],
  ...[
    '様',
    'です。',
    'さん',
    '山田',
    'ext 12',
    '内線 12',
    '(自宅)',
    '（2回線目）',
    '(2)',
    '',
    '!',
    'の件',
    '円',
    '月',
  ],
  ...['03-1234-5678', '0120-123-456', '〒100-0001', '#4711', '\n5678', '\r\n2回線', '\u20285', '\n-5678'],
]
const joints = [
  '',
  ' ',
  '  ',
  '\u3000',
  '\t',
  '\n',
  '\r\n',
  '. ',
  '。',
  '、',
  ', ',
  ',',
  '/',
  ' / ',
  '(',
  '（',
  ':',
  '-',
  ' - ',
  '・',
  '~',
  '→',
  '\u200b',
]

describe('a complete number less one digit', () => {
  const cases = fc
    .tuple(spellings, fc.nat(), fc.constantFrom(...joints), fc.constantFrom(...afterwards))
    .map(([{ id, text }, at, joint, after]) => {
      const places = [...text].flatMap((char, index) => (/[\d０-９]/.test(char) ? [index] : []))
      // The country code 81 and the 0 of 0081 or (0) are not digits of the number, so none of them is
      // removed.
      const own = places.slice(
        text.startsWith('+') || text.startsWith('0081') ? -(id.length - 1) : -id.length,
      )
      const gone = own[at % own.length] ?? 0
      return { less: [...text].toSpliced(gone, 1).join(''), joint, after }
    })
    // Leave out digits that follow directly: they would complete the number.
    .filter(({ joint, after }) => !(/^[-\u200b]?$/.test(joint) && /^[\d２８]+$/.test(after)))

  it('is never read as one, whatever follows', () => {
    fc.assert(
      fc.property(cases, ({ less, joint, after }) => {
        const reading = readAccounts(less + joint + after)
        expect(reading).not.toMatchObject({ found: 'one' })
        // The text holds no complete number, so nothing can be offered, unless digits follow directly and
        // complete it, or its last group and what follows are one: 020 4000 060-1234-5678.
        const isCompleted =
          joint === '' || joint === '\u200b' || (joint === '-' && /^\d{4}-\d{4}$/.test(after))
        if (!isCompleted) expect(reading).toMatchObject({ found: 'none' })
      }),
      { numRuns: 20_000 },
    )
  })

  it('is never joined to what stands before it', () => {
    fc.assert(
      fc.property(cases, ({ less, joint, after }) => {
        expect(readAccounts(after + joint + less)).toMatchObject({ found: 'none' })
      }),
      { numRuns: 10_000 },
    )
  })
})

it('a number one digit short whose last group begins another number is a question, never that number', () => {
  for (const text of ['020 4000 060-1234-5678', '020   4000   060-1234-5678', '090 1234 080-1234-5678'])
    expect(readAccounts(text)).toMatchObject({ found: 'several' })
})

describe('a complete number in a usual spelling', () => {
  it('is read at once where it stands alone or between words', () => {
    const around = fc.constantFrom('', '番号 ', 'TEL:', '「', '携帯', '\n', '(')
    const behind = fc.constantFrom('', '様', ' です', '」', '\n', '。', ')', '、折り返し希望')
    fc.assert(
      fc.property(spellings, around, behind, ({ id, text }, before, after) => {
        expect(readAccounts(before + text + after)).toEqual({ found: 'one', account: { kind: 'line', id } })
      }),
      { numRuns: 5_000 },
    )
  })

  it('is a question beside another one', () => {
    fc.assert(
      fc.property(spellings, fc.constantFrom('\n', '、', ' / ', ' と ', '\t\t'), spellings, (a, joint, b) => {
        fc.pre(a.id !== b.id)
        const reading = readAccounts(a.text + joint + b.text)
        expect(reading.found).toBe('several')
        if (reading.found === 'several') expect(reading.accounts.map(({ id }) => id)).toEqual([a.id, b.id])
      }),
      { numRuns: 2_000 },
    )
  })
})
