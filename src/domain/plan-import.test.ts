import Papa from 'papaparse'
import { describe, expect, it, vi } from 'vitest'
import { parseAccount } from './account.ts'
import { decodeText } from './decode-text.ts'
import { type ImportProblem, planImport, readRows, repairable } from './plan-import.ts'
import { problemOf } from './read-accounts.ts'
import { type AccountDraft, exportSavedAccounts } from './saved-account.ts'

function line(id: string, words: Partial<AccountDraft> = {}): AccountDraft {
  const account = parseAccount(id)
  if (account === null) throw new Error(id)
  return { account, label: '', note: '', pinned: false, ...words }
}

/** What a file would do beside the kept lines. */
const planOf = (
  text: string,
  kept: readonly AccountDraft[] = [],
  options: { readonly repairs?: boolean } = {},
) => planImport([...readRows(text, options)], kept)

const exported = (lines: readonly AccountDraft[]) => [...exportSavedAccounts(lines)].join('')

const problemOfRow = (problem: ImportProblem) =>
  problem.kind === 'account' ? problemOf(problem.reading) : problem.kind

/** Each row of a file as `line kind`, with its number and label or its problem. */
const planned = (text: string, options = {}) =>
  planOf(text, [], options).map(row =>
    row.kind === 'wrong'
      ? `${row.line} ${problemOfRow(row.problem)}`
      : `${row.line} ${row.kind} ${row.draft.account.id} ${row.draft.label}`.trimEnd(),
  )

const YAMADA = line('09012345678', { label: '山田様', note: '平日ＡＭのみ' })

describe('an import', () => {
  it('says of each line whether it is new, changed, the same or wrong, by the number an editor shows', () => {
    const text = [
      'account,label,note,pinned',
      '080-1111-2222,鈴木,,1',
      '090-1234-5678,山田様,平日ＡＭのみ,',
      'AAA0_00000000001,法人,,',
      '03-1234-5678,固定,,',
      '+81 80 1111 2222,again,,',
      '090-1234-5678 080-1111-2222,two,,',
      `070-1111-2222,${'x'.repeat(61)},,`,
      `070-1111-2222,x,${'n'.repeat(501)},`,
    ].join('\n')
    const kept = [YAMADA, line('AAA0_00000000001', { label: '旧' })]
    expect(
      planOf(text, kept).map(row => [
        row.line,
        row.kind,
        row.kind === 'wrong' ? problemOfRow(row.problem) : row.draft.account.id,
      ]),
    ).toEqual([
      [2, 'new', '08011112222'],
      [3, 'same', '09012345678'],
      [4, 'changed', 'AAA0_00000000001'],
      [5, 'wrong', 'LANDLINE'],
      [6, 'wrong', 'TWICE'],
      [7, 'wrong', 'SEVERAL'],
      [8, 'wrong', 'LABEL_TOO_LONG'],
      [9, 'wrong', 'NOTE_TOO_LONG'],
    ])
  })

  it.each(['account,label', '電話番号,名前', '番号,ラベル'])('passes over a header: %s', header => {
    expect(planOf(`${header}\n090-1234-5678,A`)).toHaveLength(1)
  })

  it('needs no header', () => {
    expect(planOf('090-1234-5678')).toMatchObject([{ kind: 'new', line: 1 }])
  })

  it('of what was exported changes nothing', () => {
    const lines = [
      YAMADA,
      line('08011112222', { label: '=1', note: 'a,"b"', pinned: true }),
      line('02001234567890'),
    ]
    expect(planOf(exported(lines), lines).map(row => row.kind)).toEqual(['same', 'same', 'same'])
    expect(planOf(exported(lines)).map(row => row.kind !== 'wrong' && row.draft)).toEqual(lines)
  })

  it('of nothing is empty', () => {
    expect(planOf('')).toEqual([])
    expect(planOf('\n\n')).toEqual([])
  })
})

describe('a file in which something is broken', () => {
  it('has an error row for an unclosed quote, and takes every other row', () => {
    expect(planned('090-1234-5678,"山田\n080-1111-2222,鈴木\n070-1111-2222,佐藤')).toEqual([
      '1 UNCLOSED_QUOTE',
      '2 new 08011112222 鈴木',
      '3 new 07011112222 佐藤',
    ])
  })

  it('does not let a quote that closes in another row swallow the rows between', () => {
    expect(planned('090-1234-5678,"山田\n080-1111-2222,鈴木\n070-1111-2222,"佐藤"')).toEqual([
      '1 UNCLOSED_QUOTE',
      '2 new 08011112222 鈴木',
      '3 new 07011112222 佐藤',
    ])
  })

  it('has an error row for letters behind a quoted cell', () => {
    expect(planned('090-1234-5678,"山田"様\n080-1111-2222,鈴木')).toEqual([
      '1 UNCLOSED_QUOTE',
      '2 new 08011112222 鈴木',
    ])
  })

  it('reads a quoted note of several lines', () => {
    expect(planOf('090-1234-5678,山田,"一行目\n二行目"\n080-1111-2222,鈴木,')).toMatchObject([
      { line: 1, draft: { note: '一行目\n二行目' } },
      { line: 3, draft: { label: '鈴木' } },
    ])
  })

  it.each([
    ['a name behind the number', '090-1234-5678 山田', 'MORE_THAN_A_NUMBER'],
    ['a note in brackets', '090-1234-5678（2回線目）', 'MORE_THAN_A_NUMBER'],
    ['a second number', '090-1234-5678/5679', 'SEVERAL'],
    ['a name before it', '山田090-1234-5678', 'MORE_THAN_A_NUMBER'],
    ['a group with a word', 'グループ AAA0_00000000001', 'MORE_THAN_A_NUMBER'],
  ])('has an error row for a rest in the number’s cell: %s', (_, cell, problem) => {
    expect(planned(`${cell},x\n080-1111-2222,鈴木`)).toEqual([`1 ${problem}`, '2 new 08011112222 鈴木'])
  })

  it.each([
    "'09012345678",
    '="09012345678"',
    'tel:09012345678',
    '+81 90-1234-5678',
    '０９０－１２３４－５６７８',
  ])('but takes a number as programs write it: %s', cell => {
    const quoted = `"${cell.replaceAll('"', '""')}"`
    expect(planned(`${quoted},x`)).toEqual(['1 new 09012345678 x'])
  })

  it('has an error row for too few and for too many cells', () => {
    expect(planned('account,label\n090-1234-5678\n080-1111-2222,鈴木,多い\n070-1111-2222,佐藤,,')).toEqual([
      '2 CELLS',
      '3 CELLS',
      '4 new 07011112222 佐藤',
    ])
  })

  it('has an error row where a character is broken, in UTF-8 and in CP932', () => {
    const utf8 = new TextEncoder().encode('090-1234-5678,山田\n080-1111-2222,鈴木太郎\n')
    const broken = utf8.slice()
    broken[utf8.indexOf(0xe5)] = 0xff
    expect(planned(decodeText(broken))).toEqual(['1 BROKEN_TEXT', '2 new 08011112222 鈴木太郎'])

    const cp932 = Uint8Array.from([
      ...latin('090-1234-5678,'),
      ...[0x8e, 0x52, 0xff, 0x0a],
      ...latin('080-1111-2222,'),
      ...[0x97, 0xe9, 0x0a],
    ])
    expect(planned(decodeText(cp932))).toEqual(['1 BROKEN_TEXT', '2 new 08011112222 鈴'])
  })
})

describe('numbers that a spreadsheet took for figures', () => {
  const text = '9012345678,山田\n2012345678,機械\n080-1111-2222,鈴木'

  it('are error rows that can be repaired', () => {
    expect(planned(text)).toEqual(['1 ZERO_LOST', '2 ZERO_LOST', '3 new 08011112222 鈴木'])
    expect(repairable(planOf(text))).toBe(2)
  })

  it('get their 0 back where the agent asks for it', () => {
    expect(planned(text, { repairs: true })).toEqual([
      '1 new 09012345678 山田',
      '2 new 02012345678 機械',
      '3 new 08011112222 鈴木',
    ])
    expect(planOf(text, [], { repairs: true })[0]).toMatchObject({ isRepaired: true })
  })
})

describe('a file’s encoding and separator', () => {
  const text = '電話番号,ラベル\r\n090-1234-5678,山田\r\n'
  const utf16 = (order: 'le' | 'be', mark: boolean, of = text) => {
    const chars = [...(mark ? '\ufeff' : ''), ...of]
    const view = new DataView(new ArrayBuffer(chars.length * 2))
    for (const [at, char] of chars.entries()) view.setUint16(at * 2, char.charCodeAt(0), order === 'le')
    return new Uint8Array(view.buffer)
  }

  it.each([
    ['UTF-8', new TextEncoder().encode(text)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${text}`)],
    ['UTF-16 LE with a mark, as Excel’s Unicode text', utf16('le', true)],
    ['UTF-16 BE with a mark', utf16('be', true)],
    ['UTF-16 LE without a mark', utf16('le', false)],
    ['UTF-16 BE without a mark', utf16('be', false)],
    [
      'CP932, as an older Japanese Excel writes it',
      Uint8Array.from([
        ...[0x93, 0x64, 0x98, 0x62, 0x94, 0xd4, 0x8d, 0x86],
        ...latin(',x\r\n090-1234-5678,'),
        ...[0x8e, 0x52, 0x93, 0x63],
      ]),
    ],
  ])('%s', (_, bytes) => {
    expect(planned(decodeText(bytes))).toEqual(['2 new 09012345678 山田'])
  })

  it('tabs, semicolons and commas, whatever stands in the labels', () => {
    expect(planned('account\tlabel\n090-1234-5678\t山田, 太郎; 様')).toEqual([
      '2 new 09012345678 山田, 太郎; 様',
    ])
    expect(planned('account;label\n090-1234-5678;山田, 太郎')).toEqual(['2 new 09012345678 山田, 太郎'])
    expect(planned('090-1234-5678,"山田; 太郎; 様"')).toEqual(['1 new 09012345678 山田; 太郎; 様'])
  })

  it('Excel’s Unicode text: UTF-16 with tabs and quotes', () => {
    const bytes = utf16('le', true, '電話番号\tラベル\r\n090-1234-5678\t"山田, ""東京"" "\r\n')
    expect(planned(decodeText(bytes))).toEqual(['2 new 09012345678 山田, "東京"'])
  })
})

function latin(text: string): readonly number[] {
  return [...text].map(char => char.charCodeAt(0))
}

describe('what a hostile file tried', () => {
  it('does not lose a note of several lines, nor take one of them for a row', () => {
    const note = '旧番号:\n090-1234-5678,佐藤,解約済\n終'
    const lines = [line('08011112222', { label: '山田', note })]
    expect(planOf(exported(lines), lines).map(row => row.kind)).toEqual(['same'])
    expect(planOf(exported(lines)).map(row => row.kind !== 'wrong' && row.draft)).toEqual(lines)
  })

  it.each([
    '03-1234-5678 090-1234-5678',
    '2026-11-25 070-3333-4444',
    '1 = 080-1111-2222',
    '090-1234-5678 - 03-1234-5678',
    '9012345678    8011112222',
    '2026112513',
  ])('takes no row whose first cell holds more than one number: %s', cell => {
    expect(planned(`${cell},山田`, { repairs: true })[0]).not.toMatch(/new/)
  })

  it('has one broken row for one NUL, and every other row', () => {
    const bytes = new TextEncoder().encode('090-1234-5678,山\0田\n080-1111-2222,鈴木\n')
    expect(planned(decodeText(bytes))).toEqual(['1 BROKEN_TEXT', '2 new 08011112222 鈴木'])
  })

  it('takes the separator behind the number, and the one that a first line names', () => {
    expect(planned('090-1234-5678,山田;田中;佐藤')).toEqual(['1 new 09012345678 山田;田中;佐藤'])
    expect(planned('sep=;\n090-1234-5678;山田')).toEqual(['2 new 09012345678 山田'])
  })

  it('takes columns by their names where the header has them', () => {
    expect(planOf('account,note,label\n090-1234-5678,午前,山田')).toMatchObject([
      { draft: { label: '山田', note: '午前', pinned: false } },
    ])
  })

  it('parses each line a bounded number of times, whatever its quotes', () => {
    const parse = vi.spyOn(Papa, 'parse')
    planned('"a\n'.repeat(2_000))
    expect(parse.mock.calls.length).toBeLessThanOrEqual(2 * 2_001)
    expect(Math.max(...parse.mock.calls.map(([text]) => String(text).length))).toBeLessThan(2_100)
    parse.mockRestore()
  })
})
