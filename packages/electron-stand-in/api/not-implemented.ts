/** The stand-in refuses by name what it does not implement: a silent no-op would hide bugs. */

/** The error for a call, option or event that only real Electron has. */
export function notImplemented(what: string): Error {
  return new Error(`electron-stand-in: ${what} is not implemented; it needs real Electron`)
}

// Asked for by await, console.log, JSON.stringify and test matchers of any object; never a use of Electron's API.
const probed = new Set([
  'then',
  'toJSON',
  'inspect',
  'constructor',
  'nodeType',
  '$$typeof',
  'asymmetricMatch',
])
const isProbe = (key: string | symbol): key is symbol => typeof key === 'symbol' || probed.has(key)

/** Can be read and passed on, as a test does that replaces it, but any use of it throws. */
function unusable(name: string): unknown {
  // No arrow function: the proxy of one could not be constructed, and `new` would complain of that instead.
  function refuse(): never {
    throw notImplemented(name)
  }
  return new Proxy(refuse, {
    apply: refuse,
    construct: refuse,
    set: refuse,
    get(target, key) {
      if (key === Symbol.toPrimitive) return refuse()
      return isProbe(key) ? Reflect.get(target, key) : refuse()
    },
  })
}

/** `target` as it is, except that what it lacks throws `<name>.<member> is not implemented` when used. Assigning works. */
export function guarded<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      if (key in object || isProbe(key)) return Reflect.get(object, key, receiver)
      return unusable(`${name}.${key}`)
    },
  })
}

/** A whole module of Electron's that the stand-in has nothing of; tests may still put replacements into it. */
export function absent<T extends object>(name: string): T {
  return guarded(name, {} as T)
}

/** A class of Electron's that the stand-in does not have: it throws when constructed or when a static is used. */
export function absentClass<T>(name: string): T {
  return unusable(name) as T
}

/** Throws when `given` has a key that `known` lacks. `what` starts the message, e.g. "BrowserWindow option". */
export function refuseUnknownKeys(what: string, given: object, known: readonly string[]): void {
  for (const [key, value] of Object.entries(given))
    if (value !== undefined && !known.includes(key)) throw notImplemented(`${what} '${key}'`)
}
