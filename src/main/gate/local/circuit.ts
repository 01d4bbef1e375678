import type { Clock } from '../../clock.ts'
import type { QueryKind } from '../gate.ts'
import type { Closure, GateStore } from './gate-store.ts'

export const HOUR = 3_600_000
export const LONGEST_CLOSURE = 10 * 60_000

/** One carrier in monotonic time: a jump of the wall clock neither refills a budget nor locks it. */
export interface Circuit {
  readonly starts: Readonly<Record<QueryKind, number[]>>
  readyAt: number
  closure:
    | (Closure & {
        /** The agent tries the rejected key again: the next query passes. */
        readonly onTrial?: boolean
      })
    | null
}

/** Sign-ins stand under a name of their own, so that neither kind is counted as the other. */
export const ledgerOf = (origin: string, kind: QueryKind): string =>
  kind === 'lookup' ? origin : `${origin} sign-in`

/** Ignores a failed write: memory still has the fact, so it holds until the program ends. */
export function tried(write: () => void): void {
  try {
    write()
  } catch {}
}

/**
 * Turns stored wall-clock times into monotonic ones. A time in the future counts as just now, so that the
 * gate rather stays closed too long.
 */
export function readCircuit(
  origin: string,
  { clock, store }: { readonly clock: Pick<Clock, 'now' | 'monotonic'>; readonly store: GateStore },
): Circuit {
  const wall = clock.now()
  const mono = clock.monotonic()
  const monoOf = (at: number) => mono - Math.max(0, wall - at)
  const lookups = store.queries(origin, wall - HOUR, wall)
  const signIns = store.queries(ledgerOf(origin, 'sign-in'), wall - HOUR, wall)
  const [last, kind] =
    (signIns.at(-1)?.startedAt ?? Number.NEGATIVE_INFINITY) >
    (lookups.at(-1)?.startedAt ?? Number.NEGATIVE_INFINITY)
      ? ([signIns.at(-1), 'sign-in'] as const)
      : ([lookups.at(-1), 'lookup'] as const)
  const closure = store.closure(origin)
  // The program died during this query, and nobody knows when the query ended. It is taken to end now, and
  // that is stored.
  if (last?.endedAt === null) tried(() => store.ended(ledgerOf(origin, kind), last.startedAt, wall))
  return {
    starts: {
      lookup: lookups.map(query => monoOf(query.startedAt)),
      'sign-in': signIns.map(query => monoOf(query.startedAt)),
    },
    // Only the end of the query is kept. The cool-down is added at each check, because its length can be
    // changed in the profile.
    readyAt: last === undefined ? Number.NEGATIVE_INFINITY : monoOf(last.endedAt ?? wall),
    closure: closure && {
      reason: closure.reason,
      closedAt: monoOf(closure.closedAt),
      until:
        closure.until === null ? null : mono + Math.min(Math.max(0, closure.until - wall), LONGEST_CLOSURE),
    },
  }
}
