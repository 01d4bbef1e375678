import { guarded } from './not-implemented.ts'

let lastRoutingId = 0

/** What a frame needs of its page. */
export interface FramePage {
  /** The frame whose document the page shows now. */
  readonly currentFrame: () => object
  readonly send: (channel: string, ...args: unknown[]) => void
}

const pages = new WeakMap<object, FramePage>()

/** webContents.mainFrame and event.senderFrame: the top frame, for the life of one document. */
class MainFrame {
  url: string
  readonly routingId = ++lastRoutingId
  readonly processId = 1
  readonly parent = null
  readonly detached = false

  constructor(url: string) {
    this.url = url
  }

  get top(): Electron.WebFrameMain {
    return this as unknown as Electron.WebFrameMain
  }

  get origin(): string {
    const { protocol, host, origin } = new URL(this.url || 'about:blank')
    // Node calls the origin of a custom scheme 'null'; Chromium knows better for a standard one.
    return origin === 'null' && host ? `${protocol}//${host}` : origin
  }

  isDestroyed(): boolean {
    return pages.get(this)?.currentFrame() !== this
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.isDestroyed()) throw new Error('Render frame was disposed before WebFrameMain could be accessed')
    pages.get(this)?.send(channel, ...args)
  }
}

/** Electron's type, except that the page may write the url. */
export type Frame = Omit<Electron.WebFrameMain, 'url'> & { url: string }

export function createFrame(url: string, page: FramePage): Frame {
  const frame = guarded('webFrameMain', new MainFrame(url))
  pages.set(frame, page)
  return frame as unknown as Frame
}
