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
  toggleNumbers() {
    set(({ numbersHidden }) => ({ numbersHidden: !numbersHidden }))
  },
})
