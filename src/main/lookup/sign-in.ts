import type { Failure, Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { Gate } from '../gate/gate.ts'
import type { FindTarget } from '../profiles/query-target.ts'
import { type Acted, failureOf } from './acted.ts'
import { signInNow } from './ask-carrier.ts'
import type { Credentials } from './credentials.ts'
import type { Unsent } from './unsent.ts'

/** One sign-in for the current profile, at the gate like any other query. KEY_MISSING where it has nothing for that. */
export const createSignIn =
  ({
    findTarget,
    credentials,
    unsent,
    gate,
    onFailed,
  }: {
    readonly findTarget: FindTarget
    readonly credentials: Pick<Credentials, 'signer'>
    readonly unsent: Unsent
    readonly gate: Gate<Acted>
    readonly onFailed: (failure: Failure) => void
  }): (() => Promise<Outcome<null>>) =>
  async () => {
    const target = await unsent.orGivenUp(findTarget())
    if (target === 'given up') return fail({ code: 'CANCELLED' })
    if (target === null) return fail({ code: 'KEY_MISSING' })
    if (target.refusal !== null) return fail(target.refusal)
    const signer = await unsent.orGivenUp(credentials.signer(target))
    if (signer === 'given up') return fail({ code: 'CANCELLED' })
    if (!signer.ok) return signer
    if (signer.value.signIn === null) return fail({ code: 'KEY_MISSING' })
    const acted = await gate.run({
      key: `sign-in ${target.profile.id} ${target.owner.origin}`,
      account: null,
      profileId: target.profile.id,
      limits: target.limits,
      keyPrint: signer.value.print,
      failureOf,
      first: () => 'sign-in',
      query: async (signal, turn) =>
        ok({ signedIn: await signInNow({ signer: signer.value, turn, signal }) }),
    })
    if (!acted.ok) return acted
    if (!('signedIn' in acted.value)) return fail({ code: 'INTERNAL' })
    const { signedIn } = acted.value
    if (!signedIn.ok) onFailed(signedIn.failure)
    return signedIn
  }
