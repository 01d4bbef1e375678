import { contextBridge, ipcRenderer } from 'electron'
import { channelOf, eventNames, methodNames } from '../shared/bridge.ts'

const methods = methodNames.map(name => [
  name,
  (...args: unknown[]) => ipcRenderer.invoke(channelOf(name), ...args),
])

const subscriptions = eventNames.map(name => [
  `on${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  (listener: (value: unknown) => void) => {
    // The event stays here: it carries ipcRenderer as its sender.
    const relay = (_event: unknown, value: unknown) => listener(value)
    ipcRenderer.on(channelOf(name), relay)
    return () => {
      ipcRenderer.off(channelOf(name), relay)
    }
  },
])

contextBridge.exposeInMainWorld('bridge', Object.fromEntries([...methods, ...subscriptions]))
