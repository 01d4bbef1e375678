import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Script } from 'node:vm'
import { watchContextMenu } from '../ipc/page/context-menu.ts'
import { type PageFacts, startIsolatedWorld } from '../ipc/page/isolated-world.ts'
import { createWorldBridge } from '../ipc/page/world-bridge.ts'
import { createWire } from '../ipc/wire.ts'

/** Electron's own name for the world that its preloads run in; DevTools shows it. */
export const isolatedWorld = 'Electron Isolated Context'

// Unguessable, because a page could otherwise speak as the other world.
const secret = `electron-stand-in-${randomBytes(16).toString('hex')}`
export const binding = '__electronHostTell'
export const receiver = '__electronHostReceive'

// Only the top frame gets a bridge: Electron runs preloads in subframes only under nodeIntegrationInSubFrames.
const inTopFrame = (body: string) => `(() => { if (window !== window.top) return\n${body}\n})()`
const bridgeOf = (role: 'main' | 'isolated') =>
  `(${createWorldBridge})(${JSON.stringify(role)}, ${JSON.stringify(secret)})`

/** Run in the main world of every document before its own scripts. */
export const mainWorldScript = inTopFrame(bridgeOf('main'))

/** Reads a preload. Throws when it is missing, or is no script: that would silence the whole isolated world. */
export function readPreload(path: string): string {
  const source = readFileSync(path, 'utf8')
  new Script(preloadFunction(source), { filename: path })
  return source
}

const preloadFunction = (source: string) => `(function (require, module, exports, process) {${source}\n})`

/** Run in the isolated world of every document. These functions carry no types any more: node has stripped them. */
export function isolatedWorldScript(
  preload: { readonly path: string; readonly source: string } | null,
): string {
  const facts: PageFacts = {
    binding,
    receiver,
    preloadPath: preload?.path ?? '',
    platform: process.platform,
    arch: process.arch,
    versions: { electron: process.versions['electron'] ?? '', chrome: process.versions['chrome'] ?? '' },
  }
  const parts = [
    `(${createWire})()`,
    bridgeOf('isolated'),
    String(watchContextMenu),
    JSON.stringify(facts),
    preload ? preloadFunction(preload.source) : 'null',
  ]
  return inTopFrame(`(${startIsolatedWorld})(${parts.join(',\n')})`)
}
