import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { createStore, type StateCreator, type StoreApi } from 'zustand/vanilla'
import type { AppState, Bridge } from '../../contract/bridge.ts'
import type { FailureCode } from '../../domain/failure.ts'
import type { Language } from '../../domain/language.ts'
import { createExportSlice, type ExportSlice } from './export.ts'
import { createHistorySlice, type HistorySlice } from './history.ts'
import { createLookupSlice, type LookupSlice } from './lookup.ts'
import { createNoticesSlice, type NoticesSlice } from './notices.ts'
import { createSavedLinesSlice, type SavedLinesSlice } from './saved-lines.ts'
import { createScreenSlice, type ScreenSlice } from './screen.ts'
import { createSessionSlice, type SessionSlice } from './session.ts'
import { createSettingsSlice, type SettingsSlice } from './settings.ts'
import { createTicketSlice, readReplyWhenWanted, type TicketSlice } from './ticket.ts'

export type DeskState = SessionSlice &
  LookupSlice &
  SavedLinesSlice &
  HistorySlice &
  SettingsSlice &
  NoticesSlice &
  TicketSlice &
  ExportSlice &
  ScreenSlice
export type DeskStore = StoreApi<DeskState>
export type Slice<T> = StateCreator<DeskState, [], [], T>

/** What the state needs besides the bridge. */
export interface Surroundings {
  /** Milliseconds that only go forward, for the gate's countdown. */
  readonly monotonic: () => number
  /** Wall clock, milliseconds since the epoch, for what people read. */
  readonly now: () => number
  /** What happened, in a language that need not be the screen's. */
  readonly failureTitle: (code: FailureCode, language: Language) => string
}

/** The whole screen's state over one bridge; pure but for the bridge, so that tests run it without a page. */
export function createDeskStore(bridge: Bridge, app: AppState, surroundings: Surroundings): DeskStore {
  const store = createStore<DeskState>()((...a) => ({
    ...createSessionSlice(app, surroundings)(...a),
    ...createLookupSlice(bridge)(...a),
    ...createSavedLinesSlice(bridge, app)(...a),
    ...createHistorySlice(bridge)(...a),
    ...createSettingsSlice(bridge)(...a),
    ...createTicketSlice(bridge)(...a),
    ...createExportSlice(bridge)(...a),
    ...createNoticesSlice(...a),
    ...createScreenSlice(...a),
  }))
  bridge.onGate(gate => store.getState().gateChanged(gate))
  bridge.onProgress(progress => store.setState({ progress }))
  bridge.onTrouble(code => store.getState().notify({ kind: 'trouble', code }))
  readReplyWhenWanted(store, bridge)
  return store
}

const StoreContext = createContext<DeskStore | null>(null)

export const DeskProvider = StoreContext.Provider

/** Reads a part of the state and follows it. */
export function useDesk<T>(select: (state: DeskState) => T): T {
  const store = useContext(StoreContext)
  if (store === null) throw new Error('useDesk needs a DeskProvider')
  return useStore(store, select)
}
