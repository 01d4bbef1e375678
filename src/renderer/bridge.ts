import type { Bridge } from '../contract/bridge.ts'

declare global {
  interface Window {
    readonly bridge: Bridge
  }
}

/** The page's one way out. */
export const bridge: Bridge = window.bridge
