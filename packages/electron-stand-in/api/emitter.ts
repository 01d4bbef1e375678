import { EventEmitter } from 'node:events'
import { notImplemented } from './not-implemented.ts'

// biome-ignore lint/suspicious/noExplicitAny: the signature of node's own EventEmitter
type Listener = (...args: any[]) => void
interface Known {
  readonly name: string
  readonly events: ReadonlySet<string>
}

// A symbol, so that neither console.log nor an app's own keys meet it.
const known = Symbol('events')

/** An EventEmitter that refuses a subscription to an event it will never emit. */
export class StrictEmitter extends EventEmitter {
  constructor(name: string, events: readonly string[]) {
    super()
    const value: Known = { name, events: new Set([...events, 'newListener', 'removeListener']) }
    Object.defineProperty(this, known, { value })
    this.setMaxListeners(0)
  }

  override on(event: string | symbol, listener: Listener): this {
    refuseUnknown(this, event)
    return super.on(event, listener)
  }

  override once(event: string | symbol, listener: Listener): this {
    refuseUnknown(this, event)
    return super.once(event, listener)
  }

  override addListener(event: string | symbol, listener: Listener): this {
    return this.on(event, listener)
  }

  override prependListener(event: string | symbol, listener: Listener): this {
    refuseUnknown(this, event)
    return super.prependListener(event, listener)
  }
}

function refuseUnknown(emitter: StrictEmitter, event: string | symbol): void {
  const { name, events }: Known = Reflect.get(emitter, known)
  if (typeof event === 'string' && !events.has(event)) throw notImplemented(`${name}.on('${event}')`)
}

/** What Electron hands to a listener that may stop what is about to happen. */
export interface Stoppable {
  preventDefault(): void
  readonly defaultPrevented: boolean
}

/** A fresh event object with `fields`; read `defaultPrevented` after emitting. */
export function stoppable<T extends object>(fields?: T): Stoppable & T {
  const event = {
    ...fields,
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true
    },
  }
  return event as Stoppable & T
}
