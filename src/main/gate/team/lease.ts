import type { Clock } from '../../clock.ts'

/** A moment by both clocks. */
export interface Stamp {
  readonly monotonic: number
  readonly wall: number
}

export const stampOf = (clock: Pick<Clock, 'monotonic' | 'now'>): Stamp => ({
  monotonic: clock.monotonic(),
  wall: clock.now(),
})

/** Milliseconds since then, by the clock that says more: a suspended computer may stop either. */
export const elapsedSince = ({ monotonic, wall }: Stamp, clock: Pick<Clock, 'monotonic' | 'now'>): number =>
  Math.max(clock.monotonic() - monotonic, clock.now() - wall)

/** How much sooner than the server a desk believes its lease to be over. */
const SAFETY_MS = 500

/** A turn's time, as its desk may believe in it. */
export interface Lease {
  /** A new lease; the stamp was taken *before* the call was sent that gave it. */
  renew(stamp: Stamp, leaseMs: number): void
  holds(): boolean
  /** Milliseconds that it still holds. */
  left(): number
}

export function createLease(clock: Pick<Clock, 'monotonic' | 'now'>, stamp: Stamp, leaseMs: number): Lease {
  let since = stamp
  let safe = leaseMs - SAFETY_MS
  const left = () => safe - elapsedSince(since, clock)
  return {
    renew(next, nextMs) {
      since = next
      safe = nextMs - SAFETY_MS
    },
    holds: () => left() > 0,
    left,
  }
}
