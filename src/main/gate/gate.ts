import type { GateState, QueryStep } from '../../contract/state.ts'
import type { Account } from '../../domain/account.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'

/** What a carrier's queries are bound by; the caller takes them from the profile. */
export interface GateLimits {
  readonly origin: string
  readonly cooldownMs: number
  /** Queries in a rolling hour; null for none, which only the simulator may have. */
  readonly budget: number | null
}

/** A query that wants to be sent. */
export interface GateRequest<T> {
  /** Requests with the same key are one: later ones join it. */
  readonly key: string
  readonly account: Account
  /** The profile that asks. Other profiles are told that the gate is busy, but not with which account. */
  readonly profileId: string
  readonly limits: GateLimits
  /** The query. It must settle soon after its signal aborts, and says where it stands while it runs. */
  readonly query: (signal: AbortSignal, at: (step: QueryStep) => void) => Promise<Outcome<T>>
  /** The failure in the query's result, such as a refused key; null where there is none. */
  readonly failureOf: (answer: T) => Failure | null
}

/**
 * Every query passes here: one is in flight at a time, then a cool-down follows. One request may wait; a
 * newer one replaces it.
 *
 * A closed gate (budget, rate limit, refused key) refuses at once and never queues: by the time the query
 * ran, minutes later, nobody would want its answer any more.
 */
export interface Gate<T> {
  run(request: GateRequest<T>): Promise<Outcome<T>>
  /** The request with this key that is in flight or waiting; null if there is none. */
  pending(key: string): Promise<Outcome<T>> | null
  /** Gives up the waiting request, or else the one in flight. */
  cancel(): void
  /** Gives up the waiting request alone. */
  dropWaiting(): void
  /** A new key was saved for this carrier. Opens the gate if the carrier had refused the old key. */
  keyChanged(origin: string): void
  /** Opens a gate that a rejected key closed, once a minute at most. */
  tryKeyAgain(origin: string): Outcome<null>
  /**
   * The current state, which also changes with time; `onChange` reports that. `isSure` is false while it may
   * be wrong.
   */
  state(limits: GateLimits, profileId: string): GateState
  /** Calls `listener` after each change, until it is called off. */
  onChange(listener: () => void): () => void
}
