import type { LookUpAnswer } from '../../contract/bridge.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'

/** The result of a query that was sent, or a stored answer of the last minute. */
export type Answered = Omit<LookUpAnswer, 'savedAccount'>

/** What came of one turn at the gate: a lookup, or a sign-in that somebody asked for. */
export type Acted = Answered | { readonly signedIn: Outcome<null> }

/** What the gate judges the turn by. */
export function failureOf(acted: Acted): Failure | null {
  const { result } = 'signedIn' in acted ? { result: acted.signedIn } : acted.lookup
  return result.ok ? null : result.failure
}
