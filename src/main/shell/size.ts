/**
 * Whether a value is of a size that IPC may carry: characters, bytes and entries are counted, and counting ends where the
 * limit is passed, so that something huge costs no more than something large. Cycles end it, too.
 */
export function isWithin(value: unknown, limit: number): boolean {
  let left = limit
  const pending: unknown[] = [value]
  for (;;) {
    if (pending.length === 0) return true
    const next = pending.pop()
    left -= 1
    if (typeof next === 'string') left -= next.length
    else if (ArrayBuffer.isView(next) || next instanceof ArrayBuffer) left -= next.byteLength
    else if (next instanceof Map || next instanceof Set) left -= next.size
    else if (typeof next === 'object' && next !== null) {
      if (Array.isArray(next) && next.length > left) return false
      for (const key of Object.keys(next)) {
        left -= key.length
        if (left < 0) return false
        pending.push((next as Readonly<Record<string, unknown>>)[key])
      }
    }
    if (left < 0) return false
  }
}
