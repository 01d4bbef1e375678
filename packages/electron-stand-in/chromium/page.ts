import { EventEmitter } from 'node:events'
import { type LoadError, loadError } from '../api/load-error.ts'
import { chromium } from '../host.ts'
import type { PageIpc } from '../ipc/page-ipc.ts'
import type { CdpSession, Reply } from './cdp.ts'
import { emulateLocale, emulateTheme, emulateViewport, type Viewport } from './emulation.ts'
import { watchConsole } from './page-console.ts'
import { binding, isolatedWorld, isolatedWorldScript, mainWorldScript } from './page-script.ts'
import { RequestedNavigations } from './requested-navigations.ts'
import { interceptRequests, type PausedRequest } from './requests.ts'
import { fromChromium, toChromium } from './scheme-url.ts'
import { openPage } from './targets.ts'

/** A navigation that somebody may want to stop. */
export interface Navigation {
  readonly url: string
  readonly isMainFrame: boolean
  readonly isRedirect: boolean
}

export interface PagePlan {
  readonly viewport: Viewport
  readonly preload: { readonly path: string; readonly source: string } | null
  readonly ipc: PageIpc
  /** Asked before a navigation that the page began, and before every redirect. */
  readonly mayNavigate: (navigation: Navigation) => boolean
}

interface PageEvents {
  committed: [url: string, sameDocument: boolean]
  parsed: []
  loaded: []
  failed: [error: LoadError]
  titled: [title: string]
  popup: [request: { url: string; windowName: string; windowFeatures: string[] }]
  console: [message: { level: string; message: string; lineNumber: number; sourceId: string }]
  crashed: []
  gone: []
}

/** Every open page. */
export const pages = new Set<Page>()

/** One page in Chromium, driven over CDP; knows nothing of Electron's API. URLs are the app's, not Chromium's. */
export class Page extends EventEmitter<PageEvents> {
  readonly #plan: PagePlan
  readonly #opened: Promise<{ targetId: string; session: CdpSession }>
  readonly #requests = new RequestedNavigations()
  readonly #documents = new Set<string>()
  readonly #loaded = new Set<string>()
  #targetId: string | undefined
  #url = ''

  constructor(plan: PagePlan) {
    super()
    this.#plan = plan
    pages.add(this)
    this.#opened = this.#open()
    this.#opened.catch(error => {
      if (!pages.has(this)) return // Closed before it was open.
      // Nobody may be waiting for it, and there is no window without it.
      queueMicrotask(() => {
        throw error
      })
    })
  }

  get targetId(): string | undefined {
    return this.#targetId
  }

  get url(): string {
    return this.#url
  }

  /** Resolves when the document has loaded. Rejects with a LoadError. */
  async load(url: string): Promise<void> {
    const { session } = await this.#opened
    const { errorText, loaderId } = await session.send('Page.navigate', { url: toChromium(url) })
    if (errorText) {
      const error = loadError(errorText, url)
      if (error.code !== 'ERR_ABORTED') this.emit('failed', error)
      throw error
    }
    if (loaderId) await this.#documentLoaded(loaderId, url)
  }

  reload(ignoreCache: boolean): void {
    this.#tell('Page.reload', { ignoreCache })
  }

  /** The JSON value of `code`, run in the page's main world. */
  async evaluate(code: string, userGesture: boolean): Promise<unknown> {
    const { session } = await this.#opened
    const options = { expression: code, awaitPromise: true, returnByValue: true, userGesture }
    const { result, exceptionDetails } = await session.send('Runtime.evaluate', options)
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
    return result.value
  }

  /** A PNG of what the viewport shows. */
  async screenshot(clip?: Electron.Rectangle): Promise<Buffer> {
    const { session } = await this.#opened
    const options = { format: 'png', ...(clip ? { clip: { ...clip, scale: 1 } } : {}) }
    return Buffer.from((await session.send('Page.captureScreenshot', options)).data, 'base64')
  }

  setViewport(viewport: Viewport): void {
    this.#do(session => emulateViewport(session, viewport))
  }

  applyTheme(): void {
    this.#do(emulateTheme)
  }

  crash(): void {
    this.#tell('Page.crash')
  }

  close(): void {
    if (!pages.delete(this)) return
    this.#opened.then(
      ({ targetId }) => chromium().connection.browser.tell('Target.closeTarget', { targetId }),
      () => {}, // It never opened.
    )
  }

  #do(action: (session: CdpSession) => void): void {
    this.#opened.then(({ session }) => action(session)).catch(() => {})
  }

  #tell(method: string, params: object = {}): void {
    this.#do(session => session.tell(method, params))
  }

  async #open(): Promise<{ targetId: string; session: CdpSession }> {
    const { viewport, preload, ipc } = this.#plan
    const opened = await openPage(chromium().connection, { width: viewport.width, height: viewport.height })
    const { session, targetId } = opened
    this.#targetId = targetId
    this.#listen(session, targetId)
    watchConsole(session, message => this.emit('console', message))
    ipc.attach(session, targetId)
    const script = (source: string, worldName?: string) =>
      session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName })
    emulateViewport(session, viewport)
    emulateTheme(session)
    const ready = [
      ...['Page.enable', 'Runtime.enable', 'Inspector.enable', 'Log.enable'].map(method =>
        session.send(method),
      ),
      session.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      session.send('Runtime.addBinding', { name: binding, executionContextName: isolatedWorld }),
      // Documents of other processes come as targets of their own.
      session.send('Target.setAutoAttach', {
        autoAttach: true,
        waitForDebuggerOnStart: true,
        flatten: true,
        filter: [{ type: 'iframe' }],
      }),
      script(mainWorldScript),
      script(isolatedWorldScript(preload), isolatedWorld),
      interceptRequests(session, request => this.#mayLoad(request)),
      emulateLocale(session),
    ]
    await session.send('Runtime.runIfWaitingForDebugger')
    await Promise.all(ready)
    return opened
  }

  #listen(session: CdpSession, targetId: string): void {
    const { browser } = chromium().connection
    this.#requests.watch(session)
    session.on('Page.frameNavigated', ({ frame }) => {
      if (frame.parentId) return
      this.#documents.add(frame.loaderId)
      emulateTheme(session)
      // An error page stands in for what could not be loaded.
      if (!frame.unreachableUrl) this.#commit(fromChromium(frame.url + (frame.urlFragment ?? '')), false)
    })
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      if (frameId === targetId) this.#commit(fromChromium(url), true)
    })
    session.on('Page.lifecycleEvent', ({ frameId, loaderId, name }) => {
      if (frameId !== targetId || !this.#documents.has(loaderId)) return
      if (name === 'DOMContentLoaded') this.emit('parsed')
      if (name !== 'load') return
      this.#loaded.add(loaderId)
      this.emit('loaded')
    })
    session.on('Page.windowOpen', request =>
      this.emit('popup', { ...request, url: fromChromium(request.url) }),
    )
    session.on('Page.javascriptDialogOpening', () => {
      session.tell('Page.handleJavaScriptDialog', { accept: true })
    })
    session.on('Inspector.targetCrashed', () => {
      this.#plan.ipc.crashed()
      this.emit('crashed')
    })
    session.on('Target.attachedToTarget', ({ sessionId }) => this.#adoptSubframe(sessionId))
    browser.on('Target.targetInfoChanged', ({ targetInfo }: Reply) => {
      if (targetInfo.targetId === targetId) this.emit('titled', targetInfo.title)
    })
    browser.on('Target.targetDestroyed', ({ targetId: id }: Reply) => {
      if (id === targetId) this.emit('gone')
    })
  }

  #commit(url: string, sameDocument: boolean): void {
    this.#url = url
    this.#plan.ipc.committed(url)
    this.emit('committed', url, sameDocument)
  }

  async #documentLoaded(loaderId: string, url: string): Promise<void> {
    if (this.#loaded.has(loaderId)) return
    await new Promise<void>((resolve, reject) => {
      const done = () => this.#loaded.has(loaderId) && settle(resolve)
      const left = () => settle(() => reject(loadError('net::ERR_ABORTED', url)))
      const lost = () => settle(() => reject(loadError('net::ERR_FAILED', url)))
      const settle = (outcome: () => void) => {
        this.off('loaded', done).off('gone', lost).off('crashed', lost).off('failed', left)
        outcome()
      }
      this.on('loaded', done).on('gone', lost).on('crashed', lost).on('failed', left)
    })
  }

  /** A subframe in a process of its own: its navigations are asked about like all others. It gets no bridge. */
  #adoptSubframe(sessionId: string): void {
    const session = chromium().connection.session(sessionId)
    session.on('Target.attachedToTarget', child => this.#adoptSubframe(child.sessionId))
    this.#requests.watch(session)
    session.tell('Page.enable')
    interceptRequests(session, request => this.#mayLoad(request)).catch(() => {})
    session.tell('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: true,
      flatten: true,
      filter: [{ type: 'iframe' }],
    })
    session.tell('Runtime.runIfWaitingForDebugger')
  }

  #mayLoad({ url, frameId, isDocument, isRedirect }: PausedRequest): boolean {
    if (!isDocument) return true
    if (!isRedirect && !this.#requests.take(frameId, url)) return true
    return this.#plan.mayNavigate({ url, isMainFrame: frameId === this.#targetId, isRedirect })
  }
}
