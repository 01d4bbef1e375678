import type { ClosedReason } from '../../../domain/failure.ts'

/** What the circuit breaker stores across restarts. Times are wall-clock milliseconds since the epoch. */
export interface GateStore {
  /** Queries begun since a time, oldest first; `endedAt` is null where the program died with one in flight. */
  queries(
    origin: string,
    since: number,
    /** Queries dated later were stored while the clock was ahead; they count as begun now. */
    now: number,
  ): readonly { readonly startedAt: number; readonly endedAt: number | null }[]
  started(origin: string, at: number): void
  ended(origin: string, startedAt: number, at: number): void
  closure(origin: string): Closure | null
  close(origin: string, closure: Closure): void
  reopen(origin: string): void
}

export interface Closure {
  readonly reason: ClosedReason
  readonly closedAt: number
  /** null: until the key changes or the agent tries it again. */
  readonly until: number | null
}
