import type { GateState } from '../../contract/state.ts'
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
  /** Whose request it is: another profile is told that the gate is busy, not about whom. */
  readonly profileId: string
  readonly limits: GateLimits
  /** The query. It must settle soon after its signal aborts. */
  readonly query: (signal: AbortSignal) => Promise<Outcome<T>>
  /** What went wrong by an answer that the carrier gave all the same; null where nothing did. */
  readonly failureOf: (answer: T) => Failure | null
}

/**
 * The one door to the carrier: one query in flight, then a cool-down; one request may wait, a newer one takes its place.
 *
 * A closed gate (budget, rate limit, refused key) refuses at once and never queues: a query that runs minutes later is one
 * that nobody asked for.
 */
export interface Gate<T> {
  run(request: GateRequest<T>): Promise<Outcome<T>>
  /** The request with this key that is in flight or waiting; null if there is none. */
  pending(key: string): Promise<Outcome<T>> | null
  /** Gives up the waiting request, or else the one in flight. */
  cancel(): void
  /** Gives up the waiting request alone. */
  dropWaiting(): void
  /** A new key was saved for this carrier: what the old one closed opens. */
  keyChanged(origin: string): void
  /** Opens a gate that a rejected key closed, once a minute at most. */
  tryKeyAgain(origin: string): Outcome<null>
  /** Changes by itself too; `onChange` tells. It says when it is not sure. */
  state(limits: GateLimits, profileId: string): GateState
  /** Calls `listener` after each change, until it is called off. */
  onChange(listener: () => void): () => void
}
