import type { CarrierClient, CarrierClientDeps } from './client.ts'

/**
 * A client whose code is loaded with its first query; `load` loads it earlier, so that no lookup has to wait
 * for it.
 */
export interface LazyClient extends CarrierClient {
  load(): Promise<void>
}

/**
 * Loads the client late because undici is more than half of the code that the main process would read before
 * it can open a window.
 */
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
    signIn: async query => (await client()).signIn(query),
    close: async () => (await reading)?.close(),
  }
}

/** The client of the carrier's API, whose code is loaded late. */
export const lazyCarrierClient = (deps: CarrierClientDeps): LazyClient =>
  createLazyClient(async () => {
    const { createCarrierClient } = await import('./client.ts')
    return createCarrierClient(deps)
  })
