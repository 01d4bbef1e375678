/** Structured clone as JSON text: what Electron's IPC carries, carried over a protocol that only knows JSON. */

type Node =
  | readonly ['v', string | number | boolean | null]
  | readonly ['u']
  | readonly ['n', string]
  | readonly ['b', string]
  | readonly ['r', number]
type Entry = readonly [string, ...unknown[]]
type Views = Readonly<Record<string, new (buffer: ArrayBuffer, offset: number, length: number) => object>>

/**
 * Makes the codec. Self-contained on purpose: its source text is also run in the page's isolated world, so it must not
 * refer to anything outside itself but globals that both sides have.
 */
export function createWire() {
  const views: Views = Object.fromEntries(
    (
      'Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array Float16Array ' +
      'Float32Array Float64Array BigInt64Array BigUint64Array DataView'
    )
      .split(' ')
      .flatMap(name => (name in globalThis ? [[name, Reflect.get(globalThis, name)]] : [])),
  )
  const errors: Readonly<Record<string, ErrorConstructor>> = {
    EvalError,
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
  }
  // Electron's words, whatever it was that could not be cloned.
  const refusal = () => new Error('An object could not be cloned.')

  const toBase64 = (bytes: Uint8Array): string => {
    let text = ''
    for (let at = 0; at < bytes.length; at += 0x8000)
      text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
    return btoa(text)
  }
  const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), char => char.charCodeAt(0))

  /** JSON text of a structured clone of `value`. Throws Electron's error for what cannot be cloned. */
  function encode(value: unknown): string {
    let root: unknown
    try {
      root = structuredClone(value)
    } catch {
      throw refusal()
    }
    const table: (Entry | null)[] = []
    const seen = new Map<object, number>()

    const put = (item: unknown): Node => {
      if (item === undefined) return ['u']
      if (item === null || typeof item === 'string' || typeof item === 'boolean') return ['v', item]
      if (typeof item === 'bigint') return ['b', String(item)]
      if (typeof item === 'number') {
        if (Object.is(item, -0)) return ['n', '-0']
        return Number.isFinite(item) ? ['v', item] : ['n', String(item)]
      }
      if (typeof item !== 'object') throw refusal()
      const known = seen.get(item)
      if (known !== undefined) return ['r', known]
      const id = table.length
      seen.set(item, id)
      table.push(null)
      table[id] = entryOf(item)
      return ['r', id]
    }
    const putOwn = (item: object) => Object.keys(item).map(key => [key, put(Reflect.get(item, key))] as const)

    const entryOf = (item: object): Entry => {
      if (Array.isArray(item)) return ['Array', item.length, putOwn(item)]
      // The clone has no symbol keys, so nothing can lie about its tag.
      const tag = Object.prototype.toString.call(item).slice(8, -1)
      if (ArrayBuffer.isView(item)) {
        const length = 'length' in item ? item.length : item.byteLength
        return ['View', tag, put(item.buffer), item.byteOffset, length]
      }
      if (item instanceof Map) return ['Map', [...item].map(([key, held]) => [put(key), put(held)])]
      if (item instanceof Set) return ['Set', [...item].map(put)]
      if (item instanceof Date) return ['Date', put(item.getTime())]
      if (item instanceof RegExp) return ['RegExp', item.source, item.flags]
      if (tag === 'ArrayBuffer') return ['Buffer', toBase64(new Uint8Array(item as ArrayBuffer))]
      if (item instanceof Error) {
        const cause = Object.hasOwn(item, 'cause') ? [put(item.cause)] : []
        return ['Error', item.name, item.message, item.stack ?? null, ...cause]
      }
      if (['Number', 'String', 'Boolean', 'BigInt'].includes(tag)) return ['Boxed', put(item.valueOf())]
      if (tag === 'Object') return ['Object', putOwn(item)]
      throw refusal() // Blob, SharedArrayBuffer, CryptoKey…: clonable in one process, not between two
    }
    return JSON.stringify([put(root), table])
  }

  /** The value that `encode` was given, as a structured clone. `text` must come from `encode`. */
  function decode(text: string): unknown {
    const [root, table] = JSON.parse(text) as [Node, Entry[]]
    const made = new Map<number, unknown>()

    const get = (node: Node): unknown => {
      if (node[0] === 'u') return undefined
      if (node[0] === 'v') return node[1]
      if (node[0] === 'n') return Number(node[1])
      if (node[0] === 'b') return BigInt(node[1])
      return made.has(node[1]) ? made.get(node[1]) : build(node[1], table[node[1]] as Entry)
    }
    // An object is registered before its members are read, so that a cycle finds it.
    const keep = <T>(id: number, item: T): T => {
      made.set(id, item)
      return item
    }
    // defineProperty, because assigning the key '__proto__' would change the prototype instead.
    const fill = (item: object, entries: readonly (readonly [string, Node])[]) => {
      for (const [key, node] of entries)
        Object.defineProperty(item, key, {
          value: get(node),
          writable: true,
          enumerable: true,
          configurable: true,
        })
      return item
    }
    const build = (id: number, [kind, ...rest]: Entry): unknown => {
      switch (kind) {
        case 'Array':
          return fill(keep(id, new Array(rest[0] as number)), rest[1] as [string, Node][])
        case 'Object':
          return fill(keep(id, {}), rest[0] as [string, Node][])
        case 'Map': {
          const map = keep(id, new Map())
          for (const [key, held] of rest[0] as [Node, Node][]) map.set(get(key), get(held))
          return map
        }
        case 'Set': {
          const set = keep(id, new Set())
          for (const held of rest[0] as Node[]) set.add(get(held))
          return set
        }
        case 'Date':
          return keep(id, new Date(get(rest[0] as Node) as number))
        case 'RegExp':
          return keep(id, new RegExp(rest[0] as string, rest[1] as string))
        case 'Boxed':
          return keep(id, Object(get(rest[0] as Node)))
        case 'Buffer':
          return keep(id, fromBase64(rest[0] as string).buffer)
        case 'View': {
          const View = views[rest[0] as string]
          if (!View) throw refusal()
          return keep(id, new View(get(rest[1] as Node) as ArrayBuffer, rest[2] as number, rest[3] as number))
        }
        case 'Error': {
          const [name, message, stack, cause] = rest as [string, string, string | null, Node?]
          const error = keep(id, new (errors[name] ?? Error)(message))
          Object.defineProperty(error, 'stack', {
            value: stack ?? undefined,
            writable: true,
            configurable: true,
          })
          if (cause)
            Object.defineProperty(error, 'cause', { value: get(cause), writable: true, configurable: true })
          return error
        }
        default:
          throw new Error(`electron-stand-in: unknown wire entry '${kind}'`)
      }
    }
    return get(root)
  }

  return { encode, decode }
}

export type Wire = ReturnType<typeof createWire>
export const { encode, decode } = createWire()
