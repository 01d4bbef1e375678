import { describe, expect, it } from 'vitest'
import { builtIn, isBuiltIn } from './built-in.ts'
import type { TicketOptions } from './facts.ts'
import { ticketFacts } from './facts.ts'
import type { Line } from './lines.ts'
import { fillTemplate } from './template.ts'
import { conditions, mentions, placeholders, templateProblems } from './template-language.ts'
import { languages, optionsOf, type TicketCase, ticketCaseNames, ticketCases } from './testing/cases.ts'
import { writeTicket } from './ticket.ts'

const problems = (text: string) => templateProblems(text)
const unknown = (...names: readonly string[]) => names.map(name => ({ kind: 'unknown', name }))
const unsupported = (...names: readonly string[]) => names.map(name => ({ kind: 'unsupported', name }))
const broken = [{ kind: 'broken' }]

const allTemplates = Object.values(builtIn).flatMap(texts => Object.values(texts))

describe('the problems of a template', () => {
  it('are none for what every placeholder and condition is for', () => {
    for (const name of placeholders) {
      expect(
        problems(`{{${name}}} {{ ${name} }} {{#${name}}}a{{/${name}}}{{^${name}}}b{{/${name}}}`),
      ).toEqual([])
    }
    for (const name of conditions) {
      expect(problems(`{{#${name}}}a{{/${name}}}{{^${name}}}b{{/${name}}}`)).toEqual([])
    }
    for (const text of allTemplates) expect(problems(text)).toEqual([])
    for (const text of ['', 'words', '{ } }} {number}', '{{! a note }}', '# a\n- b\r\n\r\nc']) {
      expect(problems(text)).toEqual([])
    }
  })

  it('are every unknown name as it is written, in order and wherever it stands', () => {
    expect(problems('{{nope}} {{number}} {{Number}}')).toEqual(unknown('nope', 'Number'))
    expect(problems('{{#nah}}{{#label}}{{inner}}{{/label}}{{/nah}}{{^z}}{{/z}}')).toEqual(
      unknown('nah', 'inner', 'z'),
    )
    expect(problems('{{番号}}{{today.size}}{{.}}{{}}')).toEqual(unknown('番号', 'today.size', '.', ''))
  })

  it('are conditions that are asked to print something', () => {
    for (const name of conditions) expect(problems(`{{${name}}}`)).toEqual(unknown(name))
  })

  it('are names that every object has', () => {
    const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'prototype', 'length']
    for (const name of names) {
      expect(problems(`{{${name}}}`)).toEqual(unknown(name))
      expect(problems(`{{#${name}}}a{{/${name}}}`)).toEqual(unknown(name))
      expect(problems(`{{#label}}{{${name}}}{{/label}}`)).toEqual(unknown(name))
    }
  })

  it('are sections left open, closed twice or crossed, and tags left open', () => {
    for (const text of [
      '{{#label}}a',
      '{{^label}}a',
      'a{{/label}}',
      '{{#label}}a{{/number}}',
      '{{#group}}{{#line}}{{/group}}{{/line}}',
      '{{label',
      '{{{label}}',
      '{{',
      '{{=a=}}',
    ]) {
      expect(problems(text)).toEqual(broken)
    }
  })

  it('are ways around the escaping', () => {
    expect(problems('{{{number}}}')).toEqual(unsupported('number'))
    expect(problems('{{&number}}{{& label }}')).toEqual(unsupported('number', 'label'))
    expect(problems('{{#label}}{{{label}}}{{/label}}')).toEqual(unsupported('label'))
  })

  it('are partials and other delimiters', () => {
    expect(problems('{{> number}}')).toEqual(unsupported('number'))
    expect(problems('{{=<% %>=}}<%number%>')).toEqual(unsupported('<% %>'))
  })

  it('are found in anything that filling in would stumble over', () => {
    const facts = factsOf('line')
    for (const odd of ['\ufdd0', '\ufdd1', '\ufdef', '\u200b', '\0', '\ud800', '\u2028', '\ufeff']) {
      for (const text of [
        `{${odd}{#label}}`,
        `{${odd}{{number}}}`,
        `{${odd}{=<% %>=}}<%`,
        `{{#lab${odd}el}}`,
      ]) {
        if (problems(text).length > 0) continue
        expect(() => fillTemplate(text, facts)).not.toThrow()
        expect(fillTemplate(text, facts).map(line => line.kind)).toEqual(['text'])
      }
    }
  })
})

describe('what a template mentions', () => {
  it('is what stands in it as a placeholder or a condition, also inside a section', () => {
    expect(mentions('{{rawReply}}', 'rawReply')).toBe(true)
    expect(mentions('a {{#label}}b {{^agent}}{{ rawReply }}{{/agent}}{{/label}}', 'rawReply')).toBe(true)
    expect(mentions('{{#rawReply}}a{{/rawReply}}', 'rawReply')).toBe(true)
    expect(mentions('{{^rawReply}}a{{/rawReply}}', 'rawReply')).toBe(true)
  })

  it('is nothing else', () => {
    expect(mentions('{{number}} rawReply', 'rawReply')).toBe(false)
    expect(mentions('{{rawReply2}}', 'rawReply')).toBe(false)
    expect(mentions('', 'rawReply')).toBe(false)
  })

  it('is neither a word of its text nor of a note', () => {
    expect(mentions('rawReply', 'rawReply')).toBe(false)
    expect(mentions('{{number}}rawReply{{label}}', 'rawReply')).toBe(false)
    expect(mentions('{{!rawReply}}', 'rawReply')).toBe(false)
  })

  it('is nothing where the template is broken', () => {
    expect(mentions('{{rawReply}} {{#label}}', 'rawReply')).toBe(false)
  })

  it('is the raw reply in the escalation alone of the built-in ones', () => {
    for (const [id, texts] of Object.entries(builtIn)) {
      for (const text of Object.values(texts)) expect(mentions(text, 'rawReply')).toBe(id === 'escalation')
    }
  })
})

function factsOf(name: TicketCase, more: Partial<TicketOptions> = {}) {
  const language = more.language ?? 'en'
  return ticketFacts(ticketCases[name](language), { ...optionsOf(name, language), ...more })
}

const fill = (template: string, name: TicketCase = 'line', more: Partial<TicketOptions> = {}) =>
  fillTemplate(template, factsOf(name, more))

const text = (text: string) => ({ kind: 'text', text })
const units = text('Units: 1 GB = 1024 MB, 1 MB = 1024 KB')

describe('a condition', () => {
  const which = conditions
    .map(name => `{{#${name}}}${name} {{/${name}}}{{^${name}}}!${name} {{/${name}}}`)
    .join('')

  it.each([
    [
      'line',
      'answered !failed line !group !blacklisted !unknownState hasDays ofToday !overDayLimit !overThreeDayLimit',
    ],
    [
      'group',
      'answered !failed !line group !blacklisted !unknownState !hasDays ofToday !overDayLimit !overThreeDayLimit',
    ],
    [
      'blacklisted',
      'answered !failed line !group blacklisted !unknownState hasDays ofToday !overDayLimit !overThreeDayLimit',
    ],
    [
      'unknown',
      'answered !failed line !group !blacklisted unknownState hasDays ofToday !overDayLimit !overThreeDayLimit',
    ],
    [
      'no-data',
      'answered !failed line !group !blacklisted !unknownState hasDays ofToday !overDayLimit !overThreeDayLimit',
    ],
    [
      'failed',
      '!answered failed line !group !blacklisted !unknownState !hasDays !ofToday !overDayLimit !overThreeDayLimit',
    ],
  ] as const)('holds or does not in the case %s', (name, expected) => {
    expect(fill(which, name)).toEqual([text(expected)])
  })

  it('on a line of its own leaves no empty line behind', () => {
    const template =
      'a\n{{#group}}\n- share group\n{{/group}}\n{{#blacklisted}}\n- restricted\n{{/blacklisted}}\nb'
    expect(fill(template)).toEqual([text('a'), text('b')])
    expect(fill(template, 'group')).toEqual([text('a'), { kind: 'item', text: 'share group' }, text('b')])
    expect(fill(template, 'blacklisted')).toEqual([
      text('a'),
      { kind: 'item', text: 'restricted' },
      text('b'),
    ])
    expect(fill(template.replaceAll('\n', '\r\n'), 'group')).toEqual(fill(template, 'group'))
  })

  it('is a placeholder too, by whether there is something to print', () => {
    const label = '{{#label}}({{label}}){{/label}}{{^label}}none{{/label}}'
    expect(fill(label)).toEqual([text('(山田 太郎)')])
    expect(fill(label, 'line', { label: '' })).toEqual([text('none')])
    expect(fill(label, 'line', { label: ' \n\u202e ' })).toEqual([text('none')])
    expect(fill('{{#failure}}a{{/failure}}{{^failure}}b{{/failure}}')).toEqual([text('b')])
    expect(fill('{{#state}}a{{/state}}{{^state}}b{{/state}}', 'failed')).toEqual([text('b')])
  })

  it('of a section that is not printed converts nothing', () => {
    expect(fill('{{#failed}}{{today}}{{/failed}}a')).toEqual([text('a')])
    expect(fill('{{#today}}a{{/today}}')).toEqual([text('a')])
  })
})

const days: readonly (readonly [string, string])[] = [
  ['Sun 22 Nov', '2.30 GB'],
  ['Sat 21 Nov', '768.0 MB'],
  ['Fri 20 Nov', '0 KB'],
  ['Thu 19 Nov', '100 KB'],
  ['Wed 18 Nov', '51.2 MB'],
]
const inOneLine = days.map(row => row.join(' ')).join(', ')

describe('the days in a template', () => {
  it('are a table alone on a line', () => {
    const table = {
      kind: 'table',
      caption: 'By day',
      header: ['Date', 'Usage'],
      rows: days,
      sentence: `By day: ${inOneLine}`,
    }
    for (const template of ['{{days}}', '  {{ days }}\t', '{{#hasDays}}{{days}}{{/hasDays}}']) {
      expect(fill(template)).toEqual([table, units])
    }
    expect(fill('a\n{{days}}\r\nb')).toEqual([text('a'), table, text('b'), units])
  })

  it('are one after the other inside a line, an item or a heading', () => {
    expect(fill('Days: {{days}}.')).toEqual([text(`Days: ${inOneLine}.`), units])
    expect(fill('- {{days}}')).toEqual([{ kind: 'item', text: inOneLine }, units])
    expect(fill('# {{days}}')).toEqual([{ kind: 'heading', text: inOneLine }, units])
  })

  it('say why there are none, and nothing of a failure', () => {
    expect(fill('{{days}}', 'group')).toEqual([
      text('By day: none (the carrier gives no daily figures for share groups)'),
    ])
    expect(fill('Days: {{days}}', 'group')).toEqual([text('Days: no data')])
    expect(fill('{{days}}', 'failed')).toEqual([])
  })

  it('keep a day that could not be read', () => {
    const [table] = fill('{{days}}', 'no-data')
    expect(table).toMatchObject({
      rows: [
        ['Sun 22 Nov', '2.0 MB'],
        ['Sat 21 Nov', 'no data'],
        ['Fri 20 Nov', '300 KB'],
      ],
    })
  })
})

describe('the raw reply in a template', () => {
  const rawReply = '{"a": "*b*"}'

  it('is a block alone on a line and text elsewhere', () => {
    expect(fill('{{rawReply}}', 'line', { rawReply })).toEqual([{ kind: 'code', text: rawReply }])
    expect(fill('Reply: {{rawReply}}!', 'line', { rawReply })).toEqual([text(`Reply: ${rawReply}!`)])
    expect(fill('- {{rawReply}}', 'line', { rawReply })).toEqual([{ kind: 'item', text: rawReply }])
  })

  it('is as it came, dollar signs too', () => {
    for (const reply of ['$&', '$$', '$`', "$'", '$1', '$<a>', 'costs $$5']) {
      expect(fill('Reply: {{rawReply}}!', 'line', { rawReply: reply })).toEqual([text(`Reply: ${reply}!`)])
      expect(fill('{{rawReply}}', 'line', { rawReply: reply })).toEqual([{ kind: 'code', text: reply }])
    }
  })

  it('is one line, since a ticket’s text holds no line break', () => {
    expect(fill('{{rawReply}}', 'line', { rawReply: '{\r\n\t"a": 1\n}' })).toEqual([
      { kind: 'code', text: '{ "a": 1 }' },
    ])
  })

  it('says so where there is none', () => {
    for (const [none, words] of [
      [{ rawReply: null }, '(no reply)'],
      [{}, '(the reply was not kept)'],
    ] as const) {
      const facts = ticketFacts(ticketCases.line(), {
        language: 'en',
        days: { order: 'newest-first', includesToday: false },
        kbBase: 1024,
        now: Date.parse('2026-11-23T13:05:00+09:00'),
        ...none,
      })
      expect(fillTemplate('{{rawReply}}', facts)).toEqual([{ kind: 'code', text: words }])
      expect(fillTemplate('Reply: {{rawReply}}', facts)).toEqual([text(`Reply: ${words}`)])
    }
  })
})

describe('a line of a template', () => {
  it('is a heading after a number sign and an item after a hyphen', () => {
    expect(fill('# {{number}}\n- {{kind}}\n  # a\n\t- b\n-  c')).toEqual([
      { kind: 'heading', text: '090-1234-5678' },
      { kind: 'item', text: 'line' },
      { kind: 'heading', text: 'a' },
      { kind: 'item', text: 'b' },
      { kind: 'item', text: 'c' },
    ])
  })

  it('is text otherwise, whatever a markup language would make of it', () => {
    for (const line of ['#a', '-a', '## a', '* a', '> a', '---', '| a |', '<b>a</b>', '1. a', '--', '##']) {
      const lines = fill(line)
      for (const it of lines) expect(it).toEqual(text(line.trim()))
    }
  })

  it('stays text where a value looks like a heading, an item or a table', () => {
    for (const label of ['# a', '- a', '#', '-', '{{days}}', '{{#group}}', '\ufdd1', '\ufdd2', '\ufdd0# a']) {
      const seen = label.replaceAll(/[\ufdd0-\ufdef]/g, '')
      const expected = seen === '' ? [] : [text(seen)]
      expect(fill('{{label}}', 'line', { label })).toEqual(expected)
      expect(fill('{{#label}}{{label}}{{/label}}', 'line', { label })).toEqual(expected)
    }
    expect(fill('{{label}}', 'line', { label: 'a\n# b\r\n- c\u2028# d\u0085e' })).toEqual([
      text('a # b - c # d e'),
    ])
  })

  it('stays text where the parts of a mark come from a template and a value', () => {
    expect(fill('#{{label}}', 'line', { label: ' a' })).toEqual([text('#a')])
    expect(fill('-{{label}}', 'line', { label: ' a' })).toEqual([text('-a')])
    expect(fill('{{label}} a', 'line', { label: '#' })).toEqual([text('# a')])
    expect(fill('{{label}}{{agent}}', 'line', { label: '-' })).toEqual([text('-sato')])
  })

  it('is left out where all of it was a value that is missing', () => {
    expect(fill('a\n- {{label}}', 'line', { label: '' })).toEqual([text('a')])
    expect(fill('a\n- {{failure}}')).toEqual([text('a')])
    expect(fill('a\n# {{failure}}')).toEqual([text('a')])
  })

  it('keeps failure titles and agents’ names to one line as well', () => {
    const subject = ticketCases.failed('en')
    const odd = { ...subject, title: 'a\n# b\u202e', agent: 'c\r\n- d' }
    const options = optionsOf('failed', 'en')
    expect(fillTemplate('{{agent}}', ticketFacts(odd, options))).toEqual([text('c - d')])
    expect(fillTemplate('{{failure}}', ticketFacts(odd, options))).toEqual([text('a # b')])
  })
})

describe('blank lines of a ticket', () => {
  const gaps = (lines: readonly Line[]) => lines.map(line => (line.kind === 'blank' ? '' : 'x')).join('|')

  it('never stand at an end and never in a row', () => {
    expect(gaps(fill('\n\n \na\n\n\t\n\n b\n\n'))).toBe('x||x')
    expect(gaps(fill('a\n\n{{label}}\n\nb', 'line', { label: '' }))).toBe('x||x')
    for (const template of ['', ' ', '\n', '\n\n\n', '{{failure}}', '{{failure}}\n\n{{failure}}']) {
      expect(fill(template)).toEqual([])
    }
  })

  it('stand nowhere else in a built-in ticket either', () => {
    for (const name of ticketCaseNames) {
      for (const language of languages) {
        for (const texts of Object.values(builtIn)) {
          for (const isDemo of [false, true]) {
            const lines = fill(texts[language], name, { language, isDemo })
            expect(gaps(lines)).not.toMatch(/^\||\|$|\|\|\|/)
            expect(gaps(lines)).toMatch(/x/)
          }
        }
      }
    }
  })
})

describe('the line that names the base', () => {
  const hasUnits = (lines: readonly Line[]) =>
    lines.filter(line => line.kind === 'text' && line.text.startsWith('Units:')).length

  it('follows the figures that were converted, once, before what comes after a gap', () => {
    for (const it of [
      'today',
      'sumWithToday',
      'sumWithoutToday',
      'total',
      'average',
      'peak',
      'days',
    ] as const) {
      const lines = fill(`{{${it}}}\n{{${it}}} {{${it}}}\n\na`)
      expect(lines.slice(-3)).toEqual([units, { kind: 'blank' }, text('a')])
      expect(hasUnits(lines)).toBe(1)
    }
    expect(fill('{{today}}', 'line', { kbBase: 1000 }).at(-1)).toEqual(
      text('Units: 1 GB = 1000 MB, 1 MB = 1000 KB'),
    )
  })

  it('stands under no ticket without one', () => {
    for (const it of placeholders) expect(hasUnits(fill(`{{${it}}}`, 'blacklisted'))).toBe(0)
    for (const it of ['number', 'label', 'state', 'asOf', 'resultCode', 'agent'] as const) {
      expect(hasUnits(fill(`{{${it}}}`))).toBe(0)
    }
    for (const it of ['today', 'days', 'total', 'peak'] as const) {
      expect(hasUnits(fill(`{{${it}}}`, 'line', { rawKb: true }))).toBe(0)
      expect(hasUnits(fill(`{{${it}}}`, 'failed'))).toBe(0)
    }
    expect(hasUnits(fill('{{days}}', 'group'))).toBe(0)
    expect(hasUnits(fill('{{sumWithToday}} {{today}}', 'no-data'))).toBe(0)
  })

  it('is not asked for by a label that looks like a figure', () => {
    expect(hasUnits(fill('{{label}}', 'line', { label: '1.5 GB' }))).toBe(0)
  })
})

describe('a ticket’s figures', () => {
  it('are these in the case with every day', () => {
    expect(
      fill(
        '{{today}} {{sumWithToday}} {{sumWithoutToday}} {{total}} {{average}} {{peak}} {{asOf}} {{askedAt}}',
      )[0],
    ).toEqual(
      text('1.23 GB 4.28 GB 3.05 GB 3.10 GB 635.7 MB 2.30 GB 2026-11-23 13:05 JST 2026-11-23 13:04 JST'),
    )
  })

  it('are the carrier’s KB where nothing may be converted', () => {
    const raw = fill('{{today}} {{sumWithToday}} {{total}} {{average}} {{peak}}\n{{days}}', 'line', {
      rawKb: true,
    })
    expect(raw).toMatchObject([
      text('1,289,748 KB 4,492,099 KB 3,254,879 KB 650,976 KB 2,415,919 KB'),
      {
        rows: [
          ['Sun 22 Nov', '2,415,919 KB'],
          ['Sat 21 Nov', '786,432 KB'],
          ['Fri 20 Nov', '0 KB'],
          ['Thu 19 Nov', '100 KB'],
          ['Wed 18 Nov', '52,428 KB'],
        ],
      },
    ])
    expect(raw).toHaveLength(2)
  })

  it('are no data, never 0, where the carrier gave none', () => {
    const all = '{{today}}, {{sumWithToday}}, {{sumWithoutToday}}, {{total}}, {{average}}, {{peak}}'
    const none = 'no data, no data, no data, no data, no data, no data'
    expect(fill(all, 'no-data')).toEqual([text(none)])
    expect(fill(all, 'no-data', { rawKb: true })).toEqual([text(none)])
    expect(fill(all, 'group')).toEqual([text(none.replace('no data', '5.00 GB')), units])
  })
})

describe('a ticket of the simulator', () => {
  it('begins by saying so, whatever the template', () => {
    const demo = text('(Demo: made-up figures, not a real customer)')
    for (const template of ['', '\n\n# a', '{{days}}', builtIn.full.en, builtIn.handOver.en]) {
      for (const name of ticketCaseNames) {
        expect(fill(template, name, { isDemo: true })).toEqual([demo, ...fill(template, name)])
      }
    }
    expect(fill('a', 'line', { isDemo: true, language: 'ja' })[0]).toMatchObject({
      text: expect.stringContaining('デモ用の架空データ'),
    })
  })

  it('says so in CSV and JSON as well', () => {
    const options = { ...optionsOf('line', 'en'), isDemo: true, template: '' }
    const csv = writeTicket(ticketCases.line(), { ...options, format: 'csv' }).text
    expect(csv.split('\n')[0]).toMatch(/,"?\(Demo: made-up figures, not a real customer\)"?$/)
    expect(JSON.parse(writeTicket(ticketCases.line(), { ...options, format: 'json' }).text)).toMatchObject({
      demo: true,
    })
  })
})

describe('a masked ticket', () => {
  const formats = ['plain', 'markdown', 'html', 'jira', 'textile', 'backlog', 'csv', 'json'] as const
  const template = placeholders.map(name => `{{${name}}}`).join('\n')
  const ids = { line: '09012345678', failed: '09012345678', group: 'AAA0_00000000001' } as const
  const written = { line: '090-1234-5678', failed: '090-1234-5678', group: 'AAA0_00000000001' } as const
  const hidden = { line: '090-****-5678', failed: '090-****-5678', group: 'AAA0_*******0001' } as const
  const cases = ['line', 'group', 'failed'] as const

  const masked = (name: (typeof cases)[number], format: (typeof formats)[number], leak: string) => {
    const given = ticketCases[name]('en')
    const carrier = { resultCode: leak, statusCode: '200', message: leak }
    const subject =
      given.kind === 'failed'
        ? ({ ...given, agent: leak, title: leak, failure: { code: 'ACCOUNT_STATUS', carrier } } as const)
        : {
            ...given,
            lookup: { ...given.lookup, agent: leak, report: { ...given.lookup.report, carrier } },
          }
    const options = { ...optionsOf(name, 'en'), label: leak, rawReply: leak, masked: true }
    const { text, html } = writeTicket(subject, { ...options, format, template })
    // Undo the escapes of all formats, so that an escaped digit is found as well.
    return `${text}\n${html ?? ''}`
      .replaceAll('\\', '')
      .replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(code))
  }

  it.each(cases)('shows the middle of the account nowhere, in no format: %s', name => {
    for (const format of formats) {
      const leak = `a ${ids[name]} b ${written[name]}, {"n":"${ids[name]}"}\n${written[name]}`
      const shown = masked(name, format, leak)
      expect(shown).not.toContain(ids[name])
      expect(shown).not.toContain(written[name])
      expect(shown).toContain(hidden[name].slice(-4))
    }
  })

  it('shows the account as it is where it is not asked to hide it', () => {
    expect(fill('{{number}} {{maskedNumber}}')).toEqual([text('090-1234-5678 090-****-5678')])
    expect(fill('{{number}} {{maskedNumber}}', 'group')).toEqual([text('AAA0_00000000001 AAA0_*******0001')])
  })

  it('hides the account in what came from the carrier and from agents', () => {
    const given = { masked: true, label: '山田 090-1234-5678', rawReply: '{"n":"09012345678"}' }
    expect(fill('{{number}}\n{{maskedNumber}}\n{{label}}\n{{rawReply}}', 'line', given)).toEqual([
      text('090-****-5678'),
      text('090-****-5678'),
      text('山田 090-****-5678'),
      { kind: 'code', text: '{"n":"090-****-5678"}' },
    ])
  })

  it('hides an account that is split by marks that can’t be seen', () => {
    expect(fill('{{label}}', 'line', { masked: true, label: '090\u200e-1234-\u202e5678' })).toEqual([
      text('090-****-5678'),
    ])
  })
})

describe('the built-in templates', () => {
  it('are named by their ids, and nothing that every object has is one', () => {
    for (const id of Object.keys(builtIn)) expect(isBuiltIn(id)).toBe(true)
    for (const id of ['', 'nope', 'constructor', '__proto__', 'toString']) expect(isBuiltIn(id)).toBe(false)
  })

  it('ask for the same in both languages', () => {
    const asked = (template: string) => template.match(/\{\{[^}]*\}\}/g)?.filter(tag => tag !== '{{kind}}')
    for (const { ja, en } of Object.values(builtIn)) {
      expect(new Set(asked(en))).toEqual(new Set(asked(ja)))
      expect(asked(en)).toHaveLength(asked(ja)?.length ?? 0)
    }
  })
})
