import { fail, ok } from '../../domain/result.ts'
import { isKey, type KeyOwner, type KeyVault, slotOf } from './key-vault.ts'

/** Keys that live as long as the program. */
export interface MemoryVault extends KeyVault {
  holds(owner: KeyOwner): boolean
}

/** For the simulator's key, which is no secret, and for one that no keychain takes. */
export function createMemoryVault(): MemoryVault {
  const keys = new Map<string, string>()
  return {
    holds: owner => keys.has(slotOf(owner)),
    async read(owner) {
      const key = keys.get(slotOf(owner))
      return key === undefined ? fail({ code: 'KEY_MISSING' }) : ok(key)
    },
    async save(owner, key) {
      if (!isKey(key)) return fail({ code: 'KEY_MALFORMED' })
      keys.set(slotOf(owner), key)
      return ok(null)
    },
    async delete(owner) {
      keys.delete(slotOf(owner))
      return ok(null)
    },
  }
}
