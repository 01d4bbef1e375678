import { fail, ok } from '../../domain/result.ts'
import { type AuthKeyVault, isAuthKey, type KeyOwner } from './auth-key-vault.ts'

/** Keys that live as long as the program. */
export interface MemoryVault extends AuthKeyVault {
  holds(owner: KeyOwner): boolean
}

/** For the simulator's key, which is no secret, and for one that no keychain takes. */
export function createMemoryVault(): MemoryVault {
  const keys = new Map<string, string>()
  const nameOf = ({ profileId, origin }: KeyOwner) => `${profileId} ${origin}`
  return {
    holds: owner => keys.has(nameOf(owner)),
    async read(owner) {
      const key = keys.get(nameOf(owner))
      return key === undefined ? fail({ code: 'KEY_MISSING' }) : ok(key)
    },
    async save(owner, authKey) {
      if (!isAuthKey(authKey)) return fail({ code: 'KEY_MALFORMED' })
      keys.set(nameOf(owner), authKey)
      return ok(null)
    },
    async delete(owner) {
      keys.delete(nameOf(owner))
      return ok(null)
    },
  }
}
