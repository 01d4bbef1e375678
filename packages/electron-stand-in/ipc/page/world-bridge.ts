/** One end of the bridge between a page's main world and the isolated world in which the preload runs. */
export interface WorldBridge {
  /** Isolated world: define `window[name]` in the main world, deeply frozen. */
  expose(name: string, api: unknown): void
}

type Message =
  | { readonly kind: 'expose'; readonly name: string; readonly value: unknown }
  | { readonly kind: 'call'; readonly key: number; readonly args: unknown }
  | Answer
  | { readonly kind: 'settled'; readonly ok: boolean; readonly key: number; readonly value: unknown }

interface Answer {
  readonly kind: 'answer'
  readonly ok: boolean
  readonly value: unknown
}

/**
 * Both worlds see the same window as an event target, and a CustomEvent's detail is cloned on its way between them, so
 * events named by a secret carry messages, synchronously. Functions and promises cross as numbered handles.
 * Self-contained: its source text is evaluated in both worlds, before any script of the page.
 */
export function createWorldBridge(role: 'main' | 'isolated', secret: string): WorldBridge {
  // Taken now: a page may replace any of these later.
  const { addEventListener, dispatchEvent } = EventTarget.prototype
  const stop = Event.prototype.stopImmediatePropagation
  const Envelope = CustomEvent
  const readDetail = Object.getOwnPropertyDescriptor(CustomEvent.prototype, 'detail')?.get
  const clone = structuredClone
  const other = role === 'main' ? 'isolated' : 'main'

  const ours = new Map<number, (...args: unknown[]) => unknown>()
  const keyOf = new WeakMap<object, number>()
  const theirs = new Map<number, (...args: unknown[]) => unknown>()
  const theirKeyOf = new WeakMap<object, number>()
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (reason: unknown) => void }>()
  let lastKey = 0
  let answers: Answer[] = []

  const post = (message: Message) => {
    clone(message) // Dispatching would drop what cannot be cloned without a word.
    dispatchEvent.call(window, new Envelope(secret + other, { detail: message }))
  }
  const isPlain = (value: object) => {
    const prototype = Object.getPrototypeOf(value)
    return prototype === null || Object.getPrototypeOf(prototype) === null
  }

  /** A copy of `value` in which handles stand for functions and promises. */
  const lower = (value: unknown, seen = new Map<object, unknown>()): unknown => {
    if (typeof value === 'function') return lowerFunction(value as () => unknown)
    if (typeof value !== 'object' || value === null) return value
    if (seen.has(value)) return seen.get(value)
    if (value instanceof Promise) return lowerPromise(value)
    if (!Array.isArray(value) && (!isPlain(value) || value instanceof Error)) return value
    const copy: object = Array.isArray(value) ? new Array(value.length) : {}
    seen.set(value, copy)
    for (const key of Object.keys(value)) define(copy, key, lower(Reflect.get(value, key), seen))
    return copy
  }
  const lowerFunction = (value: (...args: unknown[]) => unknown) => {
    const back = theirKeyOf.get(value)
    if (back !== undefined) return { [secret]: 'yours', key: back }
    const key = keyOf.get(value) ?? ++lastKey
    keyOf.set(value, key)
    ours.set(key, value)
    return { [secret]: 'function', key }
  }
  const lowerPromise = (value: Promise<unknown>) => {
    const key = ++lastKey
    const settle = (ok: boolean) => (result: unknown) => {
      try {
        post({ kind: 'settled', ok, key, value: lower(result) })
      } catch (reason) {
        post({ kind: 'settled', ok: false, key, value: reason })
      }
    }
    value.then(settle(true), settle(false))
    return { [secret]: 'promise', key }
  }

  /** The reverse of `lower`, in the other world. */
  const lift = (value: unknown, seen = new Map<object, unknown>()): unknown => {
    if (typeof value !== 'object' || value === null) return value
    if (seen.has(value)) return seen.get(value)
    const key = Reflect.get(value, 'key') as number
    switch (Reflect.get(value, secret)) {
      case 'function':
        return liftFunction(key)
      case 'yours':
        return ours.get(key)
      case 'promise':
        return new Promise((resolve, reject) => waiting.set(key, { resolve, reject }))
    }
    if (!Array.isArray(value) && (!isPlain(value) || value instanceof Error)) return value
    const copy: object = Array.isArray(value) ? new Array(value.length) : {}
    seen.set(value, copy)
    for (const name of Object.keys(value)) define(copy, name, lift(Reflect.get(value, name), seen))
    return copy
  }
  const liftFunction = (key: number) => {
    const known = theirs.get(key)
    if (known) return known
    const proxy = (...args: unknown[]) => call(key, args)
    theirs.set(key, proxy)
    theirKeyOf.set(proxy, key)
    return proxy
  }
  // Assigning the key '__proto__' would change the prototype instead.
  const define = (target: object, key: string, value: unknown) =>
    Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true })

  const call = (key: number, args: unknown[]): unknown => {
    answers = []
    post({ kind: 'call', key, args: lower(args) })
    const answer = answers.pop()
    if (!answer) throw new Error('electron-stand-in: the other world did not answer')
    if (!answer.ok) throw lift(answer.value)
    return lift(answer.value)
  }
  const serve = (key: number, args: unknown) => {
    try {
      post({ kind: 'answer', ok: true, value: lower(ours.get(key)?.(...(lift(args) as unknown[]))) })
    } catch (reason) {
      post({ kind: 'answer', ok: false, value: reason })
    }
  }
  const freeze = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value
    if (!Array.isArray(value) && !isPlain(value)) return value
    Object.freeze(value)
    for (const member of Object.values(value)) freeze(member)
    return value
  }
  const defineFrozen = (name: string, value: unknown) => {
    Object.defineProperty(window, name, { value: freeze(lift(value)), enumerable: true })
  }

  addEventListener.call(
    window,
    secret + role,
    event => {
      stop.call(event)
      const message = readDetail?.call(event) as Message
      switch (message.kind) {
        case 'call':
          return serve(message.key, message.args)
        case 'answer':
          return void answers.push(message)
        case 'expose':
          return defineFrozen(message.name, message.value)
        case 'settled': {
          const promise = waiting.get(message.key)
          waiting.delete(message.key)
          return message.ok ? promise?.resolve(lift(message.value)) : promise?.reject(lift(message.value))
        }
      }
    },
    true,
  )

  return {
    expose: (name, api) => post({ kind: 'expose', name, value: lower(api) }),
  }
}
