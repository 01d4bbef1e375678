import * as z from 'zod'
import type { Clock } from '../clock.ts'
import { type Database, tryRead, tryWrite } from './sqlite.ts'

/**
 * The time, known only once something besides the wall clock confirms it. Deleting by age uses this time
 * alone: a computer whose clock is a year ahead must not lose a year of lookups.
 */
export interface ConfirmedTime {
  /** Milliseconds since the epoch; null where neither the carrier nor an earlier start agrees with the wall clock. */
  now(): number | null
  /** The carrier said in a reply what time it is, milliseconds since the epoch. */
  confirm(at: number): void
  /** Stores the wall clock's time, hourly and at the end. The next start must not be earlier than that. */
  note(): void
}

const seen = z.object({ startedAt: z.number(), latestAt: z.number() })

/** Two starts agree where the later one is this much later at most: a long holiday lies between them, and not a year. */
const MOST_BETWEEN_STARTS_MS = 14 * 86_400_000

export function createConfirmedTime(database: Database, clock: Clock): ConfirmedTime {
  const read = database.prepare("SELECT value FROM setting WHERE name = 'clock'")
  const write = database.prepare("INSERT OR REPLACE INTO setting (name, value) VALUES ('clock', ?)")
  const startedAt = clock.now()
  const remember = (latestAt: number) => {
    tryWrite(database, () => write.run(JSON.stringify({ startedAt, latestAt })))
  }

  const before = seen.safeParse(json(tryRead(database, null, () => read.get()?.['value'] ?? null))).data
  const agrees =
    before !== undefined &&
    startedAt >= Math.max(before.startedAt, before.latestAt) &&
    startedAt - before.startedAt <= MOST_BETWEEN_STARTS_MS
  let known = agrees ? { at: startedAt, monotonic: clock.monotonic() } : null
  remember(startedAt)

  return {
    // From then on the monotonic clock counts, which nobody can set.
    now: () => known && Math.round(known.at + clock.monotonic() - known.monotonic),
    confirm(at) {
      known = { at, monotonic: clock.monotonic() }
    },
    note: () => remember(clock.now()),
  }
}

function json(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return null
  }
}
