import { createContext, useContext } from 'react'
import { useStore as useZustand } from 'zustand'
import type { PageState, PageStore } from './page-store.ts'

const StoreContext = createContext<PageStore | null>(null)

export const StoreProvider = StoreContext.Provider

/** Reads a part of the state and follows it. */
export function useStore<T>(select: (state: PageState) => T): T {
  const store = useContext(StoreContext)
  if (store === null) throw new Error('useStore needs a StoreProvider')
  return useZustand(store, select)
}
