import type { IpcRenderer } from 'electron'
import { channelOf, eventNames, methodNames } from '../contract/channels.ts'

/** The contract as functions over IPC, and nothing besides; a listener gets the value alone. */
export function createBridge(ipc: Pick<IpcRenderer, 'invoke' | 'on' | 'off'>): Record<string, unknown> {
  const methods = methodNames.map(name => [
    name,
    (...args: unknown[]) => ipc.invoke(channelOf(name), ...args),
  ])
  const subscriptions = eventNames.map(name => [
    `on${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    (listener: (value: unknown) => void) => {
      // The event stays here: it carries ipcRenderer as its sender.
      const relay = (_event: unknown, value: unknown) => listener(value)
      ipc.on(channelOf(name), relay)
      return () => {
        ipc.off(channelOf(name), relay)
      }
    },
  ])
  return Object.fromEntries([...methods, ...subscriptions])
}
