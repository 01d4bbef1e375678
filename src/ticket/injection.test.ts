import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Language } from '../domain/language.ts'
import { readCsv } from '../domain/read-csv.ts'
import { builtIn } from './built-in.ts'
import type { TicketOptions, TicketSubject } from './facts.ts'
import { oneLine } from './lines.ts'
import { languages, optionsOf, ticketCaseNames, ticketCases } from './testing/cases.ts'
import { type ReadFormat, readers, readFormats } from './testing/readers.ts'
import { writeTicket } from './ticket.ts'

const RUNS = 2000

/** What means something to a markup language, a spreadsheet, the template or a reader's eye. */
const snippets: readonly string[] = [
  ...[
    '|',
    '||',
    '*',
    '**',
    '_',
    '__',
    '~',
    '~~',
    '^',
    '-',
    '--',
    '---',
    '+',
    '++',
    '=',
    '==',
    '===',
    '>',
    '#',
    '!',
  ],
  ...[
    '# ',
    '- ',
    '* ',
    '+ ',
    '> ',
    '1. ',
    '1) ',
    '### ',
    '*** ',
    '----',
    '- [ ] ',
    ': ',
    '; ',
    '| ',
    '|_. a|',
    '|h',
  ],
  ...[
    'h3. ',
    'h1. ',
    'h1.:',
    'bq.:http://y a',
    'p.:',
    'bq. ',
    'bq.. ',
    'p. ',
    'p(a). ',
    'p(class). ',
    'h3(warning). ',
    'p(. ',
    'bc. ',
    'pre. ',
    'fn1. ',
  ],
  ...[
    'notextile. ',
    '###. ',
    'table. ',
    'dl. ',
    '[1]',
    '(1)',
    '(c)',
    '(r)',
    '(tm)',
    '(x)',
    '(/)',
    '(!)',
    '(*r)',
    '(on)',
  ],
  ...[
    '(flag)',
    '(flagoff)',
    ':)',
    ':(',
    ':P',
    ':D',
    ';)',
    ':-)',
    '*)',
    '!)',
    '"D',
    '=p',
    '&(',
    '...',
    '....',
    ' - ',
  ],
  ...[
    '->',
    '<-',
    '2 x 3',
    '2x3',
    '1.x2',
    '1,x.2',
    '[1/4]',
    '(1/2)',
    '(o)',
    '(+/-)',
    '10"',
    "10'",
    "''a''",
    "'''a'''",
  ],
  ...[
    'VIP(Tokyo branch)',
    'ABC(a)',
    'AB1(a)',
    '%%a%%',
    '%a%',
    '@a@',
    '??a??',
    '[[a]]',
    '[[a>http://y]]',
    '{{number}}',
  ],
  ...[
    '{{{number}}}',
    '{{#days}}',
    '{{/answered}}',
    '{{days}}',
    '{{=<% %>=}}',
    '{{> a}}',
    '{{',
    '}}',
    '{{{',
    '{',
    '}',
  ],
  ...[
    '{code}',
    '{code:java}',
    '{noformat}',
    '{quote}',
    '{color:red}',
    '{/code}',
    '&color(red){a}',
    '&br;',
    '#contents',
  ],
  ...[
    '#image(a.png)',
    '#thumbnail(a)',
    '!http://y/a.png!',
    '!a!',
    '[a](b)',
    '![a](b)',
    '[a|http://y]',
    '[~a]',
    '[^a]',
  ],
  ...[
    '"x":http://y',
    'http://y/a_b_c',
    'https://y',
    'mailto:a@b',
    'a@b.c',
    '<http://y>',
    'www.y.z',
    'file://y',
    '[a]: /b',
  ],
  ...[
    '<img onerror=alert(1) src=x>',
    '<script>',
    '</pre>',
    '</p>',
    '<br>',
    '<!--',
    '-->',
    '<![CDATA[',
    '<b>',
    '</td>',
  ],
  ...[
    '`',
    '``',
    '```',
    '````',
    '~~~',
    '\\',
    '\\\\',
    '\\|',
    '\\n',
    '&',
    '&#124;',
    '&#x7c;',
    '&lt;',
    '&amp;',
    '&nbsp;',
    '&#0;',
  ],
  ...[
    '=1+1',
    '+1',
    '-1',
    '@a',
    "'=1",
    '＝1',
    "=cmd|' /C calc'!A0",
    '"',
    '""',
    "'",
    ',',
    ';',
    '","',
    'x',
    '0',
    'a',
    '山田',
  ],
  ...[
    '\n',
    '\r',
    '\r\n',
    '\n\n',
    '\u000b',
    '\u000c',
    '\u0085',
    '\u2028',
    '\u2029',
    '\t',
    '\0',
    '\u001b[31m',
    '\u007f',
  ],
  ...[
    '\u202e',
    '\u202a',
    '\u202c',
    '\u2066',
    '\u2069',
    '\u200e',
    '\u200f',
    '\u061c',
    '\u200b',
    '\u200d',
    '\ufeff',
  ],
  ...[
    '\ud800',
    '\udc00',
    '\ufdd0',
    '\ufdd1',
    '\ufdd2',
    '\ufdef',
    '\ufffe',
    '\uffff',
    '\ufffd',
    '\ue000',
    '😀',
    'é',
  ],
  ...[
    ' ',
    '  ',
    '\u00a0',
    '\u3000',
    '\u2003',
    '＊',
    '｜',
    '＜',
    '：',
    '…',
    '‘',
    '$1',
    '$&',
    '$`',
    '%s',
    '__proto__',
  ],
]

const hostile = fc.constantFrom(...snippets)

/** Makes sure that a text has something visible in it: a ticket leaves empty texts out on purpose. */
const seen = (text: string) => (oneLine(text) === '' ? `${text}x` : text)

/** Anything that can come from a carrier, a file or a keyboard. */
const anyText = fc
  .oneof(
    {
      weight: 5,
      arbitrary: fc.array(fc.oneof(hostile, hostile, fc.string({ unit: 'binary', maxLength: 3 }))),
    },
    { weight: 1, arbitrary: fc.array(hostile, { minLength: 1, maxLength: 2 }) },
    { weight: 1, arbitrary: fc.array(fc.string({ unit: 'grapheme' })) },
    {
      weight: 1,
      arbitrary: fc.array(fc.integer({ min: 0, max: 0xffff }).map(code => String.fromCharCode(code))),
    },
  )
  .map(parts => parts.join(''))
  .map(seen)

interface Given {
  readonly label: string
  readonly message: string
  readonly resultCode: string
  readonly agent: string
  readonly title: string
  readonly rawReply: string
}

const anything: fc.Arbitrary<Given> = fc.record({
  label: anyText,
  message: anyText,
  resultCode: anyText,
  agent: anyText,
  title: anyText,
  rawReply: anyText,
})

const harmless: Given = {
  label: 'x',
  message: '山田',
  resultCode: 'x',
  agent: '山田',
  title: 'x',
  rawReply: 'x',
}

/**
 * A template with every given text at the start of a line, of an item and of a heading, and as a block: more
 * than any built-in template has.
 */
const bare = `{{label}}
{{carrierMessage}}
- {{label}}
- {{agent}}
# {{label}}
{{agent}}

{{failure}}

{{resultCode}}
# {{carrierMessage}}
- {{rawReply}}

{{rawReply}}
{{label}}{{agent}}`

const templates = [
  ...Object.values(builtIn).map(texts => (language: Language) => texts[language]),
  () => bare,
]

const anyTicket = fc.record({
  name: fc.constantFrom(...ticketCaseNames),
  language: fc.constantFrom(...languages),
  template: fc.constantFrom(...templates),
})

type AnyTicket = typeof anyTicket extends fc.Arbitrary<infer T> ? T : never

function ticketOf(
  { name, language, template }: AnyTicket,
  format: ReadFormat | 'csv' | 'json',
  given: Given,
  more: Partial<TicketOptions> = {},
) {
  const { label, rawReply } = given
  const options = { ...optionsOf(name, language), label, rawReply, ...more }
  const subject = subjectOf(ticketCases[name](language), given)
  return writeTicket(subject, { ...options, format, template: template(language) })
}

function subjectOf(subject: TicketSubject, { agent, title, message, resultCode }: Given): TicketSubject {
  const carrier = { resultCode, statusCode: '200', message }
  if (subject.kind === 'failed') {
    return { ...subject, agent, title, failure: { code: 'ACCOUNT_STATUS', carrier } }
  }
  const { lookup } = subject
  return { kind: 'answered', lookup: { ...lookup, agent, report: { ...lookup.report, carrier } } }
}

describe.each(readFormats)('nothing that is put into a ticket as %s', format => {
  const read = (it: AnyTicket, given: Given) => {
    const { text, html, lines } = ticketOf(it, format, given)
    return {
      ...readers[format](html ?? text),
      lines,
      visible: readers[format](html ?? text).lines.join('\n'),
    }
  }

  it('changes what it is made of', () => {
    fc.assert(
      fc.property(anyTicket, anything, (it, given) => {
        expect(read(it, given).structure).toEqual(read(it, harmless).structure)
      }),
      { numRuns: RUNS },
    )
  })

  const expectShown = (it: AnyTicket, given: Given) => {
    const { visible } = read(it, given)
    const template = it.template(it.language)
    const isFailed = it.name === 'failed'
    const shown: readonly (readonly [boolean, string])[] = [
      [template.includes('{{label}}'), given.label],
      [template.includes('{{agent}}'), given.agent],
      [template === bare || (isFailed && template.includes('{{resultCode}}')), given.resultCode],
      [template === bare || (isFailed && template.includes('{{carrierMessage}}')), given.message],
      [isFailed, given.title],
      [template.includes('{{rawReply}}'), given.rawReply],
    ]
    for (const [isThere, text] of shown) if (isThere) expect(visible).toContain(oneLine(text))
  }

  it('is lost or shown as something else', () => {
    fc.assert(fc.property(anyTicket, anything, expectShown), { numRuns: RUNS })
  })

  it('does either, where it is one thing that means something alone', () => {
    for (const snippet of snippets) {
      for (const text of [seen(snippet), `${snippet} a`, `a ${snippet}`, `a${snippet}a`]) {
        const given = {
          label: text,
          message: text,
          resultCode: text,
          agent: text,
          title: text,
          rawReply: text,
        }
        const it = { name: 'failed', language: 'en', template: () => bare } as const
        expect([text, ...read(it, given).structure]).toEqual([text, ...read(it, harmless).structure])
        expectShown(it, given)
      }
    }
  })
})

describe('nothing that is put into a ticket as CSV', () => {
  it('adds a row or a cell, or comes out as something else', () => {
    fc.assert(
      fc.property(anyTicket, anything, (it, given) => {
        const [header, row, ...more] = readCsv(ticketOf(it, 'csv', given).text)
        const [plainHeader, plainRow] = readCsv(ticketOf(it, 'csv', harmless).text)
        expect(more).toEqual([])
        expect(header).toEqual(plainHeader)
        expect(row?.cells).toHaveLength(plainRow?.cells.length ?? 0)
        const cells = [
          given.label,
          given.resultCode,
          given.agent,
          ...(it.name === 'failed' ? [given.title] : []),
        ]
        for (const text of cells) expect(row?.cells).toContain(oneLine(text))
      }),
      { numRuns: RUNS },
    )
  })

  it('is a formula to a spreadsheet', () => {
    fc.assert(
      fc.property(anyTicket, anything, (it, given) => {
        const { text } = ticketOf(it, 'csv', given)
        // Split the row into cells as a spreadsheet does; each cell's opening quote is stripped below.
        const cells = (text.split('\n')[1] ?? '').match(/(?<=^|,)(?:"(?:[^"]|"")*"|[^",]*)(?=,|$)/g) ?? []
        expect(cells.length).toBeGreaterThan(10)
        for (const cell of cells) expect(cell.replace(/^"/, '')).not.toMatch(/^[=+\-@＝＋－＠]/)
      }),
      { numRuns: RUNS },
    )
  })

  it('breaks its two lines', () => {
    fc.assert(
      fc.property(anyTicket, anything, (it, given) => {
        expect(ticketOf(it, 'csv', given).text.split(/[\n\r\u2028\u2029]/)).toHaveLength(2)
      }),
      { numRuns: RUNS },
    )
  })
})

describe('nothing that is put into a ticket as JSON', () => {
  it('changes its keys, or comes out as something else', () => {
    fc.assert(
      fc.property(anyTicket, anything, (it, given) => {
        const read = JSON.parse(ticketOf(it, 'json', given).text) as Readonly<Record<string, unknown>>
        const plain = JSON.parse(ticketOf(it, 'json', harmless).text) as Readonly<Record<string, unknown>>
        expect(Object.keys(read)).toEqual(Object.keys(plain))
        expect(read).toEqual({
          ...plain,
          label: oneLine(given.label),
          agent: oneLine(given.agent),
          resultCode: oneLine(given.resultCode),
          message: oneLine(given.message),
          ...(it.name === 'failed' && { what: oneLine(given.title) }),
        })
      }),
      { numRuns: RUNS },
    )
  })
})

describe('one line of any text', () => {
  it('has no line end, no control and no mark that turns what stands around it', () => {
    fc.assert(
      fc.property(anyText, text => {
        const line = oneLine(text)
        expect(line).not.toMatch(
          /[\p{Cc}\p{Cs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef]/u,
        )
        expect(line).not.toMatch(/^\s|\s$| {2}/)
        expect(oneLine(line)).toBe(line)
      }),
      { numRuns: RUNS },
    )
  })

  it('keeps what a name is written with', () => {
    for (const name of [
      '山田　太郎',
      'O’Neill',
      "D'Arc",
      '👨‍👩‍👧 家族',
      'e\u0301',
      '(株)山田',
      'a_b-c',
      '🇯🇵',
    ]) {
      expect(oneLine(name)).toBe(name)
    }
  })
})
