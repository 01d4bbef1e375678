import type { Clock } from '../../clock.ts'
import { type Stamp, stampOf } from './lease.ts'

/** A desk whose clocks disagree by more than this was suspended: its monotonic clock may have stood still. */
const SUSPENDED_MS = 1_000

/** The server's clock, as a desk knows it from the quickest answer it got. */
export interface ServerTime {
  /** The server's time, milliseconds since the epoch; null before it was heard. */
  now(): number | null
  /** @param asked before the call was sent */
  heard(serverMs: number, asked: Stamp): void
}

export function createServerTime(clock: Pick<Clock, 'monotonic' | 'now'>): ServerTime {
  let best: { readonly at: Stamp; readonly serverMs: number; readonly tripMs: number } | null = null
  return {
    now() {
      if (best === null) return null
      const monotonic = clock.monotonic() - best.at.monotonic
      const wall = clock.now() - best.at.wall
      return best.serverMs + (Math.abs(wall - monotonic) > SUSPENDED_MS ? wall : monotonic)
    },
    heard(serverMs, asked) {
      const at = stampOf(clock)
      const tripMs = at.monotonic - asked.monotonic
      // Half of the way back has passed since the server looked at its clock. An old sample drifts, so it is worth less.
      const age = best === null ? 0 : at.monotonic - best.at.monotonic
      // Somebody set this computer's clock, or it slept: what was measured before is by another clock.
      const isOther = best !== null && Math.abs(at.wall - best.at.wall - age) > SUSPENDED_MS
      if (best === null || isOther || tripMs <= best.tripMs + age / 10_000)
        best = { at, serverMs: serverMs + tripMs / 2, tripMs }
    },
  }
}
