import { ipcMain, type WebContents } from 'electron'
import { channelOf } from '../../contract/channels.ts'
import type { Events } from '../../contract/events.ts'
import { type GuardDeps, type Handlers, invokers } from './ipc-guard.ts'

/**
 * Puts the contract on IPC: every call is checked for who sends it and what it carries before a handler sees it,
 * and every answer is a Result. The only user of ipcMain.
 */
export function serve(handlers: Handlers, deps: GuardDeps): void {
  for (const [method, invoke] of invokers(handlers, deps)) ipcMain.handle(channelOf(method), invoke)
}

/** Tells the page something it did not ask for. */
export function tell<E extends keyof Events>(page: WebContents, event: E, value: Events[E]): void {
  if (!page.isDestroyed()) page.send(channelOf(event), value)
}
