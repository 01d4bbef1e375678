import { ok } from '../../../domain/result.ts'
import type { KeyVault } from '../../keychain/key-vault.ts'
import type { Credentials } from '../credentials.ts'

/** Profiles whose authKey somebody typed, read from a vault. */
export const typedKeys = (vault: Pick<KeyVault, 'read'>): Pick<Credentials, 'signer'> => ({
  async signer({ owner }) {
    const key = await vault.read(owner)
    return key.ok ? ok({ authKey: () => key.value, print: 1, signIn: null, refused() {} }) : key
  },
})
