import { describe, expect, it } from 'vitest'
import type { Language } from '../domain/language.ts'
import { type BuiltIn, builtIn } from './built-in.ts'
import { hasTemplate, type TicketFormat } from './presets.ts'
import { languages, optionsOf, type TicketCase, ticketCaseNames, ticketCases } from './testing/cases.ts'
import { writeTicket } from './ticket.ts'

const formats = ['plain', 'markdown', 'html', 'jira', 'textile', 'backlog', 'csv', 'json'] as const

const ticket = (name: TicketCase, language: Language, format: TicketFormat, template: BuiltIn) =>
  writeTicket(ticketCases[name](language), {
    ...optionsOf(name, language),
    format,
    template: builtIn[template][language],
  })

const golden = (...name: readonly string[]) => `golden/${name.join('.')}`

describe.each(languages)('the built-in ticket in %s', language => {
  describe.each(ticketCaseNames)('of the case %s', name => {
    it.each(formats)('is its golden file as %s', async format => {
      const { text, html } = ticket(name, language, format, 'full')
      if (format === 'html') {
        await expect(html).toMatchFileSnapshot(golden(name, language, 'html'))
        expect(text).toBe(ticket(name, language, 'plain', 'full').text)
      } else {
        await expect(text).toMatchFileSnapshot(golden(name, language, format, 'txt'))
        expect(html).toBe(null)
      }
    })

    it('is the same bytes each time', () => {
      for (const format of formats) {
        expect(ticket(name, language, format, 'full')).toEqual(ticket(name, language, format, 'full'))
      }
    })

    it('is shaped by a template but for CSV and JSON', () => {
      for (const format of formats) {
        expect(ticket(name, language, format, 'full').lines === null).toBe(!hasTemplate(format))
        const isSame =
          ticket(name, language, format, 'full').text === ticket(name, language, format, 'short').text
        expect(isSame).toBe(!hasTemplate(format))
      }
    })
  })

  it.each([
    ['masked', { masked: true }],
    ['raw-kb', { rawKb: true }],
    ['base-1000', { kbBase: 1000 }],
    ['demo', { isDemo: true }],
  ] as const)('is its golden file with the option %s', async (option, more) => {
    for (const format of ['plain', 'html', 'csv', 'json'] as const) {
      const { text, html } = writeTicket(ticketCases.line(), {
        ...optionsOf('line', language),
        ...more,
        format,
        template: builtIn.handOver[language],
      })
      await expect(html ?? text).toMatchFileSnapshot(golden('option', option, language, format, 'txt'))
    }
  })

  describe.each(['short', 'handOver', 'escalation'] as const)('by the template %s', template => {
    it.each(['line', 'group', 'failed'] as const)('is its golden file in the case %s', async name => {
      for (const format of ['plain', 'markdown'] as const) {
        const { text } = ticket(name, language, format, template)
        await expect(text).toMatchFileSnapshot(golden(name, language, template, format, 'txt'))
      }
    })
  })
})
