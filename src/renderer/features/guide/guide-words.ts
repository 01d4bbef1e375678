import type { Command } from '../../../contract/commands.ts'

export const topics = [
  'look-up',
  'figures',
  'ticket',
  'saved-lines',
  'failures',
  'settings',
  'setup',
  'commands',
] as const

export type GuideTopic = (typeof topics)[number]

/** What the guide says in one language. What a failure or a command is called is in the program's own words. */
export interface GuideWords {
  readonly topics: Readonly<
    Record<GuideTopic, { readonly title: string; readonly paragraphs: readonly string[] }>
  >
  readonly commands: Readonly<Record<Command, string>>
  /** Before what there is to do about a failure. */
  readonly remedy: string
}
