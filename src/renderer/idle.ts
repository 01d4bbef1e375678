import type { PageStore } from './store/page-store.ts'

const LOOKED_AT_MS = 5_000

/** Hides the numbers once nobody has touched the program for as long as the settings say. */
export function hideWhenIdle(store: PageStore): void {
  const { clock } = store.getState()
  let touchedAt = clock.monotonic()
  const touched = () => {
    touchedAt = clock.monotonic()
  }
  for (const event of ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const) {
    window.addEventListener(event, touched, { capture: true, passive: true })
  }
  setInterval(() => {
    const { app, hideNumbers, numbersHidden } = store.getState()
    const minutes = app.settings.hideAfterMinutes
    if (minutes > 0 && !numbersHidden && clock.monotonic() - touchedAt >= minutes * 60_000) hideNumbers()
  }, LOOKED_AT_MS)
}
