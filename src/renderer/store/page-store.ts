import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Bridge } from '../../contract/bridge.ts'
import type { AppState } from '../../contract/state.ts'
import { createExportSlice, type ExportSlice } from './export.ts'
import { createHistorySlice, type HistorySlice } from './history.ts'
import { createLookupSlice, type LookupSlice } from './lookup.ts'
import { createNoticesSlice, type NoticesSlice } from './notices.ts'
import { createRecentsSlice, type RecentsSlice } from './recents.ts'
import { createSavedAccountsSlice, type SavedAccountsSlice } from './saved-accounts.ts'
import { createScreenSlice, type ScreenSlice } from './screen.ts'
import { createSessionSlice, type PageClock, type SessionSlice } from './session.ts'
import { createSettingsSlice, type SettingsSlice } from './settings.ts'
import { createSetupSlice, type SetupSlice } from './setup.ts'
import { createSupportSlice, type SupportSlice } from './support.ts'
import { createTicketSlice, readReplyWhenWanted, type TicketSlice } from './ticket.ts'

export type PageState = SessionSlice &
  LookupSlice &
  RecentsSlice &
  SavedAccountsSlice &
  HistorySlice &
  SettingsSlice &
  SetupSlice &
  SupportSlice &
  NoticesSlice &
  TicketSlice &
  ExportSlice &
  ScreenSlice
export type PageStore = StoreApi<PageState>

/** The whole page's state over one bridge; pure but for the bridge, so that tests run it without a page. */
export function createPageStore(bridge: Bridge, app: AppState, clock: PageClock): PageStore {
  const store = createStore<PageState>()((...a) => ({
    ...createSessionSlice(app, clock)(...a),
    ...createLookupSlice(bridge)(...a),
    ...createRecentsSlice(app)(...a),
    ...createSavedAccountsSlice(bridge, app)(...a),
    ...createHistorySlice(bridge)(...a),
    ...createSettingsSlice(bridge)(...a),
    ...createSetupSlice(bridge)(...a),
    ...createSupportSlice(bridge)(...a),
    ...createTicketSlice(bridge)(...a),
    ...createExportSlice(bridge)(...a),
    ...createNoticesSlice(...a),
    ...createScreenSlice(...a),
  }))
  bridge.onGate(gate => store.getState().gateChanged(gate))
  bridge.onProgress(progress => store.setState({ progress }))
  bridge.onUpdate(version => store.getState().updateFound(version))
  bridge.onLocked(() => store.getState().hideNumbers())
  bridge.onTrouble(code => store.getState().notify({ kind: 'trouble', code }))
  readReplyWhenWanted(store, bridge)
  return store
}
