import type { Profile } from '../../contract/profile.ts'
import { rulesOf } from '../../contract/profile-rules.ts'
import type { PresetChoice, Settings } from '../../contract/settings.ts'
import type { AppState } from '../../contract/state.ts'
import { carrierOf } from '../../domain/failure.ts'
import { HIDDEN_NAME } from '../../domain/hide-numbers.ts'
import type { Language } from '../../domain/language.ts'
import { japanMidnight } from '../../domain/traffic.ts'
import { words } from '../../domain/words/words.ts'
import { builtIn, isBuiltIn } from '../../ticket/built-in.ts'
import type { MessageOptions } from '../../ticket/customer-message.ts'
import type { TicketSubject } from '../../ticket/facts.ts'
import { hasTemplate, type TicketFormat, type TicketPresetId, ticketPresets } from '../../ticket/presets.ts'
import { mentions } from '../../ticket/template-language.ts'
import { type Ticket, writeTicket } from '../../ticket/ticket.ts'
import type { LookupSlice } from './lookup.ts'
import type { ScreenSlice } from './screen.ts'
import type { SessionSlice } from './session.ts'
import type { RawReply, View } from './view.ts'

/** What is chosen for the ticket: the preset last used with the current profile, its format, and its template's text. */
export interface TicketChoice extends PresetChoice {
  readonly preset: TicketPresetId
  readonly format: TicketFormat
  readonly language: Language
  readonly text: string
  /** Hides the customer's name; set for the screen only, never for a copy. */
  readonly hidesName?: boolean
}

export type State = Pick<SessionSlice, 'app' | 'now'> & Pick<LookupSlice, 'view'>

const DEFAULT_CHOICE: PresetChoice = { template: 'full', masked: false, rawKb: false }

/** What a choice is read from: the settings, the screen's language and the profile. */
type Chosen = {
  readonly app: Pick<AppState, 'settings' | 'language'> & {
    readonly current: { readonly profile: Profile } | null
  }
}

export function ticketChoice({ app }: Chosen): TicketChoice {
  const { ticketPresets: chosen, presetChoices, ticketLanguage, ticketTemplates } = app.settings
  const preset = chosen[app.current?.profile.id ?? ''] ?? 'text'
  const choice = presetChoices[preset] ?? DEFAULT_CHOICE
  const language = ticketLanguage === 'screen' ? app.language : ticketLanguage
  return {
    ...choice,
    preset,
    format: ticketPresets[preset],
    language,
    text: templateText(choice.template, language, ticketTemplates),
  }
}

/** A template's text in a language. A template that was deleted is replaced by the built-in full one. */
export function templateText(id: string, language: Language, own: Settings['ticketTemplates']): string {
  if (isBuiltIn(id)) return builtIn[id][language]
  return own.find(template => template.id === id)?.text ?? builtIn.full[language]
}

/** The ticket for what is shown; null where there is nothing to copy (yet). The preview and the copy are this same one. */
export const ticketOf = ticketSelector(choice => choice)

/** The choice for the screen while numbers are hidden; it does not affect copies. */
const hidden = (choice: TicketChoice): TicketChoice => ({ ...choice, masked: true, hidesName: true })

/**
 * What a template would write about the current view, in plain text, masked if the screen is; null if there
 * is nothing to write about, or while a raw reply that the template uses is still being read.
 */
export function draftText(
  state: State & Pick<ScreenSlice, 'numbersHidden'>,
  template: string,
): string | null {
  const draft: TicketChoice = { ...ticketChoice(state), format: 'plain', text: template }
  const choice = state.numbersHidden ? hidden(draft) : draft
  const parts = partsOf(state, choice)
  return parts && (written(...parts, choice)?.text ?? null)
}

const maskedTicketOf = ticketSelector(hidden)

/** The ticket as the screen shows it: while numbers are hidden it is masked, whatever is copied. */
export const shownTicketOf = (state: State & Pick<ScreenSlice, 'numbersHidden'>): Ticket | null =>
  state.numbersHidden ? maskedTicketOf(state) : ticketOf(state)

/** Which lookup's raw reply the ticket has to wait for; null for none. */
export const wantedReply = (state: Pick<State, 'view' | 'app'>): number | null =>
  speaksOfReply(ticketChoice(state)) ? lookupIdOf(state.view) : null

const speaksOfReply = ({ format, text }: TicketChoice): boolean =>
  hasTemplate(format) && mentions(text, 'rawReply')

/** A selector that writes the ticket again only when something that it is written from has changed. */
function ticketSelector(change: (choice: TicketChoice) => TicketChoice): (state: State) => Ticket | null {
  const write = remembered((settings: Settings, screenLanguage: Language, ...parts: Parts) => {
    const [, profile] = parts
    const app = { settings, language: screenLanguage, current: { profile } }
    return written(...parts, change(ticketChoice({ app })))
  })
  return state => {
    const parts = partsOf(state, ticketChoice(state))
    return parts && write(state.app.settings, state.app.language, ...parts)
  }
}

/**
 * The inputs of a ticket besides its choice, as a flat list, so that each can be compared with its last
 * value.
 */
type Parts = readonly [
  view: View,
  profile: Profile,
  label: string,
  note: string,
  medium: Settings['medium'],
  agent: string,
  reply: string | null | undefined,
  /** The start of the current day, so that a ticket is written again at midnight and not at each tick. */
  today: number,
]

/** Null where nothing is shown that a ticket could be about, or the raw reply is still being read. */
function partsOf({ view, app, now }: State, choice: TicketChoice): Parts | null {
  if (app.current === null || !('account' in view)) return null
  const { profile } = app.current
  const reply = speaksOfReply(choice) ? replyOf(view) : { text: undefined }
  if (reply === null) return null
  const savedAccount = 'savedAccount' in view ? view.savedAccount : null
  // The saved account with its label is still being read.
  if (savedAccount === undefined) return null
  const label = savedAccount?.label ?? ''
  const off = view.kind === 'shown' ? view.lookup.report.clockOffMs : 0
  const today = japanMidnight(now + off) - off
  const note = savedAccount?.note ?? ''
  return [view, profile, label, note, app.settings.medium, app.agent, reply.text, today]
}

function written(
  ...[view, profile, label, note, medium, agent, reply, today, choice]: [...Parts, TicketChoice]
): Ticket | null {
  const { format, text, language, masked, rawKb, hidesName = false } = choice
  const subject = subjectOf(view, agent, language)
  return (
    subject &&
    writeTicket(subject, {
      format,
      template: text,
      language,
      days: profile.days,
      kbBase: profile.kbBase,
      now: today,
      rawKb,
      masked,
      isDemo: profile.carrier.kind === 'simulator',
      label: hidesName && label !== '' ? HIDDEN_NAME : label,
      note: hidesName && note !== '' ? HIDDEN_NAME : note,
      telling: tellingOf(profile, medium),
      rawReply: reply,
    })
  )
}

/**
 * The carrier's reply to the lookup on the screen: its text, null if none came, undefined if it was not kept.
 * The function returns null while the reply is still being read.
 */
function replyOf(view: View): RawReply | null {
  if (lookupIdOf(view) !== null && 'lookup' in view) return view.rawReply ?? null
  // There is no record: the query was not sent, or the store did not save its answer.
  return { text: view.kind === 'failed' && carrierOf(view.failure) === null ? null : undefined }
}

/** null where the store has no such lookup. */
export const lookupIdOf = (view: View): number | null =>
  view.kind === 'shown' || view.kind === 'failed' ? (view.lookup?.id ?? null) : null

/** How a profile's operator speaks to its customers. */
export const tellingOf = (profile: Profile, medium: Settings['medium']): MessageOptions => ({
  medium,
  rules: rulesOf(profile),
  messages: profile.messages,
})

/** A ticket is only about what reached the carrier. */
function subjectOf(view: View, agent: string, language: Language): TicketSubject | null {
  return view.kind === 'failed' && view.lookup === null ? null : saidOf(view, agent, language)
}

/** What the customer can be told about, whether or not anything was sent. */
export function saidOf(view: View, agent: string, language: Language): TicketSubject | null {
  if (view.kind === 'shown') return { kind: 'answered', lookup: view.lookup }
  if (view.kind !== 'failed') return null
  const { account, failure, askedAt } = view
  return {
    kind: 'failed',
    account,
    failure,
    title: words[language].failures[failure.code],
    agent,
    askedAt,
  }
}

/** The last result of a function, given again while its arguments are the same. */
function remembered<A extends readonly unknown[], R>(work: (...args: A) => R): (...args: A) => R {
  let last: { readonly args: A; readonly result: R } | null = null
  return (...args) => {
    if (last === null || args.some((arg, at) => !Object.is(arg, last?.args[at])))
      last = { args, result: work(...args) }
    return last.result
  }
}
