import type { Clock } from '../../clock.ts'

export interface ManualClock extends Clock {
  /** Lets time pass; what falls due on the way is called in order. */
  advance(ms: number): void
  /** How many calls are due some time. */
  pending(): number
}

/** Time that stands still until a test moves it. */
export function createManualClock(start = Date.parse('2026-11-23T03:00:00Z')): ManualClock {
  let elapsed = 0
  const due = new Set<{ readonly at: number; readonly act: () => void }>()
  return {
    now: () => start + elapsed,
    monotonic: () => elapsed,
    after(ms, act) {
      const entry = { at: elapsed + ms, act }
      due.add(entry)
      return () => due.delete(entry)
    },
    advance(ms) {
      const end = elapsed + ms
      for (;;) {
        const [next] = [...due].filter(entry => entry.at <= end).sort((a, b) => a.at - b.at)
        if (next === undefined) break
        due.delete(next)
        elapsed = Math.max(elapsed, next.at)
        next.act()
      }
      elapsed = end
    },
    pending: () => due.size,
  }
}
