import type { QueryStep } from '../../contract/state.ts'
import type { Account } from '../../domain/account.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { Answer, CarrierClient, Query } from '../carrier/client.ts'
import type { Turn } from '../gate/gate.ts'
import type { Signer } from './credentials.ts'

/** One act and its turn at the gate. */
interface Act {
  readonly signer: Signer
  readonly turn: Turn
  readonly signal: AbortSignal
}

/**
 * Looks an account up within one turn. Where there is no authKey, or the carrier refuses it (205), one sign-in comes
 * before the lookup, or before it is repeated: never more than one, so that no refusal can become a loop. The replies
 * that came are kept, one after the other.
 */
export async function askCarrier(
  { signer, turn, signal }: Act,
  {
    client,
    account,
    ...where
  }: Pick<Query, 'origin' | 'profile'> & {
    readonly client: Pick<CarrierClient, 'getTrafficInfo'>
    readonly account: Account
  },
): Promise<Answer> {
  const lookUp = (authKey: string) => {
    turn.at('carrier')
    return client.getTrafficInfo({ ...where, account, authKey, signal, at: turn.at, holds: turn.holds })
  }
  const authKey = signer.authKey()
  if (authKey === null) {
    const key = await signIn({ signer, turn, signal }, 'signing-in')
    if (!key.result.ok) return unanswered(key.result.failure, [key])
    const next = await turn.next('lookup')
    return next.ok ? lookUp(key.result.value) : unanswered(next.failure, [])
  }
  const first = await lookUp(authKey)
  const isRefused = !first.result.ok && first.result.failure.code === 'KEY_REJECTED'
  if (!isRefused || signer.signIn === null) return first

  signer.refused(authKey)
  // Said before the cool-down, too: that is a part of the wait.
  turn.at('signing-in-again')
  const mayRenew = await turn.next('sign-in')
  if (!mayRenew.ok) return unanswered(mayRenew.failure, [first])
  const key = await signIn({ signer, turn, signal }, 'signing-in-again')
  if (!key.result.ok) return unanswered(key.result.failure, [first, key])
  const mayRepeat = await turn.next('lookup')
  if (!mayRepeat.ok) return unanswered(mayRepeat.failure, [first])
  const second = await lookUp(key.result.value)
  return { result: second.result, rawReply: rawOf([first, second]) }
}

/** Signs in within a turn that began for it, and for nothing else. */
export async function signInNow(act: Act): Promise<Outcome<null>> {
  const { result } = await signIn(act, 'signing-in')
  return result.ok ? ok(null) : result
}

async function signIn({ signer, turn, signal }: Act, step: QueryStep): Promise<Answer<string>> {
  if (signer.signIn === null) return { result: fail({ code: 'KEY_MISSING' }), rawReply: null }
  turn.at(step)
  return signer.signIn({ signal, holds: turn.holds, at: now => turn.at(now === 'carrier' ? step : now) })
}

/** The act ends without figures. */
const unanswered = (failure: Failure, replies: readonly Answer<unknown>[]): Answer => ({
  result: fail(failure),
  rawReply: rawOf(replies),
})

function rawOf(replies: readonly Pick<Answer<unknown>, 'rawReply'>[]): string | null {
  const kept = replies.flatMap(({ rawReply }) => (rawReply === null ? [] : [rawReply]))
  return kept.length === 0 ? null : kept.join('\n\n')
}
