import type { CarrierClient } from './client.ts'

/** A client whose code is read when it is first wanted; `load` reads it ahead, so that no lookup has to wait for it. */
export interface LazyClient extends CarrierClient {
  load(): Promise<void>
}

/** undici is more than half of what the main process would read before it can open a window. */
export function createLazyClient(read: () => Promise<CarrierClient>): LazyClient {
  let reading: Promise<CarrierClient> | null = null
  const client = () => {
    reading ??= read()
    return reading
  }
  return {
    async load() {
      await client()
    },
    getTrafficInfo: async query => (await client()).getTrafficInfo(query),
    close: async () => (await reading)?.close(),
  }
}
