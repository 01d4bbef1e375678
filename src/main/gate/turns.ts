import type { GateState } from '../../contract/state.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'
import type { GateLimits, QueryKind } from './gate.ts'

/** What an act begins with; one that is about nobody is a sign-in and nothing else. */
export type FirstQuery = QueryKind | 'sign-in-alone'

/** A question that wants a turn. */
export interface Wish {
  readonly limits: GateLimits
  /** Looked at each time it matters, because another act may have signed in by then. */
  readonly first: () => FirstQuery
  readonly keyPrint: number
}

/** How a wish ends: exactly one of these is called, once, unless it is given up before. */
export interface WishTold {
  given(turn: HeldTurn): void
  refused(failure: Failure): void
  /** A bug: nothing may be sent. */
  broke(error: unknown): void
}

/** Permission to send one query after the other. */
export interface HeldTurn {
  /** Aborts when the turn was taken away: what is in flight must be reset then. */
  readonly lost: AbortSignal
  /** Whether it may still be used, to be asked in the tick in which a request is written. */
  holds(): boolean
  /** One more query, as `Turn.next` says. The signal gives it up. */
  next(kind: QueryKind, signal: AbortSignal): Promise<Outcome<null>>
  /** The key was replaced meanwhile: a refusal of the old one must not close the gate. */
  keyReplaced(): void
  /** It is over: with an answer (null), a failure, or because the act was called off. */
  end(how: Failure | null | 'called off'): void
}

/** Who decides when a carrier may be asked: this program alone, or a whole team. */
export interface Turns {
  /** Why a wish can't even wait, as far as that is known now; null where it may. */
  refusal(limits: GateLimits, first: FirstQuery, keyPrint: number): Failure | null
  /** Gives back how to give it up. */
  ask(wish: Wish, told: WishTold): () => void
  state(limits: GateLimits): Pick<GateState, 'closed' | 'isSure' | 'budget' | 'team'>
  /** A new key was saved for this carrier. */
  keyChanged(origin: string): void
  tryKeyAgain(limits: GateLimits): Promise<Outcome<null>>
  /** Calls `listener` after each change that nothing here asked for, until it is called off. */
  onChange(listener: () => void): () => void
}
