import { describe, expect, it } from 'vitest'
import { exportText } from '../domain/lookup-export.ts'
import { readCsv } from '../domain/read-csv.ts'
import { fail, ok } from '../domain/result.ts'
import type { Blacklist, GoodLookup } from '../domain/traffic.ts'
import { type BuiltIn, builtIn } from './built-in.ts'
import { customerMessage } from './customer-message.ts'
import { ticketPresetIds, ticketPresets } from './presets.ts'
import { byMail } from './testing/cases.ts'
import { writeTicket } from './ticket.ts'
import { ticketWords } from './words.ts'

const languages = ['ja', 'en'] as const
const states = ['listed', 'not-listed', 'unknown'] as const satisfies readonly Blacklist[]
const AT = Date.parse('2026-11-23T13:05:00+09:00')
const TOMORROW = Date.parse('2026-11-24T00:00:00+09:00')
const days = { order: 'newest-first', includesToday: false } as const
const templates = Object.keys(builtIn) as readonly BuiltIn[]

const lookup = (blacklist: Blacklist, kind: 'line' | 'group' = 'line'): GoodLookup => ({
  id: 1,
  profileId: 'a',
  account: kind === 'line' ? { kind, id: '09012345678' } : { kind, id: 'AAA0_00000000001' },
  askedAt: AT,
  repliedAt: AT,
  durationMs: 350,
  agent: 'sato',
  report: {
    todayKb: 100,
    recentDays: '100,200,300',
    blacklist,
    carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
    clockOffMs: 0,
  },
})

const momentOf = { today: AT, 'the day after': TOMORROW } as const
const perDay = Object.entries(momentOf)

describe.each(languages)('a ticket in %s about an account of which the blacklist is not known', language => {
  const write = (blacklist: Blacklist, template: string, now = AT) =>
    ticketPresetIds.map(preset => {
      const format = ticketPresets[preset]
      const options = { language, days, kbBase: 1024, now, format, template } as const
      const { text, html } = writeTicket({ kind: 'answered', lookup: lookup(blacklist) }, options)
      return html ?? text
    })

  it.each(templates.flatMap(name => perDay.map(([day, now]) => [name, day, now] as const)))(
    'says so by the template %s %s, in every format, and differs from one that is not listed',
    (name, _, now) => {
      const unknown = write('unknown', builtIn[name][language], now)
      const notListed = write('not-listed', builtIn[name][language], now)
      for (const [at, text] of unknown.entries()) {
        expect(text).toMatch(/不明|unknown/)
        expect(text).not.toMatch(/登録なし|not-listed|登録あり|"listed"|: (?:no|yes)\b(?! data)/)
        expect(text).not.toBe(notListed[at])
      }
    },
  )

  it.each(templates)('is not said to be restricted by the template %s', name => {
    for (const text of write('unknown', builtIn[name][language])) {
      expect(text).not.toMatch(/制限されている|restricted/)
    }
  })

  it('holds the condition for that and not the one for a listed account', () => {
    const template = '{{#unknownState}}a{{/unknownState}}{{#blacklisted}}b{{/blacklisted}}'
    const plain = (state: Blacklist) => write(state, template)[ticketPresetIds.indexOf('text')]
    expect(states.map(plain)).toEqual(['b', '', 'a'])
  })

  it('has a word of its own', () => {
    const { state } = ticketWords[language]
    expect(new Set(states.map(name => state[name])).size).toBe(3)
    expect(state.unknown).toBe({ ja: '不明', en: 'unknown' }[language])
  })
})

describe('what is read out of the blacklist', () => {
  const said = (
    blacklist: Blacklist,
    language: 'ja' | 'en',
    now: number,
    kind: 'line' | 'group' = 'line',
  ) => {
    const text = customerMessage(
      { kind: 'answered', lookup: lookup(blacklist, kind) },
      { ...byMail, language, days, kbBase: 1024, now },
    )
    // The last sentence.
    return /(?:^|。|\. )((?:[^。.]|\.(?! |$))*[。.])$/.exec(text)?.[1]
  }

  it.each([
    ['ja', 'today', '制限の有無は、ただいま確認できません。'],
    ['ja', 'the day after', '11月23日 13:05時点では、制限の有無を確認できませんでした。'],
    ['en', 'today', "I can't see whether a restriction applies."],
    [
      'en',
      'the day after',
      'As of 13:05 on 23 November, it could not be seen whether a restriction applied.',
    ],
  ] as const)('is that nothing is known, where nothing is: %s, %s', (language, day, sentence) => {
    expect(said('unknown', language, momentOf[day])).toBe(sentence)
    expect(said('unknown', language, momentOf[day], 'group')).toBe(sentence)
  })

  it.each([
    ['ja', 'today', '現時点では、お客様の回線に速度制限がかかっていることは確認できませんでした。'],
    [
      'ja',
      'the day after',
      '11月23日 13:05時点では、お客様の回線に速度制限がかかっていることは確認できませんでした。',
    ],
    ['en', 'today', 'At the moment the carrier does not list your line as restricted.'],
    ['en', 'the day after', 'As of 13:05 on 23 November, the carrier did not list your line as restricted.'],
  ] as const)(
    'is that the carrier does not list it, where it does not: %s, %s',
    (language, day, sentence) => {
      expect(said('not-listed', language, momentOf[day])).toBe(sentence)
    },
  )

  it.each([
    ['ja', 'today', 'line', '恐れ入りますが、現在、通信速度が制限されている可能性がございます。'],
    [
      'ja',
      'today',
      'group',
      '恐れ入りますが、現在、シェアグループの通信速度が制限されている可能性がございます。',
    ],
    [
      'ja',
      'the day after',
      'line',
      '恐れ入りますが、11月23日 13:05時点では、通信速度が制限されていた可能性がございます。',
    ],
    ['en', 'today', 'line', 'Your connection may be restricted at the moment.'],
    ['en', 'today', 'group', "Your share group's connection may be restricted at the moment."],
    ['en', 'the day after', 'line', 'As of 13:05 on 23 November, your connection may have been restricted.'],
  ] as const)('is a perhaps, where it is listed: %s, %s, %s', (language, day, kind, sentence) => {
    expect(said('listed', language, momentOf[day], kind)).toBe(sentence)
  })

  it('is never the same for two states', () => {
    for (const language of languages) {
      for (const [, now] of perDay) {
        for (const kind of ['line', 'group'] as const) {
          expect(new Set(states.map(state => said(state, language, now, kind))).size).toBe(3)
        }
      }
    }
  })
})

describe('an export of stored lookups', () => {
  it.each(['csv', 'json'] as const)('tells the three states apart, and from a failure: %s', format => {
    const lookups = [
      ...states.map(state => {
        const { report, ...rest } = lookup(state)
        return { ...rest, result: ok(report) }
      }),
      { ...lookup('unknown'), result: fail({ code: 'TIMEOUT' } as const) },
    ]
    const text = [
      ...exportText(lookups, { format, language: 'en', days, masked: false, isDemo: false }),
    ].join('')
    const [header, ...rows] = format === 'csv' ? readCsv(text).map(row => row.cells) : []
    const told =
      format === 'csv'
        ? rows.map(cells => cells[header?.indexOf('Blacklisted') ?? 0])
        : JSON.parse(text).map(({ blacklist }: { readonly blacklist: unknown }) => blacklist)
    expect(told).toEqual([...states, format === 'csv' ? '' : null])
  })
})
