import { ok } from '../../domain/result.ts'
import { carrierTimes, type GoodLookup, type Lookup } from '../../domain/traffic.ts'
import type { Clock } from '../clock.ts'
import type { Lookups } from '../store/lookups.ts'

/** A good answer this young is offered before the carrier is asked again. */
const STILL_FRESH_MS = 60_000

/**
 * Finds answers of the last minute. Their age does not depend on the wall clock, which may have been changed.
 */
export interface FreshAnswers {
  /** An answer came just now. */
  heard(lookup: Lookup): void
  /** The stored answer of one host about an account, where it is of the last minute; else null. */
  find(profileId: string, account: string, origin: string): Lookup | null
}

export function createFreshAnswers({
  lookups,
  clock,
  confirmedNow,
}: {
  readonly lookups: Pick<Lookups, 'lastGood'>
  readonly clock: Pick<Clock, 'monotonic'>
  /** What time it is, milliseconds since the epoch; null where that is not certain. */
  readonly confirmedNow: () => number | null
}): FreshAnswers {
  /** When the answers of this run came, by their lookups' ids: monotonic milliseconds. */
  const heardAt = new Map<number, number>()

  /** The age of an answer in milliseconds; null where the time is not certain. */
  function ageOf(stored: GoodLookup): number | null {
    const at = stored.id === null ? undefined : heardAt.get(stored.id)
    if (at !== undefined) return clock.monotonic() - at
    const now = confirmedNow()
    return now === null ? null : now - carrierTimes(stored).repliedAt
  }

  return {
    heard({ id }) {
      if (id !== null) heardAt.set(id, clock.monotonic())
    },
    find(profileId, account, origin) {
      const stored = lookups.lastGood(profileId, account, origin)
      if (stored === null) return null
      const age = ageOf(stored)
      if (age === null || age < 0 || age >= STILL_FRESH_MS) return null
      const { report, ...lookup } = stored
      return { ...lookup, result: ok(report) }
    },
  }
}
