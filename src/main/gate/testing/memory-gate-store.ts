import type { Closure, GateStore } from '../local/gate-store.ts'

/** The gate's memory without a disk. */
export function createMemoryGateStore(): GateStore {
  const queries: { readonly origin: string; readonly startedAt: number; endedAt: number | null }[] = []
  const closures = new Map<string, Closure>()
  return {
    queries: (origin, since) => queries.filter(query => query.origin === origin && query.startedAt >= since),
    started(origin, startedAt) {
      queries.push({ origin, startedAt, endedAt: null })
    },
    ended(origin, startedAt, at) {
      const query = queries.find(
        known => known.origin === origin && known.startedAt === startedAt && known.endedAt === null,
      )
      if (query) query.endedAt = at
    },
    closure: origin => closures.get(origin) ?? null,
    close(origin, closure) {
      closures.set(origin, closure)
    },
    reopen(origin) {
      closures.delete(origin)
    },
  }
}
