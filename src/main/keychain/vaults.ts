import type { AuthKeyVault, KeyOwner } from './auth-key-vault.ts'

/** Sends each owner's keys to one vault or another. */
export function routeVault(choose: (owner: KeyOwner) => AuthKeyVault): AuthKeyVault {
  return {
    read: owner => choose(owner).read(owner),
    save: (owner, authKey) => choose(owner).save(owner, authKey),
    delete: owner => choose(owner).delete(owner),
  }
}
