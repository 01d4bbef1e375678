import { createFrame, type Frame } from '../api/frame.ts'
import type { CdpSession } from '../chromium/cdp.ts'
import { binding, isolatedWorld, receiver } from '../chromium/page-script.ts'
import { fromChromium } from '../chromium/scheme-url.ts'
import { invokeHandler, ipcMain } from './ipc-main.ts'
import type { ContextMenuParams } from './page/context-menu.ts'
import type { HostMessage, PageMessage } from './page/isolated-world.ts'
import { decode, encode } from './wire.ts'

interface Document {
  readonly context: number
  readonly frame: Frame
}

/** What the isolated world reports beside IPC. */
export interface PageReports {
  readonly preloadFailed: (error: Error) => void
  readonly contextMenu: (params: ContextMenuParams) => void
}

/** IPC between ipcMain and the isolated world of one page's top frame. */
export class PageIpc {
  readonly #sender: Electron.WebContents
  readonly #reports: PageReports
  #session: CdpSession | undefined
  #document: Document | undefined
  #frame: Frame

  constructor(sender: Electron.WebContents, reports: PageReports) {
    this.#sender = sender
    this.#reports = reports
    this.#frame = this.#newFrame('about:blank')
  }

  /** From now on speaks with the page of `session`; call before any document of its own is loaded. */
  attach(session: CdpSession, mainFrameId: string): void {
    this.#session = session
    session.on('Runtime.executionContextCreated', ({ context }) => this.#onContext(context, mainFrameId))
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === binding) this.#onMessage(JSON.parse(payload), executionContextId)
    })
  }

  /** The top frame with the document that it shows now. */
  get frame(): Frame {
    return this.#frame
  }

  /** The page has committed `url`, with or without a new document. */
  committed(url: string): void {
    this.#frame.url = url
  }

  /** Sends a message to the preload. Throws what cannot be cloned. Before a document is loaded it is lost, as in Electron. */
  send(channel: string, args: unknown[]): void {
    const message: HostMessage = { kind: 'message', channel, args: encode(args) }
    if (this.#document) this.#post(message, this.#document.context)
    else
      console.error(
        `electron-stand-in: lost a message on '${channel}': the page has not loaded a document yet`,
      )
  }

  /** The renderer is gone, and its document with it. */
  crashed(): void {
    this.#document = undefined
  }

  #newFrame(url: string): Frame {
    return createFrame(url, {
      currentFrame: () => this.#frame,
      send: (channel, ...args) => this.send(channel, args),
    })
  }

  #onContext(context: { id: number; name: string; auxData: { frameId: string } }, mainFrameId: string): void {
    if (context.name !== isolatedWorld || context.auxData.frameId !== mainFrameId) return
    this.#frame = this.#newFrame(this.#frame.url)
    this.#document = { context: context.id, frame: this.#frame }
  }

  #post(message: HostMessage, contextId: number): void {
    const expression = `${receiver}(${JSON.stringify(message)})`
    this.#session?.tell('Runtime.evaluate', { expression, contextId })
  }

  #onMessage(message: PageMessage, context: number): void {
    // Anything but the top frame's present document has no business here: a subframe, or a page already left.
    const document = this.#document
    if (document?.context !== context) return
    document.frame.url = fromChromium(message.url)
    if (message.kind === 'preload-error') {
      this.#reports.preloadFailed(decode(message.error) as Error)
      return
    }
    if (message.kind === 'context-menu') {
      const { pageURL, linkURL } = message.params
      const urls = { pageURL: fromChromium(pageURL), linkURL: fromChromium(linkURL) }
      this.#reports.contextMenu({ ...message.params, ...urls })
      return
    }
    const args = decode(message.args) as unknown[]
    if (message.kind === 'invoke') void this.#onInvoke(message.id, message.channel, args, document)
    else ipcMain.emit(message.channel, this.#event(document), ...args)
  }

  async #onInvoke(id: number, channel: string, args: unknown[], document: Document): Promise<void> {
    try {
      const value = encode(await invokeHandler(channel, this.#event(document), args))
      this.#post({ kind: 'reply', id, value }, document.context)
    } catch (error) {
      console.error(`Error occurred in handler for '${channel}':`, error)
      const message = `Error invoking remote method '${channel}': ${error}`
      this.#post({ kind: 'failure', id, message }, document.context)
    }
  }

  #event(document: Document): Electron.IpcMainEvent {
    const current = () => this.#frame
    const { frame, context } = document
    return {
      type: 'frame',
      sender: this.#sender,
      processId: frame.processId,
      frameId: frame.routingId,
      ports: [],
      get senderFrame() {
        return current() === frame ? (frame as Electron.WebFrameMain) : null
      },
      reply: (channel: string, ...args: unknown[]) =>
        this.#post({ kind: 'message', channel, args: encode(args) }, context),
      preventDefault() {},
      defaultPrevented: false,
      set returnValue(_: unknown) {
        throw new Error('electron-stand-in: event.returnValue is not implemented; it needs real Electron')
      },
    }
  }
}
