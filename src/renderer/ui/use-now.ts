import { useSyncExternalStore } from 'react'

const TICK_MS = 250

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined
let now = Date.now()

const look = () => {
  now = Date.now()
  for (const listen of listeners) listen()
}

function subscribe(listen: () => void): () => void {
  if (listeners.size === 0) timer = setInterval(look, TICK_MS)
  listeners.add(listen)
  return () => {
    listeners.delete(listen)
    if (listeners.size === 0) clearInterval(timer)
  }
}

/**
 * The wall clock in steps of `everyMs`, for ages and countdowns. All of the screen follows the same one, so that two ages of
 * one answer never differ.
 */
export function useNow(everyMs: number): number {
  const read = () => {
    if (listeners.size === 0) now = Date.now()
    return Math.floor(now / everyMs) * everyMs
  }
  return useSyncExternalStore(subscribe, read, read)
}
