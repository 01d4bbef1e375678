import type { Wire } from '../wire.ts'
import type { ContextMenuParams, WatchContextMenu } from './context-menu.ts'
import type { WorldBridge } from './world-bridge.ts'

/** From the page to the host, as JSON through a binding that only the isolated world has. */
export type PageMessage = { readonly url: string } & (
  | { readonly kind: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly kind: 'send'; readonly channel: string; readonly args: string }
  | { readonly kind: 'preload-error'; readonly error: string }
  | { readonly kind: 'context-menu'; readonly params: ContextMenuParams }
)
type Outgoing<T = PageMessage> = T extends PageMessage ? Omit<T, 'url'> : never

/** From the host to the page: `value` and `args` are wire texts. */
export type HostMessage =
  | { readonly kind: 'reply'; readonly id: number; readonly value: string }
  | { readonly kind: 'failure'; readonly id: number; readonly message: string }
  | { readonly kind: 'message'; readonly channel: string; readonly args: string }

export interface PageFacts {
  readonly binding: string
  readonly receiver: string
  readonly preloadPath: string
  readonly platform: string
  readonly arch: string
  readonly versions: Readonly<Record<string, string>>
}

type Listener = (event: object, ...args: unknown[]) => void
type Preload = (require: (id: string) => unknown, module: object, exports: object, process: object) => void

/**
 * What a sandboxed preload finds: `require('electron')` with ipcRenderer and contextBridge, and a small `process`.
 * Self-contained: its source text is evaluated in the isolated world.
 */
export function startIsolatedWorld(
  wire: Wire,
  bridge: WorldBridge,
  watchContextMenu: WatchContextMenu,
  facts: PageFacts,
  preload: Preload | null,
): void {
  const binding = Reflect.get(globalThis, facts.binding) as (text: string) => void
  Reflect.deleteProperty(globalThis, facts.binding)
  const tell = (message: Outgoing) => binding(JSON.stringify({ url: location.href, ...message }))
  const missing = (what: string) =>
    new Error(`electron-stand-in: ${what} is not implemented; it needs real Electron`)
  const guarded = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get(object, key, receiver) {
        if (key in object || typeof key === 'symbol' || key === 'then')
          return Reflect.get(object, key, receiver)
        throw missing(`${name}.${key}`)
      },
    })

  const calls = new Map<number, { resolve: (value: unknown) => void; reject: (reason: Error) => void }>()
  const listeners = new Map<string, { readonly listener: Listener; readonly once: boolean }[]>()
  let lastCall = 0

  const listen = (channel: string, listener: Listener, once: boolean) => {
    if (typeof listener !== 'function')
      throw new TypeError('The "listener" argument must be of type function')
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }])
    return ipcRenderer
  }
  const forget = (channel: string, listener: Listener) => {
    const kept = [...(listeners.get(channel) ?? [])]
    const at = kept.findLastIndex(known => known.listener === listener)
    if (at >= 0) kept.splice(at, 1)
    listeners.set(channel, kept)
    return ipcRenderer
  }
  const ipcRenderer: object = guarded('ipcRenderer', {
    async invoke(channel: string, ...args: unknown[]) {
      const text = wire.encode(args)
      const id = ++lastCall
      return new Promise((resolve, reject) => {
        calls.set(id, { resolve, reject })
        tell({ kind: 'invoke', id, channel, args: text })
      })
    },
    send: (channel: string, ...args: unknown[]) => tell({ kind: 'send', channel, args: wire.encode(args) }),
    on: (channel: string, listener: Listener) => listen(channel, listener, false),
    addListener: (channel: string, listener: Listener) => listen(channel, listener, false),
    once: (channel: string, listener: Listener) => listen(channel, listener, true),
    off: forget,
    removeListener: forget,
    removeAllListeners(channel?: string) {
      if (channel === undefined) listeners.clear()
      else listeners.delete(channel)
      return ipcRenderer
    },
    listenerCount: (channel: string) => listeners.get(channel)?.length ?? 0,
  })

  const deliver = (channel: string, args: unknown[]) => {
    const event = { sender: ipcRenderer, ports: [] }
    for (const { listener, once } of [...(listeners.get(channel) ?? [])]) {
      if (once) forget(channel, listener)
      listener(event, ...args)
    }
  }
  const receive = (message: HostMessage) => {
    if (message.kind === 'message') return deliver(message.channel, wire.decode(message.args) as unknown[])
    const call = calls.get(message.id)
    calls.delete(message.id)
    if (message.kind === 'reply') call?.resolve(wire.decode(message.value))
    else call?.reject(new Error(message.message))
  }
  Object.defineProperty(globalThis, facts.receiver, { value: receive })

  watchContextMenu(params => tell({ kind: 'context-menu', params }))

  const exposed = new Set<string>()
  const contextBridge = guarded('contextBridge', {
    exposeInMainWorld(name: string, api: unknown) {
      if (exposed.has(name) || name in window)
        throw new Error('Cannot bind an API on top of an existing property on the window object')
      bridge.expose(name, api)
      exposed.add(name)
    },
  })

  if (!preload) return
  const electron = guarded("require('electron')", { ipcRenderer, contextBridge })
  const requirable = ['electron', 'electron/renderer', 'electron/common']
  const require = (id: string) => {
    if (requirable.includes(id)) return electron
    if (['events', 'timers', 'url'].includes(id.replace(/^node:/, '')))
      throw missing(`require('${id}') in a preload`)
    throw new Error(`module not found: ${id}`)
  }
  const process = guarded('process', {
    type: 'renderer',
    contextIsolated: true,
    sandboxed: true,
    isMainFrame: true,
    platform: facts.platform,
    arch: facts.arch,
    versions: facts.versions,
    env: {},
    argv: [],
  })
  const module = { exports: {} }
  try {
    preload(require, module, module.exports, process)
  } catch (error) {
    console.error(`Unable to load preload script: ${facts.preloadPath}`)
    console.error(error)
    tell({
      kind: 'preload-error',
      error: wire.encode(error instanceof Error ? error : new Error(String(error))),
    })
  }
}
