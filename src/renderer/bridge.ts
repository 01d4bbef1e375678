import type { Bridge } from '../contract/bridge.ts'

declare global {
  interface Window {
    readonly bridge: Bridge
  }
}

/** The page's only connection to the main process. */
export const bridge: Bridge = window.bridge
