import { allWindowsClosed, app } from './app.ts'
import { type Stoppable, StrictEmitter, stoppable } from './emitter.ts'
import { guarded } from './not-implemented.ts'
import { asElectron, WebContents } from './web-contents.ts'
import { openWindows } from './window-list.ts'
import { checkWindowOptions } from './window-options.ts'
import { persistedParts, savedState, saveState } from './window-state.ts'

const events = [
  'ready-to-show',
  'show',
  'hide',
  'focus',
  'blur',
  'minimize',
  'maximize',
  'unmaximize',
  'restore',
  'resize',
  'resized',
  'move',
  'moved',
  'close',
  'closed',
  'unresponsive',
  'responsive',
  'page-title-updated',
  'persisted-state-restored',
]

const all = new Set<HostWindow>()
const names = new Set<string>()
let focused: HostWindow | null = null
let lastId = 0

/** The part that is here, where Electron's types ask for the whole. */
const asElectronWindow = (window: HostWindow) => window as unknown as Electron.BrowserWindow

/**
 * A window as far as an app can ask about it: there is no window manager, so place, focus and display mode are what the
 * app itself set. `this` is always the guarded object; the page fills the whole window.
 */
class HostWindow extends StrictEmitter {
  readonly id = ++lastId
  readonly webContents: Electron.WebContents
  declare private readonly contents: WebContents
  declare private readonly options: Electron.BrowserWindowConstructorOptions
  declare private state: {
    bounds: Electron.Rectangle
    title: string
    visible: boolean
    minimized: boolean
    maximized: boolean
    destroyed: boolean
  }

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow', events)
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    checkWindowOptions(options)
    const { name, width = 800, height = 600, x = 0, y = 0 } = options
    if (name) {
      if (names.has(name)) throw new Error(`Window name '${name}' is already in use`)
      names.add(name)
    }
    const parts = persistedParts(options)
    const saved = name ? savedState(name) : undefined
    const bounds = { x, y, width, height }
    const state = {
      bounds: parts.bounds && saved ? saved.bounds : bounds,
      title: options.title ?? app.getName(),
      visible: options.show !== false,
      minimized: false,
      maximized: parts.displayMode && saved ? saved.maximized : false,
      destroyed: false,
    }
    const self = guarded('BrowserWindow', this)
    const contents = new WebContents({
      preload: options.webPreferences?.preload,
      width: state.bounds.width,
      height: state.bounds.height,
      onCloseRequest: () => self.close(),
    })
    this.webContents = asElectron(contents)
    for (const [key, value] of Object.entries({ contents, options, state }))
      Object.defineProperty(this, key, { value })
    all.add(self)
    openWindows.add(self)
    app.emit('web-contents-created', {}, this.webContents)
    app.emit('browser-window-created', {}, asElectronWindow(self))
    follow(self, contents)
    if (saved) queueMicrotask(() => self.emit('persisted-state-restored'))
    if (state.visible) queueMicrotask(() => self.focus())
    // biome-ignore lint/correctness/noConstructorReturn: everybody must hold the guarded object, or identity breaks
    return self
  }

  loadURL(url: string): Promise<void> {
    return this.contents.loadURL(url)
  }
  reload(): void {
    this.contents.reload()
  }
  capturePage(rect?: Electron.Rectangle): Promise<Electron.NativeImage> {
    return this.contents.capturePage(rect)
  }

  show(): void {
    if (!this.state.visible) {
      this.state.visible = true
      this.emit('show')
    }
    this.focus()
  }
  showInactive(): void {
    if (this.state.visible) return
    this.state.visible = true
    this.emit('show')
  }
  hide(): void {
    if (!this.state.visible) return
    this.state.visible = false
    this.blur()
    this.emit('hide')
  }
  isVisible(): boolean {
    return this.state.visible
  }

  focus(): void {
    if (focused === this || !this.state.visible || this.state.destroyed) return
    focused?.blur()
    focused = this
    this.emit('focus')
    app.emit('browser-window-focus', {}, asElectronWindow(this))
  }
  blur(): void {
    if (focused !== this) return
    focused = null
    this.emit('blur')
    app.emit('browser-window-blur', {}, asElectronWindow(this))
  }
  isFocused(): boolean {
    return focused === this
  }

  minimize(): void {
    if (this.state.minimized) return
    this.state.minimized = true
    this.blur()
    this.emit('minimize')
  }
  isMinimized(): boolean {
    return this.state.minimized
  }
  maximize(): void {
    if (this.state.maximized) return
    this.state.maximized = true
    this.emit('maximize')
  }
  unmaximize(): void {
    if (!this.state.maximized) return
    this.state.maximized = false
    this.emit('unmaximize')
  }
  isMaximized(): boolean {
    return this.state.maximized
  }
  isFullScreen(): boolean {
    return false
  }
  restore(): void {
    if (!this.state.minimized) return
    this.state.minimized = false
    this.emit('restore')
    this.focus()
  }

  getTitle(): string {
    return this.state.title
  }
  setTitle(title: string): void {
    this.state.title = title
  }

  getBounds(): Electron.Rectangle {
    return { ...this.state.bounds }
  }
  getNormalBounds(): Electron.Rectangle {
    return this.getBounds()
  }
  setBounds(bounds: Partial<Electron.Rectangle>): void {
    const { minWidth = 0, minHeight = 0 } = this.options
    const before = this.state.bounds
    const next = { ...before, ...bounds }
    next.width = Math.max(next.width, minWidth)
    next.height = Math.max(next.height, minHeight)
    this.state.bounds = next
    if (next.x !== before.x || next.y !== before.y) this.emit('move')
    if (next.width === before.width && next.height === before.height) return
    this.contents.resized(next.width, next.height)
    this.emit('resize')
  }
  getSize(): number[] {
    return [this.state.bounds.width, this.state.bounds.height]
  }
  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }
  getContentSize(): number[] {
    return this.getSize()
  }
  setContentSize(width: number, height: number): void {
    this.setSize(width, height)
  }
  getPosition(): number[] {
    return [this.state.bounds.x, this.state.bounds.y]
  }
  setPosition(x: number, y: number): void {
    this.setBounds({ x, y })
  }

  /** There is no menu bar to see; the menu itself is Menu.getApplicationMenu(). */
  setMenuBarVisibility(_visible: boolean): void {}
  setBackgroundColor(_color: string): void {}

  /** Asks the 'close' listeners, then destroys. A page's beforeunload is not asked. */
  close(): void {
    if (this.state.destroyed) return
    const event: Stoppable = stoppable()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    const { state, options } = this
    if (state.destroyed) return
    state.destroyed = true
    const parts = persistedParts(options)
    if (options.name) {
      names.delete(options.name)
      if (parts.bounds || parts.displayMode) {
        saveState(options.name, { bounds: state.bounds, maximized: state.maximized })
      }
    }
    this.blur()
    all.delete(this)
    openWindows.delete(this)
    this.contents.destroy()
    this.emit('closed')
    if (all.size === 0) allWindowsClosed()
  }
  isDestroyed(): boolean {
    return this.state.destroyed
  }

  static getAllWindows(): Electron.BrowserWindow[] {
    return [...all].map(asElectronWindow)
  }
  static getFocusedWindow(): Electron.BrowserWindow | null {
    return focused && asElectronWindow(focused)
  }
  static fromId(id: number): Electron.BrowserWindow | null {
    return find(window => window.id === id)
  }
  static fromWebContents(contents: Electron.WebContents): Electron.BrowserWindow | null {
    return find(window => window.webContents === contents)
  }
}

function find(matches: (window: HostWindow) => boolean): Electron.BrowserWindow | null {
  const found = [...all].find(matches)
  return found ? asElectronWindow(found) : null
}

/** Passes the page's events on to its window. */
function follow(window: HostWindow, contents: WebContents): void {
  // The first load stands for Chromium's first paint, which CDP does not tell of reliably.
  contents.once('did-finish-load', () => window.emit('ready-to-show'))
  contents.on('page-title-updated', (event: Stoppable, title: string) => {
    window.emit('page-title-updated', event, title, true)
    if (!event.defaultPrevented) window.setTitle(title)
  })
}

export const BrowserWindow = guarded('BrowserWindow', HostWindow)
