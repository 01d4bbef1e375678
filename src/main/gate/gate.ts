import type { GateState, QueryStep } from '../../contract/state.ts'
import type { TeamServer } from '../../contract/team.ts'
import type { Account } from '../../domain/account.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'

/** A team's server, and the profile whose password opens it. */
export interface Team {
  readonly server: TeamServer
  readonly profileId: string
}

/** What a carrier's queries are bound by; the caller takes them from the profile. */
export interface GateLimits {
  readonly origin: string
  readonly cooldownMs: number
  /** Lookups in a rolling hour; null for none, which only the simulator may have. */
  readonly budget: number | null
  /** Sign-ins in a rolling hour; they have a budget of their own. */
  readonly signIns: number
  /** Absent where this program is alone. */
  readonly team?: Team
}

/** What the carrier is asked. Either is a query: never two in flight, and the cool-down is between any two. */
export type QueryKind = 'lookup' | 'sign-in'

/** What an act that has its turn may do with it. */
export interface Turn {
  /** Says where it stands. */
  at(step: QueryStep): void
  /** Whether a request may still be written, to be asked in the tick in which that is done. */
  holds(): boolean
  /**
   * Asks for one more query in the same turn, once the one before has ended: waits for the cool-down, and counts
   * it. Whoever waits for a turn of their own goes on waiting.
   *
   * Fails as BUDGET_SPENT or SIGN_IN_REPEATED at once where this query is one too many, and as CANCELLED.
   */
  next(kind: QueryKind): Promise<Outcome<null>>
}

/** A query that wants to be sent. */
export interface GateRequest<T> {
  /** Requests with the same key are one: later ones join it. */
  readonly key: string
  /** Whom it is about; null for an act that only signs in. */
  readonly account: Account | null
  /** The profile that asks. Other profiles are told that the gate is busy, but not with which account. */
  readonly profileId: string
  readonly limits: GateLimits
  /** A fingerprint of the key that it asks with: a refusal of that key closes the gate for those who use it. */
  readonly keyPrint?: number
  /**
   * What is asked first, a lookup where it is not said. It is looked at when the turn begins, because another act
   * may have signed in by then.
   */
  readonly first?: () => QueryKind
  /** The queries of the turn. It must settle soon after its signal aborts. */
  readonly query: (signal: AbortSignal, turn: Turn) => Promise<Outcome<T>>
  /** The failure in the query's result, such as a refused key; null where there is none. */
  readonly failureOf: (answer: T) => Failure | null
}

/**
 * Every query passes here: one act has its turn, with one query in flight at a time and a cool-down after each.
 * One request may wait; a newer one replaces it.
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
  /** A new key was saved for this carrier. Opens the gate if the carrier had refused the old one. */
  keyChanged(origin: string): void
  /** Opens a gate that a rejected key closed, once a minute at most. */
  tryKeyAgain(limits: GateLimits): Promise<Outcome<null>>
  /**
   * The current state, which also changes with time; `onChange` reports that. `isSure` is false while it may
   * be wrong.
   */
  state(limits: GateLimits, profileId: string): GateState
  /** Calls `listener` after each change, until it is called off. */
  onChange(listener: () => void): () => void
}
