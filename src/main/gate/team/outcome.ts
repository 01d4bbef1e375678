import type { Failure } from '../../../domain/failure.ts'

/** What the carrier said against a key or everybody. */
export interface Met {
  readonly outcome: 'rate-limited' | 'key-rejected' | 'sign-in-refused'
  readonly opensInMs: number | null
  readonly key: number
}

/** What the server is told of a turn's end. */
export function outcomeOf(
  how: Failure | null | 'called off',
  { isWritten, isKeyReplaced }: { readonly isWritten: boolean; readonly isKeyReplaced: boolean },
): string {
  if (how === null) return 'answered'
  if (how === 'called off') return isWritten ? 'cancelled' : 'unsent'
  if (how.code === 'KEY_REJECTED') return isKeyReplaced ? 'failed' : 'key-rejected'
  if (how.code === 'SIGN_IN_REFUSED') return isKeyReplaced ? 'failed' : 'sign-in-refused'
  if (how.code === 'RATE_LIMITED') return 'rate-limited'
  // Any other word of the carrier shows that it answers again.
  if ('carrier' in how) return 'answered'
  return isWritten ? 'failed' : 'unsent'
}

export function metOf(outcome: string, how: Failure | null | 'called off', key: number): Met | null {
  if (outcome !== 'rate-limited' && outcome !== 'key-rejected' && outcome !== 'sign-in-refused') return null
  const opensInMs = how !== null && how !== 'called off' && how.code === 'RATE_LIMITED' ? how.opensInMs : null
  return { outcome, opensInMs: opensInMs === null ? null : Math.ceil(opensInMs), key }
}
