/** How a ticket is written. */
export type TicketFormat = 'plain' | 'markdown' | 'html' | 'jira' | 'textile' | 'backlog' | 'csv' | 'json'

/** Where a ticket is pasted, and the format that survives the paste there; last come formats without a system. */
export const ticketPresets = {
  text: 'plain',
  zendesk: 'html',
  freshdesk: 'html',
  'jira-cloud': 'html',
  'jira-data-center': 'jira',
  redmine: 'markdown',
  'redmine-textile': 'textile',
  backlog: 'markdown',
  'backlog-notation': 'backlog',
  servicenow: 'plain',
  salesforce: 'plain',
  kintone: 'plain',
  mail: 'html',
  html: 'html',
  markdown: 'markdown',
  csv: 'csv',
  json: 'json',
} as const satisfies Record<string, TicketFormat>

export type TicketPresetId = keyof typeof ticketPresets

export const ticketPresetIds = Object.keys(ticketPresets) as readonly TicketPresetId[]

/** Formats that say everything they know in their own order: no template shapes them. */
export const hasTemplate = (format: TicketFormat): boolean => format !== 'csv' && format !== 'json'
