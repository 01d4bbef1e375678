import { type Navigation, Page } from '../chromium/page.ts'
import { readPreload } from '../chromium/page-script.ts'
import { toChromium } from '../chromium/scheme-url.ts'
import type { ContextMenuParams } from '../ipc/page/context-menu.ts'
import { PageIpc } from '../ipc/page-ipc.ts'
import { app } from './app.ts'
import { type Stoppable, StrictEmitter, stoppable } from './emitter.ts'
import { nativeImage } from './native-image.ts'
import { guarded, notImplemented } from './not-implemented.ts'
import { defaultSession } from './session.ts'

const events = [
  'did-finish-load',
  'dom-ready',
  'did-fail-load',
  'did-navigate',
  'did-navigate-in-page',
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'context-menu',
  'will-attach-webview', // Never comes: a window with webviewTag is refused.
  'render-process-gone',
  'unresponsive',
  'responsive',
  'destroyed',
  'console-message',
  'preload-error',
  'page-title-updated',
]

type WindowOpenHandler = (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse

export interface WebContentsPlan {
  readonly preload: string | undefined
  readonly width: number
  readonly height: number
  /** The page asks for its window to be closed. */
  readonly onCloseRequest: () => void
}

const all = new Set<WebContents>()
let lastId = 0

export class WebContents extends StrictEmitter {
  readonly id = ++lastId
  readonly session = defaultSession
  declare private page: Page
  declare private ipc: PageIpc
  declare private size: { width: number; height: number }
  declare private zoom: number
  declare private openHandler: WindowOpenHandler | null
  declare private destroyed: boolean
  declare private crashed: boolean
  declare private requestClose: () => void

  constructor(plan: WebContentsPlan) {
    super('webContents', events)
    const self = guarded('webContents', this)
    const hidden = (key: string, value: unknown) =>
      Object.defineProperty(this, key, { value, writable: true, enumerable: false })
    hidden('size', { width: plan.width, height: plan.height })
    hidden('zoom', 1)
    hidden('openHandler', null)
    hidden('destroyed', false)
    hidden('crashed', false)
    hidden('requestClose', plan.onCloseRequest)
    const contextMenu = (params: ContextMenuParams) =>
      this.emit('context-menu', stoppable(), guarded('contextMenuParams', { ...params }))
    const preloadFailed = (error: unknown) => this.emit('preload-error', {}, plan.preload, error)
    hidden('ipc', new PageIpc(asElectron(self), { preloadFailed, contextMenu }))
    hidden(
      'page',
      new Page({
        ipc: this.ipc,
        preload: loadPreload(plan.preload, preloadFailed),
        viewport: { ...this.size, zoomFactor: this.zoom },
        mayNavigate: navigation => this.mayNavigate(navigation),
      }),
    )
    this.listen(self)
    all.add(self)
    // biome-ignore lint/correctness/noConstructorReturn: everybody must hold the guarded object, or identity breaks
    return self
  }

  get mainFrame(): Electron.WebFrameMain {
    return this.ipc.frame as Electron.WebFrameMain
  }

  getURL(): string {
    return this.page.url
  }

  /** Resolves on did-finish-load; rejects with code, errno and url, as in Electron. */
  loadURL(url: string): Promise<void> {
    return this.page.load(url)
  }

  reload(): void {
    this.page.reload(false)
  }

  reloadIgnoringCache(): void {
    this.page.reload(true)
  }

  send(channel: string, ...args: unknown[]): void {
    this.ipc.send(channel, args)
  }

  /** Only JSON comes back. */
  executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    return this.page.evaluate(code, userGesture)
  }

  async capturePage(rect?: Electron.Rectangle): Promise<Electron.NativeImage> {
    return nativeImage.createFromBuffer(await this.page.screenshot(rect))
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.openHandler = handler
  }

  getZoomFactor(): number {
    return this.zoom
  }
  setZoomFactor(factor: number): void {
    if (!(factor > 0)) throw new Error("'zoomFactor' must be a double greater than 0.0")
    this.zoom = factor
    this.page.setViewport({ ...this.size, zoomFactor: factor })
  }
  getZoomLevel(): number {
    return Math.log(this.zoom) / Math.log(1.2)
  }
  setZoomLevel(level: number): void {
    this.setZoomFactor(1.2 ** level)
  }

  /** Called by the window. */
  resized(width: number, height: number): void {
    this.size = { width, height }
    this.page.setViewport({ ...this.size, zoomFactor: this.zoom })
  }

  forcefullyCrashRenderer(): void {
    this.page.crash()
  }

  isDestroyed(): boolean {
    return this.destroyed
  }

  isCrashed(): boolean {
    return this.crashed
  }

  /** As if the page had called window.close(). */
  close(): void {
    this.requestClose()
  }

  /** Called by the window, which goes with it. */
  destroy(): void {
    if (this.destroyed) return
    this.destroyed = true
    all.delete(this)
    this.page.close()
    this.emit('destroyed')
  }

  private mayNavigate({ url, isMainFrame, isRedirect }: Navigation): boolean {
    const frame = isMainFrame ? this.mainFrame : null
    const event = stoppable({ url, isMainFrame, isSameDocument: false, frame, initiator: frame })
    const emit = (name: string) => {
      this.emit(name, event, url, false, isMainFrame, 0, 0)
      return !event.defaultPrevented
    }
    if (isRedirect) return emit('will-redirect')
    return emit('will-frame-navigate') && (!isMainFrame || emit('will-navigate'))
  }

  private listen(self: WebContents): void {
    const { page } = this
    page.on('committed', (url, sameDocument) => {
      this.crashed = false
      if (sameDocument) this.emit('did-navigate-in-page', {}, url, true, 0, 0)
      else this.emit('did-navigate', {}, url, 200, 'OK')
    })
    page.on('parsed', () => this.emit('dom-ready', {}))
    page.on('loaded', () => this.emit('did-finish-load', {}))
    page.on('failed', ({ errno, code, url }) => this.emit('did-fail-load', {}, errno, code, url, true, 0, 0))
    page.on('console', message => this.emit('console-message', { ...message, frame: this.mainFrame }))
    page.on('titled', title => {
      // Until the document has a title, Chromium shows its address as one.
      if (title === '' || this.getURL() === '' || toChromium(this.getURL()).endsWith(title)) return
      const event: Stoppable = stoppable()
      this.emit('page-title-updated', event, title, true)
    })
    page.on('crashed', () => {
      this.crashed = true
      const details = { reason: 'crashed', exitCode: 5 }
      this.emit('render-process-gone', {}, details)
      app.emit('render-process-gone', {}, self, details)
    })
    page.on('gone', () => {
      if (!this.destroyed) this.requestClose()
    })
    page.on('popup', ({ url, windowName, windowFeatures }) => {
      const response = this.openHandler?.({
        url,
        frameName: windowName,
        features: windowFeatures.join(','),
        disposition: windowFeatures.length > 0 ? 'new-window' : 'foreground-tab',
        referrer: { url: this.getURL(), policy: 'strict-origin-when-cross-origin' },
      })
      if (response?.action !== 'deny') throw notImplemented('a window that a page opens')
    })
  }
}

/** A broken preload is reported and the page loads without it, as in Electron. */
function loadPreload(path: string | undefined, failed: (error: unknown) => void) {
  if (path === undefined) return null
  try {
    return { path, source: readPreload(path) }
  } catch (error) {
    console.error(`Unable to load preload script: ${path}\n`, error)
    queueMicrotask(() => failed(error))
    return null
  }
}

/** The part that is here, where Electron's types ask for the whole. */
export function asElectron(contents: WebContents): Electron.WebContents {
  return contents as unknown as Electron.WebContents
}

/** The statics of Electron's webContents module. */
export const webContents = guarded('webContents', {
  getAllWebContents: () => [...all].map(asElectron),
  fromId: (id: number) => find(contents => contents.id === id),
  fromDevToolsTargetId: (targetId: string) => find(contents => pageOf(contents).targetId === targetId),
})

const pageOf = (contents: WebContents) => Reflect.get(contents, 'page') as Page

function find(matches: (contents: WebContents) => boolean): Electron.WebContents | undefined {
  const found = [...all].find(matches)
  return found && asElectron(found)
}
