/** A window as the app's life cycle sees it. */
export interface OpenWindow {
  close(): void
  destroy(): void
  isDestroyed(): boolean
}

/** The windows that are open, oldest first: what keeps the app alive. */
export const openWindows = new Set<OpenWindow>()
