import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { createStore, type StateCreator, type StoreApi } from 'zustand/vanilla'
import type { AppState, Bridge } from '../../shared/bridge.ts'
import { createHistorySlice, type HistorySlice } from './history.ts'
import { createLookupSlice, type LookupSlice } from './lookup.ts'
import { createNoticesSlice, type NoticesSlice } from './notices.ts'
import { createSavedLinesSlice, type SavedLinesSlice } from './saved-lines.ts'
import { createScreenSlice, type ScreenSlice } from './screen.ts'
import { createSessionSlice, type SessionSlice } from './session.ts'
import { createSettingsSlice, type SettingsSlice } from './settings.ts'

export type DeskState = SessionSlice &
  LookupSlice &
  SavedLinesSlice &
  HistorySlice &
  SettingsSlice &
  NoticesSlice &
  ScreenSlice
export type DeskStore = StoreApi<DeskState>
export type Slice<T> = StateCreator<DeskState, [], [], T>

/** Milliseconds that only go forward, for the gate's countdown. */
export type Monotonic = () => number

/** The whole screen's state over one bridge; pure but for the bridge, so that tests run it without a page. */
export function createDeskStore(bridge: Bridge, app: AppState, monotonic: Monotonic): DeskStore {
  const store = createStore<DeskState>()((...a) => ({
    ...createSessionSlice(app, monotonic)(...a),
    ...createLookupSlice(bridge)(...a),
    ...createSavedLinesSlice(bridge)(...a),
    ...createHistorySlice(bridge)(...a),
    ...createSettingsSlice(bridge)(...a),
    ...createNoticesSlice(...a),
    ...createScreenSlice(...a),
  }))
  bridge.onGate(gate => store.getState().gateChanged(gate))
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
