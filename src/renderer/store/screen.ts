import type { Slice } from './slice.ts'

/** Which overlay is open that belongs to no feature of its own. */
export type Overlay = 'palette' | 'shortcuts' | null

export interface ScreenSlice {
  readonly overlay: Overlay
  /** Numbers are masked on the screen, for when it is shared; what is copied stays whole. */
  readonly numbersHidden: boolean
  openOverlay(overlay: Exclude<Overlay, null>): void
  /** Closes that one: a dialog tells late that it closed, and another may be open by then. */
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
