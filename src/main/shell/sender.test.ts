import type { IpcMainInvokeEvent } from 'electron'
import { describe, expect, it } from 'vitest'
import { createSenderCheck } from './sender.ts'

const OURS = 7
const isOurs = (id: number) => id === OURS
const page = 'app://bundle/index.html'
const devPage = 'http://localhost:5173'

const packaged = createSenderCheck({ pages: [page], isOurs })
const developing = createSenderCheck({ pages: [page, devPage], isOurs })

type Event = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>
const from = (url: string, { id = OURS, parent = null }: { id?: number; parent?: unknown } = {}) =>
  ({ sender: { id }, senderFrame: { url, parent } }) as unknown as Event

describe('10: an IPC message is trusted', () => {
  it.each([page, 'app://bundle/', 'app://bundle/index.html#lookup', 'app://bundle/index.html?query'])(
    'from the top frame of our window at %s',
    url => {
      expect(packaged(from(url))).toBe(true)
    },
  )

  it('from the development server, where there is one', () => {
    expect(developing(from(`${devPage}/`))).toBe(true)
    expect(developing(from(page))).toBe(true)
    expect(packaged(from(`${devPage}/`))).toBe(false)
  })
})

describe('10: an IPC message is not trusted', () => {
  it.each([
    '',
    'nonsense',
    'about:blank',
    'about:srcdoc',
    'app:',
    'app://',
    'app:bundle',
    'app:/bundle/index.html',
    'app:///bundle/index.html',
    'app://bundle.evil/index.html',
    'app://evil/index.html',
    'app://evil/bundle/index.html',
    'app://bundle@evil/index.html',
    'app://evil.bundle/index.html',
    'app://bundle:1/index.html',
    'app://bundle%2eevil/index.html',
    'app://bundle%00/index.html',
    'app2://bundle/index.html',
    'xapp://bundle/index.html',
    'blob:app://bundle/4711',
    'view-source:app://bundle/index.html',
    'file:///bundle/index.html',
    'file://bundle/index.html',
    'data:text/html,app://bundle/index.html',
    'javascript:location="app://bundle/index.html"',
    'http://bundle/index.html',
    'https://bundle/index.html',
    'https://example.com/?app://bundle/index.html',
    'chrome-extension://bundle/index.html',
    'devtools://devtools/bundled/inspector.html',
  ])('from %j', url => {
    expect(packaged(from(url))).toBe(false)
    expect(developing(from(url))).toBe(false)
  })

  it.each([
    'http://localhost',
    'http://localhost:5174/',
    'https://localhost:5173/',
    'http://127.0.0.1:5173/',
    'http://localhost.evil:5173/',
    'http://localhost:5173@evil/',
  ])('from %s, which is beside the development server', url => {
    expect(developing(from(url))).toBe(false)
  })

  it('from a frame that is gone', () => {
    expect(packaged({ sender: { id: OURS }, senderFrame: null } as unknown as Event)).toBe(false)
  })

  it('from a frame inside a page, even at our own address', () => {
    expect(packaged(from(page, { parent: { url: page, parent: null } }))).toBe(false)
  })

  it('from a window that is not ours', () => {
    expect(packaged(from(page, { id: OURS + 1 }))).toBe(false)
  })

  it('where no page is ours', () => {
    expect(createSenderCheck({ pages: [], isOurs })(from(page))).toBe(false)
  })
})
