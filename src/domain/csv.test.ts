import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeCsv } from './csv.ts'

const written = (rows: Parameters<typeof writeCsv>[0]) => [...writeCsv(rows)].join('')

import { readCsv } from './read-csv.ts'

const cells = (text: string) => readCsv(text).map(row => row.cells)

describe('CSV', () => {
  it('is written with a BOM and CR LF, and quoted only where it has to be', () => {
    expect(
      written([
        ['a', 'b,c', 'd"e', 'f\ng'],
        ['', '1'],
      ]),
    ).toBe('\uFEFFa,"b,c","d""e","f\ng"\r\n,1\r\n')
  })

  it.each(['=1+1', '+81', '-1', '@SUM(A1)', '\tx', '\rx', '＝1', '＠x'])(
    'makes text of a cell that a spreadsheet would run: %j',
    text => {
      expect(written([[text]]).replaceAll('"', '')).toBe(`\uFEFF'${text}\r\n`)
    },
  )

  it('reads any line end, with or without a BOM or a last one, and passes over empty lines', () => {
    for (const text of ['a,b\r\nc,d\r\n', 'a,b\nc,d', '\uFEFFa,b\rc,d\r', 'a,b\n\n \n,\nc,d\n']) {
      expect(cells(text)).toEqual([
        ['a', 'b'],
        ['c', 'd'],
      ])
    }
  })

  it('counts lines as an editor does, also within quotes', () => {
    expect(readCsv('a\n"b\r\nc"\n\nd').map(row => row.line)).toEqual([1, 2, 5])
  })

  it('reads what a spreadsheet puts on the clipboard: tabs', () => {
    expect(cells('090-1234-5678\t山田\n080-1111-2222\t鈴木')).toEqual([
      ['090-1234-5678', '山田'],
      ['080-1111-2222', '鈴木'],
    ])
  })

  it('gives back what was written, whatever is in the cells', () => {
    const cell = fc
      .string({ unit: 'binary' })
      .filter(text => text.trim() !== '' && !/^'+[=+\-@\t\r\n＝＋－＠]/.test(text))
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), rows => {
        // Every kind of line end inside a cell is read back as \n.
        const plain = rows.map(row => row.map(text => text.replace(/\r\n?/g, '\n')))
        expect(cells(written(rows))).toEqual(plain)
      }),
      { numRuns: 2_000 },
    )
  })

  it('never throws on any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', '\t', 'a', "'", '=') }),
        text => void readCsv(text),
      ),
    )
  })
})
