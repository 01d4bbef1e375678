import type { StoreApi } from 'zustand/vanilla'
import type { Bridge, ClipboardContent, StoredReply } from '../../contract/bridge.ts'
import type { PresetChoice, TicketTemplate } from '../../contract/settings.ts'
import { formatAccount, maskAccount } from '../../domain/account.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'
import type { Language } from '../../domain/language.ts'
import { carrierTimes } from '../../domain/traffic.ts'
import { customerMessage } from '../../ticket/customer-message.ts'
import { htmlWithChart } from '../../ticket/html.ts'
import type { TicketPresetId } from '../../ticket/presets.ts'
import { ticketWords } from '../../ticket/words.ts'
import type { LookupSlice } from './lookup.ts'
import type { NoticesSlice } from './notices.ts'
import type { RecentsSlice } from './recents.ts'
import type { SessionSlice } from './session.ts'
import type { SettingsSlice } from './settings.ts'
import type { Slice } from './slice.ts'
import type { RawReply, View } from './view.ts'

type Needs = Pick<SessionSlice, 'app' | 'now' | 'tick'> &
  Pick<LookupSlice, 'view'> &
  Pick<SettingsSlice, 'changeSettings'> &
  Pick<RecentsSlice, 'ticketCopied'> &
  Pick<NoticesSlice, 'notify' | 'notifier'>

import { lookupIdOf, saidOf, tellingOf, ticketChoice, ticketOf, wantedReply } from './ticket-of.ts'

/** How to draw a picture of the chart: in the ticket's language, not the screen's. */
export interface ChartPicture {
  readonly language: Language
  /** What stands above the bars, line by line. */
  readonly title: readonly string[]
}

/** Gives a PNG as base64. */
export type DrawChart = (picture: ChartPicture) => string

export interface TicketSlice {
  /** Whether the sheet with the agent's templates is open. */
  readonly templatesOpen: boolean
  /** True once the ticket is on the clipboard. */
  copyTicket(): Promise<boolean>
  /** The chart above the ticket as rich text, for mail; where the ticket is no rich text, it says so. */
  copyWithChart(): Promise<void>
  copySentence(): Promise<boolean>
  /** Copies the chart as a picture; if there is none, a notice says so. */
  copyChart(): Promise<void>
  /** Registers the function that draws the chart while it is on the screen; null removes it. */
  offerChart(draw: DrawChart | null): void
  choosePreset(preset: TicketPresetId): Promise<void>
  changePreset(change: Partial<PresetChoice>): Promise<void>
  openTemplates(open: boolean): void
  /** Keeps a template and uses it; gives the failure, or null when it worked. */
  saveTemplate(template: TicketTemplate): Promise<Failure | null>
  removeTemplate(id: string): Promise<void>
}

/** What to say to the customer about what is shown. */
export function sentenceText(state: Pick<Needs, 'view' | 'app' | 'now'>): string | null {
  const { view, app, now } = state
  if (app.current === null) return null
  const { language, agent, settings } = app
  const { profile } = app.current
  const subject = saidOf(view, agent, language)
  const { days, kbBase } = profile
  return (
    subject &&
    customerMessage(subject, {
      language,
      days,
      kbBase,
      now,
      ...tellingOf(profile, settings.medium),
    })
  )
}

/** Reads the carrier's reply once a template wants it; the ticket waits for that. */
export function readReplyWhenWanted(
  store: StoreApi<TicketSlice & Needs>,
  bridge: Pick<Bridge, 'rawReply'>,
): void {
  let reading: View | null = null
  store.subscribe(state => {
    const { view } = state
    const lookupId = state.templatesOpen ? lookupIdOf(view) : wantedReply(state)
    if (lookupId === null || view === reading || !('lookup' in view) || view.rawReply !== undefined) return
    reading = view
    void bridge.rawReply(lookupId).then(outcome => {
      // The view has changed meanwhile, perhaps to another customer's answer.
      if (store.getState().view !== view) return
      store.setState({ view: { ...view, rawReply: replyFrom(outcome) } })
    })
  })
}

function replyFrom(outcome: Outcome<StoredReply>): RawReply {
  if (!outcome.ok || outcome.value.kind === 'not-kept') return { text: undefined }
  return { text: outcome.value.kind === 'kept' ? outcome.value.text : null }
}

export const createTicketSlice =
  (bridge: Bridge): Slice<TicketSlice, Needs> =>
  (set, get) => {
    let drawChart: DrawChart | null = null

    /** Copies something of the current view; once it is on the clipboard, a notice names the account. */
    async function copy(
      kind: 'copied' | 'sentence-copied' | 'chart-copied',
      content: Partial<ClipboardContent> | null,
    ): Promise<boolean> {
      const { view } = get()
      // Tell the agent, because the previous copy is still on the clipboard.
      if (content === null || !('account' in view)) {
        get().notify({ kind: 'nothing-to-copy' })
        return false
      }
      const notify = get().notifier()
      const lookup = kind === 'copied' && 'lookup' in view ? view.lookup : null
      const outcome = await bridge.copy({ text: null, html: null, png: null, ...content }, lookup?.id ?? null)
      if (outcome.ok && lookup !== null) get().ticketCopied(lookup)
      notify({ kind: outcome.ok ? kind : 'not-copied', account: view.account })
      return outcome.ok
    }

    /**
     * Draws the chart on the screen as a PNG, titled with the account and the time; null if there is no
     * chart.
     */
    function picture(): string | null {
      const { view, app } = get()
      if (view.kind !== 'shown' || drawChart === null) return null
      const { language, masked } = ticketChoice(get())
      const words = ticketWords[language]
      const number = masked ? maskAccount(view.account) : formatAccount(view.account)
      const asOf = words.asOf(carrierTimes(view.lookup))
      const title = [words.chartTitle(number, asOf)]
      if (app.current?.profile.carrier.kind === 'simulator') title.push(words.demo)
      return drawChart({ language, title })
    }

    return {
      templatesOpen: false,
      async copyTicket() {
        // Midnight may have passed since the preview was drawn.
        get().tick()
        const ticket = ticketOf(get())
        return copy('copied', ticket && { text: ticket.text, html: ticket.html })
      },
      async copyWithChart() {
        const { format, language } = ticketChoice(get())
        // Nothing is copied that the agent has not seen.
        if (format !== 'html') return get().notify({ kind: 'needs-rich-text' })
        get().tick()
        const ticket = ticketOf(get())
        const png = picture()
        await copy(
          'copied',
          ticket?.html && png
            ? { text: ticket.text, html: htmlWithChart(ticket.html, png, ticketWords[language].chart) }
            : null,
        )
      },
      async copySentence() {
        get().tick()
        const text = sentenceText(get())
        return copy('sentence-copied', text === null ? null : { text })
      },
      async copyChart() {
        const png = picture()
        await copy('chart-copied', png === null ? null : { png })
      },
      offerChart(draw) {
        drawChart = draw
      },
      async choosePreset(preset) {
        const { app } = get()
        const profileId = app.current?.profile.id
        if (profileId === undefined) return
        await get().changeSettings({ ticketPresets: { ...app.settings.ticketPresets, [profileId]: preset } })
      },
      async changePreset(change) {
        const { preset, template, masked, rawKb } = ticketChoice(get())
        const { presetChoices } = get().app.settings
        await get().changeSettings({
          presetChoices: { ...presetChoices, [preset]: { template, masked, rawKb, ...change } },
        })
      },
      openTemplates(templatesOpen) {
        set({ templatesOpen })
      },
      async saveTemplate(template) {
        const own = get().app.settings.ticketTemplates
        const isKept = own.some(({ id }) => id === template.id)
        const failure = await get().changeSettings({
          ticketTemplates: isKept
            ? own.map(kept => (kept.id === template.id ? template : kept))
            : [...own, template],
        })
        if (failure === null) await get().changePreset({ template: template.id })
        return failure
      },
      async removeTemplate(id) {
        const { ticketTemplates } = get().app.settings
        await get().changeSettings({
          ticketTemplates: ticketTemplates.filter(template => template.id !== id),
        })
      },
    }
  }
