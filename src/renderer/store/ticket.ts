import type { StoreApi } from 'zustand/vanilla'
import type { Bridge, ClipboardContent, StoredReply } from '../../contract/bridge.ts'
import type { PresetChoice, TicketTemplate } from '../../contract/settings.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'
import type { TicketPresetId } from '../../ticket/presets.ts'
import type { LookupSlice } from './lookup.ts'
import type { NoticesSlice } from './notices.ts'
import type { RecentsSlice } from './recents.ts'
import type { SessionSlice } from './session.ts'
import type { SettingsSlice } from './settings.ts'
import type { Slice } from './slice.ts'
import type { ChartPicture } from './ticket-copies.ts'
import type { RawReply, View } from './view.ts'

type Needs = Pick<SessionSlice, 'app' | 'now' | 'tick'> &
  Pick<LookupSlice, 'view'> &
  Pick<SettingsSlice, 'changeSettings'> &
  Pick<RecentsSlice, 'ticketCopied'> &
  Pick<NoticesSlice, 'notify' | 'notifier'>

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

type Writer = typeof import('./ticket-of.ts') & typeof import('./ticket-copies.ts')

let writer: Writer | null = null

/** Reads what writes tickets, with their formats and templates, ahead of the first ticket. */
export async function readTicketWriter(): Promise<Writer> {
  const [of, copies] = await Promise.all([import('./ticket-of.ts'), import('./ticket-copies.ts')])
  writer = { ...of, ...copies }
  return writer
}

/** Reads the carrier's reply once a template wants it; the ticket waits for that. */
export function readReplyWhenWanted(
  store: StoreApi<TicketSlice & Needs>,
  bridge: Pick<Bridge, 'rawReply'>,
): void {
  let reading: View | null = null
  const look = ({ lookupIdOf, wantedReply }: Writer) => {
    const state = store.getState()
    const { view } = state
    const lookupId = state.templatesOpen ? lookupIdOf(view) : wantedReply(state)
    if (lookupId === null || view === reading || !('lookup' in view) || view.rawReply !== undefined) return
    reading = view
    void bridge.rawReply(lookupId).then(outcome => {
      // The view has changed meanwhile, perhaps to another customer's answer.
      if (store.getState().view !== view) return
      store.setState({ view: { ...view, rawReply: replyFrom(outcome) } })
    })
  }
  store.subscribe(({ view }) => {
    if (writer !== null) look(writer)
    else if ('lookup' in view) void readTicketWriter().then(look)
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

    /**
     * Copies something of the current view; once it is on the clipboard, a notice names the account.
     *
     * @param make writes it; null where there is nothing to copy
     */
    async function copy(
      kind: 'copied' | 'sentence-copied' | 'chart-copied',
      make: (writer: Writer) => Partial<ClipboardContent> | null,
    ): Promise<boolean> {
      const { view } = get()
      const notify = get().notifier()
      if (writer === null) await readTicketWriter()
      // What was on the screen is meant, and not what came while the writer was read.
      const content = writer === null || get().view !== view ? null : make(writer)
      // Tell the agent, because the previous copy is still on the clipboard.
      if (content === null || !('account' in view)) {
        notify({ kind: 'nothing-to-copy' })
        return false
      }
      const lookup = kind === 'copied' && 'lookup' in view ? view.lookup : null
      const outcome = await bridge.copy({ text: null, html: null, png: null, ...content }, lookup?.id ?? null)
      if (outcome.ok && lookup !== null) get().ticketCopied(lookup)
      notify({ kind: outcome.ok ? kind : 'not-copied', account: view.account })
      return outcome.ok
    }

    /** The state, with the day it is now: midnight may have passed since the preview was drawn. */
    const now = () => {
      get().tick()
      return get()
    }

    /** Draws the chart on the screen as a PNG; null if there is none. */
    function picture({ pictureOf }: Writer): string | null {
      const wanted = pictureOf(get())
      return wanted === null || drawChart === null ? null : drawChart(wanted)
    }

    return {
      templatesOpen: false,
      copyTicket: () =>
        copy('copied', ({ ticketOf }) => {
          const ticket = ticketOf(now())
          return ticket && { text: ticket.text, html: ticket.html }
        }),
      async copyWithChart() {
        const { ticketChoice } = writer ?? (await readTicketWriter())
        // Nothing is copied that the agent has not seen.
        if (ticketChoice(get()).format !== 'html') return get().notify({ kind: 'needs-rich-text' })
        await copy('copied', read => {
          const png = picture(read)
          return png === null ? null : read.withChart(now(), png)
        })
      },
      copySentence: () =>
        copy('sentence-copied', ({ sentenceText }) => {
          const text = sentenceText(now())
          return text === null ? null : { text }
        }),
      async copyChart() {
        await copy('chart-copied', read => {
          const png = picture(read)
          return png === null ? null : { png }
        })
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
        const { ticketChoice } = writer ?? (await readTicketWriter())
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
