import type { Slice } from './index.ts'

/** Which overlay is open that belongs to no feature of its own. */
export type Overlay = 'palette' | 'shortcuts' | null

export interface ScreenSlice {
  readonly overlay: Overlay
  /** Numbers are masked on the screen, for when it is shared; what is copied stays whole. */
  readonly veiled: boolean
  openOverlay(overlay: Overlay): void
  toggleVeil(): void
}

export const createScreenSlice: Slice<ScreenSlice> = set => ({
  overlay: null,
  veiled: false,
  openOverlay(overlay) {
    set({ overlay })
  },
  toggleVeil() {
    set(({ veiled }) => ({ veiled: !veiled }))
  },
})
