import { fail, ok } from '../../shared/result.ts'
import { type AuthKeyVault, isAuthKey, type KeyOwner } from './auth-key-vault.ts'

/** Keys that live as long as the program: the simulator's own, which is no secret. */
export function createMemoryVault(): AuthKeyVault {
  const keys = new Map<string, string>()
  const nameOf = ({ profileId, origin }: KeyOwner) => `${profileId} ${origin}`
  return {
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
