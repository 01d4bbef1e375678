import { ok } from '../../domain/result.ts'
import type { KeyOwner, KeyVault } from './key-vault.ts'
import type { MemoryVault } from './memory-vault.ts'

/**
 * Uses the keychain, except for keys that are kept in memory for this run: always the simulator's, and
 * another one if the keychain refused it and the agent agreed. Once the keychain accepts a key, the one in
 * memory is dropped.
 */
export function createVault({
  keychain,
  memory,
  alwaysInMemory,
}: {
  readonly keychain: KeyVault
  readonly memory: MemoryVault
  readonly alwaysInMemory: (owner: KeyOwner) => boolean
}): KeyVault {
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
      // The key was in memory only, so a keychain that can't be used has nothing to delete.
      return deleted.ok || !wasInMemory ? deleted : ok(null)
    },
  }
}
