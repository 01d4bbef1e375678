import { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'

// biome-ignore lint/suspicious/noExplicitAny: the protocol's replies are checked by use; it is Chromium that answers
export type Reply = any

/** One target (or, without id, the browser itself) of a Chrome DevTools Protocol connection; emits its events. */
export class CdpSession extends EventEmitter {
  readonly #connection: CdpConnection
  readonly id: string | undefined

  constructor(connection: CdpConnection, id: string | undefined) {
    super()
    this.setMaxListeners(0)
    this.#connection = connection
    this.id = id
  }

  /** The method's result. Rejects with the protocol's message, or when the browser is gone. */
  send(method: string, params: object = {}): Promise<Reply> {
    return this.#connection.send(method, params, this.id)
  }

  /** Sends and ignores an error, because the page may have closed meanwhile. */
  tell(method: string, params: object = {}): void {
    this.send(method, params).catch(() => {})
  }
}

interface Pending {
  readonly method: string
  readonly resolve: (result: Reply) => void
  readonly reject: (reason: Error) => void
}

/** A DevTools connection over Chromium's pipes (JSON texts, each ended by a NUL). */
export class CdpConnection {
  readonly browser: CdpSession
  readonly closed: Promise<void>
  readonly #toChromium: Writable
  readonly #pending = new Map<number, Pending>()
  readonly #sessions = new Map<string, CdpSession>()
  #lastId = 0
  #open = true
  #rest = ''

  constructor(toChromium: Writable, fromChromium: Readable) {
    this.browser = new CdpSession(this, undefined)
    this.#toChromium = toChromium
    // A write after Chromium's end shows in `closed`; it needs no second report.
    toChromium.on('error', () => {})
    fromChromium.on('error', () => {})
    fromChromium.setEncoding('utf8').on('data', (text: string) => this.#receive(text))
    this.closed = new Promise(resolve => fromChromium.once('close', resolve)).then(() => this.#end())
  }

  /** The session of a target that was attached, flattened, on this connection. */
  session(id: string): CdpSession {
    const known = this.#sessions.get(id)
    if (known) return known
    const session = new CdpSession(this, id)
    this.#sessions.set(id, session)
    return session
  }

  send(method: string, params: object, sessionId: string | undefined): Promise<Reply> {
    if (!this.#open) return Promise.reject(new Error(`${method}: the browser is gone`))
    const id = ++this.#lastId
    this.#toChromium.write(`${JSON.stringify({ id, method, params, sessionId })}\0`)
    return new Promise((resolve, reject) => this.#pending.set(id, { method, resolve, reject }))
  }

  #receive(text: string): void {
    const messages = (this.#rest + text).split('\0')
    this.#rest = messages.pop() ?? ''
    for (const message of messages) this.#dispatch(JSON.parse(message))
  }

  #dispatch({ id, error, result, method, params, sessionId }: Reply): void {
    if (id === undefined) {
      const session = sessionId ? this.session(sessionId) : this.browser
      session.emit(method, params)
      if (method === 'Target.detachedFromTarget') this.#sessions.delete(params.sessionId)
      return
    }
    const pending = this.#pending.get(id)
    this.#pending.delete(id)
    if (error) pending?.reject(new Error(`${pending.method}: ${error.message}`))
    else pending?.resolve(result)
  }

  #end(): void {
    this.#open = false
    for (const { method, reject } of this.#pending.values())
      reject(new Error(`${method}: the browser is gone`))
    this.#pending.clear()
  }
}
