import { describe, expect, it } from 'vitest'
import { type BuiltIn, builtIn } from './built-in.ts'
import type { TicketSubject } from './facts.ts'
import type { TicketFormat } from './presets.ts'
import { languages, optionsOf, type TicketCase, ticketCases } from './testing/cases.ts'
import { writeTicket } from './ticket.ts'

const TOMORROW = Date.parse('2026-11-24T00:00:00+09:00')
const templates = Object.keys(builtIn) as readonly BuiltIn[]
const formats = ['plain', 'markdown', 'html', 'jira', 'textile', 'backlog', 'csv', 'json'] as const
const cases = ['line', 'group', 'blacklisted', 'unknown', 'no-data'] as const

function written(
  name: TicketCase,
  language: 'ja' | 'en',
  format: TicketFormat,
  template: string,
  subject: TicketSubject = ticketCases[name](language),
): string {
  const options = { ...optionsOf(name, language), now: TOMORROW, format, template }
  const { text, html } = writeTicket(subject, options)
  return `${text}\n${html ?? ''}`
}

describe('a ticket about another day', () => {
  it('calls nothing today’s, in every template that comes with the program and every format', () => {
    for (const language of languages) {
      for (const name of cases) {
        for (const format of formats) {
          for (const template of templates) {
            const text = written(name, language, format, builtIn[template][language])
            expect(
              text
                .replace('threeDaysWithTodayKb', '')
                .replace('threeDaysWithoutTodayKb', '')
                .replace('todayKb', '')
                .replace('ofToday', ''),
            ).not.toMatch(/本日|直近|today/i)
            expect(text).toMatch(/2026-11-23[ T]13:05|2026‑11‑23|2026&#45;11/)
          }
        }
      }
    }
  })

  it('is named by its date', () => {
    expect(written('line', 'ja', 'plain', builtIn.full.ja).split('\n').slice(0, 4)).toEqual([
      '【通信量照会】090-1234-5678（回線）',
      'ブラックリスト: 登録なし（2026-11-23 13:05 JST 時点）',
      '11/23(月): 1.23 GB（2026-11-23 13:05 JST 時点）',
      '11/23(月)までの3日: 当日を含む 4.28 GB / 当日を除く 3.05 GB',
    ])
  })

  it('is said above the agent’s own template, which may speak of today', () => {
    const own = '本日の通信量: {{today}}'
    expect(written('line', 'ja', 'plain', own).trim().split('\n').slice(0, 2)).toEqual([
      '※2026-11-23 13:05 JST 時点の結果です。本日の値ではありません。',
      '本日の通信量: 1.23 GB',
    ])
    expect(written('line', 'en', 'plain', 'Today: {{today}}')).toContain(
      "Note: as of 2026-11-23 13:05 JST, not today's figures.",
    )
  })

  it('does not date a template that prints nothing, nor a failed lookup', () => {
    expect(written('line', 'ja', 'plain', '{{#failed}}x{{/failed}}').trim()).toBe('')
    expect(written('failed', 'ja', 'plain', '{{failure}}')).not.toContain('※')
  })

  it('names both moments and neither day where the query went over midnight', () => {
    const subject = ticketCases.line()
    if (subject.kind !== 'answered') throw new Error('not answered')
    const over: TicketSubject = {
      kind: 'answered',
      lookup: {
        ...subject.lookup,
        askedAt: Date.parse('2026-11-23T23:59:55+09:00'),
        repliedAt: Date.parse('2026-11-24T00:00:03+09:00'),
      },
    }
    const text = written('line', 'ja', 'plain', builtIn.full.ja, over)
    expect(text).toContain('2026-11-23 23:59 照会、2026-11-24 00:00 回答 JST')
    expect(text).toContain('11/23(月)または11/24(火): 1.23 GB')
    expect(text).toContain('日別:\n- 1日前 2.30 GB\n- 2日前 768.0 MB')
    expect(text).not.toContain('本日')
    const json = JSON.parse(
      writeTicket(over, { ...optionsOf('line', 'ja'), format: 'json', template: '' }).text,
    )
    expect(json).toMatchObject({
      day: ['2026-11-23', '2026-11-24'],
      days: [{ daysBefore: 1 }, {}, {}, {}, {}],
    })
  })
})
