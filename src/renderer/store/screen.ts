import type { TicketTemplate } from '../../contract/settings.ts'
import type { Slice } from './slice.ts'

/** The open overlay, of those that belong to no feature. */
export type Overlay = 'palette' | 'shortcuts' | null

export interface ScreenSlice {
  readonly overlay: Overlay
  /** Numbers are masked on the screen, for when it is shared; what is copied stays whole. */
  readonly numbersHidden: boolean
  openOverlay(overlay: Exclude<Overlay, null>): void
  /** Closes this overlay if it is still the open one: a dialog reports late that it closed. */
  closeOverlay(overlay: Exclude<Overlay, null>): void
  toggleNumbers(): void
  /** Nobody is at the desk. */
  hideNumbers(): void
  /** The lists lie over a narrow window. */
  readonly listDrawer: boolean
  /** The ticket's bar at the foot of a narrow window is opened. */
  readonly ticketDrawer: boolean
  /** A template that was written and not saved; it is there again when the sheet is opened. */
  readonly templateDraft: TicketTemplate | null
  keepDraft(draft: TicketTemplate | null): void
  openDrawer(drawer: 'list' | 'ticket', open: boolean): void
}

export const createScreenSlice: Slice<ScreenSlice> = set => ({
  overlay: null,
  numbersHidden: false,
  openOverlay(overlay) {
    set({ overlay })
  },
  closeOverlay(overlay) {
    set(state => ({ overlay: state.overlay === overlay ? null : state.overlay }))
  },
  listDrawer: false,
  ticketDrawer: false,
  templateDraft: null,
  keepDraft(templateDraft) {
    set({ templateDraft })
  },
  openDrawer(drawer, open) {
    set(drawer === 'list' ? { listDrawer: open } : { ticketDrawer: open })
  },
  hideNumbers() {
    set({ numbersHidden: true })
  },
  toggleNumbers() {
    set(({ numbersHidden }) => ({ numbersHidden: !numbersHidden }))
  },
})
