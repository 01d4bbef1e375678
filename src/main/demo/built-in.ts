import type { Clock } from '../clock.ts'
import type { Simulator } from './carrier-simulator.ts'

/** The demo profile's carrier inside this program, started when it is first needed. */
export interface BuiltInSimulator {
  /** Starts it if need be and gives its address. */
  url(): Promise<string>
  /** Its address while it runs. */
  runningAt(): string | null
  stop(): Promise<void>
}

/** The demo profile's key: it opens nothing but the simulator. */
export const DEMO_AUTH_KEY = 'DEMO-AUTH-KEY-0001'

/** What the demo profile signs in with; likewise. */
export const DEMO_OEM = { id: 'DEMO-OEM', key: 'DEMO-OEM-KEY-0001' } as const

const LATENCY_MS = 350 // about what a carrier takes, so that a new agent sees the program as it will be

export function createBuiltInSimulator({ clock }: { readonly clock: Clock }): BuiltInSimulator {
  let starting: Promise<Simulator> | null = null
  let running: Simulator | null = null

  async function start(): Promise<Simulator> {
    const { startSimulator } = await import('./carrier-simulator.ts')
    running = await startSimulator({
      port: 0,
      authKey: DEMO_AUTH_KEY,
      oem: DEMO_OEM,
      clock,
      latency: LATENCY_MS,
      remember: 0,
    })
    return running
  }

  return {
    async url() {
      starting ??= start()
      return (await starting).url
    },
    runningAt: () => running?.url ?? null,
    async stop() {
      await running?.stop()
    },
  }
}
