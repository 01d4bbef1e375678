import { describe, expect, it } from 'vitest'
import { settingsChangeSchema } from '../contract/settings.ts'
import {
  hasTemplate,
  type TicketFormat,
  type TicketPresetId,
  ticketPresetIds,
  ticketPresets,
} from './presets.ts'
import { optionsOf, ticketCases } from './testing/cases.ts'
import { writeTicket } from './ticket.ts'

/** How a ticket begins that is pasted there; what has no markup of headings or tables has none in it. */
const heads: Readonly<Record<TicketPresetId, readonly [TicketFormat, RegExp]>> = {
  text: ['plain', /^Data 090/],
  zendesk: ['html', /^<h3>Data 090/],
  freshdesk: ['html', /^<h3>Data 090/],
  'jira-cloud': ['html', /^<h3>Data 090/],
  'jira-data-center': ['jira', /^h3\. Data 090/],
  redmine: ['markdown', /^### Data 090/],
  'redmine-textile': ['textile', /^h3\. Data 090/],
  backlog: ['markdown', /^### Data 090/],
  'backlog-notation': ['backlog', /^\*+ Data 090/],
  servicenow: ['plain', /^Data 090/],
  salesforce: ['plain', /^Data 090/],
  kintone: ['plain', /^Data 090/],
  mail: ['html', /^<h3>Data 090/],
  html: ['html', /^<h3>Data 090/],
  markdown: ['markdown', /^### Data 090/],
  csv: ['csv', /^Number,/],
  json: ['json', /^\{\n/],
}

describe('a preset', () => {
  it('is there for each system, those without one last', () => {
    expect(ticketPresetIds).toEqual(Object.keys(heads))
  })

  it.each(ticketPresetIds)('writes what its system takes: %s', preset => {
    const [format, head] = heads[preset]
    const options = { ...optionsOf('line', 'en'), template: '# Data {{number}}' }
    const ticket = writeTicket(ticketCases.line(), { ...options, format: ticketPresets[preset] })
    expect(ticket.format).toBe(format)
    expect(ticket.html ?? ticket.text).toMatch(head)
  })

  it.each(ticketPresetIds)('can be kept in the settings: %s', preset => {
    const choice = { template: 'short', masked: true, rawKb: false }
    const change = {
      ticketPresets: { '6f9619ff-8b86-4d01-b42d-00cf4fc964ff': preset },
      presetChoices: { [preset]: choice },
    }
    expect(settingsChangeSchema.parse(change)).toEqual(change)
  })

  it('is shaped by a template where it is made of lines', () => {
    const without = ticketPresetIds.filter(preset => !hasTemplate(ticketPresets[preset]))
    expect(without).toEqual(['csv', 'json'])
  })
})
