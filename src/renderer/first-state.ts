import type { Bridge } from '../contract/bridge.ts'
import { FIRST_STATE } from '../contract/first-state.ts'
import type { AppState } from '../contract/state.ts'
import type { PageStore } from './store/page-store.ts'

/** The state that came with the document; null where it came with none, as from the development server. */
export function takeFirstState(): AppState | null {
  const element = document.getElementById(FIRST_STATE)
  element?.remove()
  return element === null ? null : (JSON.parse(element.textContent ?? '') as AppState)
}

/** The state as the bridge tells it. */
export async function askForState(bridge: Pick<Bridge, 'appState'>): Promise<AppState> {
  const outcome = await bridge.appState()
  if (!outcome.ok) throw new Error(outcome.failure.code)
  return outcome.value
}

/**
 * Looks again: between the document's writing and the page's listening the gate may have opened, or the team's server been
 * heard of, and nobody was there to hear it.
 */
export async function catchUp(
  store: Pick<PageStore, 'getState'>,
  bridge: Pick<Bridge, 'appState'>,
): Promise<void> {
  const { app, appChanged } = store.getState()
  const outcome = await bridge.appState()
  // Mostly nothing happened, and a state of its own would have the whole screen drawn again.
  if (outcome.ok && JSON.stringify(outcome.value) !== JSON.stringify(app)) appChanged(outcome.value)
}
