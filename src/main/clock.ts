/** Time, passed in so that tests own it. */
export interface Clock {
  /** Wall clock, milliseconds since the epoch: for what people read, never for measuring. */
  now(): number
  /** Milliseconds that only ever go forward: for deadlines and the gate. */
  monotonic(): number
  /** Calls `act` once after `ms`; gives back what calls it off. */
  after(ms: number, act: () => void): () => void
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms)
    return () => clearTimeout(timer)
  },
}

const HOUR_MS = 3_600_000

/** Does work now, and every hour from now on. */
export function everyHour(clock: Pick<Clock, 'after'>, work: () => void): void {
  clock.after(HOUR_MS, () => everyHour(clock, work))
  work()
}
