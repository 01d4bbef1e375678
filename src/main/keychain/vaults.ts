import { ok } from '../../domain/result.ts'
import type { AuthKeyVault, KeyOwner } from './auth-key-vault.ts'
import type { MemoryVault } from './memory-vault.ts'

/**
 * The keychain, but for owners whose key is in memory for this run: the simulator's always, another's where no
 * keychain took it and the agent said so. A key that the keychain takes ends the one in memory.
 */
export function createVault({
  keychain,
  memory,
  alwaysInMemory,
}: {
  readonly keychain: AuthKeyVault
  readonly memory: MemoryVault
  readonly alwaysInMemory: (owner: KeyOwner) => boolean
}): AuthKeyVault {
  return {
    read: owner => (alwaysInMemory(owner) || memory.holds(owner) ? memory : keychain).read(owner),
    async save(owner, authKey) {
      if (alwaysInMemory(owner)) return memory.save(owner, authKey)
      const saved = await keychain.save(owner, authKey)
      if (saved.ok) await memory.delete(owner)
      return saved
    },
    async delete(owner) {
      const wasInMemory = memory.holds(owner)
      await memory.delete(owner)
      const deleted = await keychain.delete(owner)
      // A keychain that can't be used holds nothing of a key that was in memory alone.
      return deleted.ok || !wasInMemory ? deleted : ok(null)
    },
  }
}
