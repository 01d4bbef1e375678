import type { Clock } from '../clock.ts'

/** A clock that stands still until it is told to go on. */
export interface FakeClock extends Clock {
  /** Lets time pass on both clocks; what falls due is called in order, at its own moment. */
  advance(ms: number): void
  /** Sets the wall clock forward (or back, below zero); the monotonic clock takes no notice. */
  jumpWall(ms: number): void
  /** How many calls are still to come. */
  readonly pending: number
  /** When the next of them is due, by the monotonic clock; null where there is none. */
  readonly nextDue: number | null
}

interface Timer {
  readonly due: number
  readonly act: () => void
}

/** @param from where its clocks start; 2026-11-23 13:05 in Japan unless told */
export function createFakeClock(
  from: { readonly wall?: number; readonly monotonic?: number } = {},
): FakeClock {
  let monotonic = from.monotonic ?? 5_000
  let ahead = (from.wall ?? Date.UTC(2026, 10, 23, 4, 5)) - monotonic
  let timers: readonly Timer[] = []

  const nextDue = (until: number): Timer | undefined =>
    timers.filter(timer => timer.due <= until).sort((a, b) => a.due - b.due)[0]

  return {
    now: () => monotonic + ahead,
    monotonic: () => monotonic,
    after(ms, act) {
      const timer = { due: monotonic + Math.max(0, ms), act }
      timers = [...timers, timer]
      return () => {
        timers = timers.filter(other => other !== timer)
      }
    },
    advance(ms) {
      const until = monotonic + ms
      for (let timer = nextDue(until); timer !== undefined; timer = nextDue(until)) {
        const { due, act } = timer
        timers = timers.filter(other => other !== timer)
        monotonic = Math.max(monotonic, due)
        act()
      }
      monotonic = until
    },
    jumpWall(ms) {
      ahead += ms
    },
    get nextDue() {
      return nextDue(Number.POSITIVE_INFINITY)?.due ?? null
    },
    get pending() {
      return timers.length
    },
  }
}
