import type { GateState } from '../../../contract/state.ts'
import type { Failure } from '../../../domain/failure.ts'
import type { Clock } from '../../clock.ts'
import type { FirstQuery } from '../turns.ts'
import type { Answer, Hello } from './answers.ts'
import { elapsedSince, type Stamp } from './lease.ts'

/** A refusal of the server's, as the program says it. */
export const refusalOf = (answer: Extract<Answer, { is: 'closed' | 'budget' }>): Failure =>
  answer.is === 'closed'
    ? { code: 'GATE_CLOSED', reason: answer.reason, opensInMs: answer.opens_ms }
    : { code: answer.kind === 'lookup' ? 'BUDGET_SPENT' : 'SIGN_IN_REPEATED', opensInMs: answer.opens_ms }

/** What a hello said against asking, as far as it still stands. */
export function closedNow(
  { hello, at }: { readonly hello: Hello; readonly at: Stamp },
  first: FirstQuery,
  clock: Pick<Clock, 'monotonic' | 'now'>,
): Failure | null {
  const gone = elapsedSince(at, clock)
  // Who only signs in needs no lookup of the hour.
  const budget = first === 'sign-in-alone' ? null : hello.over_budget
  for (const closed of [hello.closed, budget]) {
    if (closed === null) continue
    if (closed.opens_ms === null) return refusalOf(closed)
    if (closed.opens_ms > gone) return refusalOf({ ...closed, opens_ms: closed.opens_ms - gone })
  }
  return null
}

/** The same for the screen, with the cool-down. */
export function stateClosed(
  known: { readonly hello: Hello; readonly at: Stamp },
  clock: Pick<Clock, 'monotonic' | 'now'>,
): GateState['closed'] {
  const failure = closedNow(known, 'lookup', clock)
  if (failure?.code === 'GATE_CLOSED') return { reason: failure.reason, opensInMs: failure.opensInMs }
  if (failure?.code === 'BUDGET_SPENT') return { reason: 'budget', opensInMs: failure.opensInMs }
  const opensInMs = known.hello.opens_ms - elapsedSince(known.at, clock)
  return opensInMs > 0 ? { reason: 'cool-down', opensInMs } : null
}
