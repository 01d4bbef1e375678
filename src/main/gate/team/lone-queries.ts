import { randomUUID } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { QueryKind } from '../gate.ts'
import { elapsedSince, type Stamp, stampOf } from './lease.ts'
import type { Met } from './outcome.ts'

interface LoneQuery {
  readonly id: string
  readonly kind: QueryKind
  endedAt: Stamp | null
}

/** What a desk did while nobody heard of it, until the team is told. */
export interface LoneQueries {
  /** A query begins; gives back how it ends. */
  begin(kind: QueryKind): (met: Met | null) => void
  /** What the carrier said against a key or everybody, where a turn's end could not be told. */
  met(met: Met): void
  /** Whether something is to be told. */
  readonly isOpen: () => boolean
  /** What hello says of them, and what is done once it was heard. */
  report(): { readonly isRunning: boolean; readonly ended: string; readonly met: Met | null; heard(): void }
}

export function createLoneQueries(clock: Pick<Clock, 'monotonic' | 'now'>): LoneQueries {
  let queries: LoneQuery[] = []
  let untold: Met | null = null
  return {
    begin(kind) {
      const query: LoneQuery = { id: randomUUID(), kind, endedAt: null }
      queries.push(query)
      return met => {
        query.endedAt = stampOf(clock)
        if (met !== null) untold = met
      }
    },
    met(met) {
      untold = met
    },
    isOpen: () => queries.length > 0 || untold !== null,
    report() {
      const ended = queries.filter(({ endedAt }) => endedAt !== null)
      const met = untold
      return {
        // While one runs, each hello keeps it as the gate's guest.
        isRunning: queries.length > ended.length,
        ended: JSON.stringify(
          ended.map(({ id, kind, endedAt }) => ({
            id,
            kind,
            age_ms: endedAt === null ? 0 : Math.round(elapsedSince(endedAt, clock)),
          })),
        ),
        met,
        heard() {
          queries = queries.filter(query => !ended.includes(query))
          if (untold === met) untold = null
        },
      }
    },
  }
}
