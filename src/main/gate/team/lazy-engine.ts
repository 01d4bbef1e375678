import type { Engine } from './engine.ts'

/** An engine whose driver is loaded with its first call: most profiles have no team. */
export function createLazyEngine(read: () => Promise<Engine>): Engine {
  let reading: Promise<Engine> | null = null
  return {
    async call(...call) {
      reading ??= read()
      return (await reading).call(...call)
    },
    disconnect() {
      void reading?.then(engine => engine.disconnect())
    },
    close() {
      void reading?.then(engine => engine.close())
    },
  }
}
