import { backlogTicket } from './backlog.ts'
import { csvTicket } from './csv.ts'
import { customerMessage, type MessageOptions } from './customer-message.ts'
import { type TicketOptions, type TicketSubject, ticketFacts } from './facts.ts'
import { htmlTicket } from './html.ts'
import { jiraTicket } from './jira.ts'
import { jsonTicket } from './json.ts'
import type { Line } from './lines.ts'
import { markdownTicket } from './markdown.ts'
import { plainTicket } from './plain.ts'
import type { TicketFormat } from './presets.ts'
import { fillTemplate } from './template.ts'
import { mentions } from './template-language.ts'
import { textileTicket } from './textile.ts'

/** A ticket as it will be on the clipboard, and the lines it was written from, for a rendered preview. */
export interface Ticket {
  readonly format: TicketFormat
  /** The item's text/plain. */
  readonly text: string
  /** The item's text/html; null where the format has none. */
  readonly html: string | null
  /** Null for the formats that no template shapes. */
  readonly lines: readonly Line[] | null
}

const markups = {
  plain: plainTicket,
  markdown: markdownTicket,
  jira: jiraTicket,
  textile: textileTicket,
  backlog: backlogTicket,
} as const

/** Writes a ticket. Pure: the same input gives the same bytes on every machine. */
export function writeTicket(
  subject: TicketSubject,
  options: TicketOptions & {
    readonly format: TicketFormat
    readonly template: string
    /** What is needed for a template that tells what the customer was told. */
    readonly telling?: MessageOptions
  },
): Ticket {
  const { format } = options
  const { telling } = options
  const message =
    telling && mentions(options.template, 'message')
      ? customerMessage(subject, { ...options, ...telling })
      : ''
  const facts = ticketFacts(subject, {
    ...options,
    ...(telling && { rules: telling.rules }),
    message: message ?? '',
  })
  if (format === 'csv') return { format, text: csvTicket(facts), html: null, lines: null }
  if (format === 'json') return { format, text: jsonTicket(facts), html: null, lines: null }
  const lines = fillTemplate(options.template, facts)
  return format === 'html'
    ? { format, text: plainTicket(lines), html: htmlTicket(lines), lines }
    : { format, text: markups[format](lines), html: null, lines }
}
