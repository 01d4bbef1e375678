import type { Profile } from '../../contract/profile.ts'
import type { Outcome } from '../../domain/failure.ts'
import { ok } from '../../domain/result.ts'
import type { Gate } from '../gate/gate.ts'
import type { KeyVault } from '../keychain/key-vault.ts'
import type { Credentials } from '../lookup/credentials.ts'
import type { LookUp } from '../lookup/look-up.ts'
import { isSameCredential, ownerOf, teamOwnerOf, typedKeyOf } from '../profiles/owner.ts'
import type { Profiles } from '../profiles/profiles.ts'

/** Ends keys with what they were for. */
export function oldKeys({
  profiles,
  lookUp,
  vault,
  credentials,
  gate,
}: {
  readonly profiles: Pick<Profiles, 'all'>
  readonly lookUp: Pick<LookUp, 'dropUnsent'>
  readonly vault: Pick<KeyVault, 'delete'>
  readonly credentials: Pick<Credentials, 'forget'>
  readonly gate: Pick<Gate<unknown>, 'keyChanged'>
}) {
  const teamOf = ({ id, team }: Profile) =>
    team === null ? null : teamOwnerOf({ server: team, profileId: id })

  /**
   * What was obtained for a profile ends with its credential. The typed key goes too where a person chose the other kind;
   * an imported file deletes none. Under another OEM ID the OEM key stays: that may have been a slip in the ID. A team's
   * password goes with its server.
   */
  async function dropOldKeys(before: readonly Profile[], isChosen: boolean): Promise<void> {
    for (const old of before) {
      const profile = profiles.all().find(({ id }) => id === old.id)
      if (profile === undefined) continue
      const team = teamOf(old)
      if (isChosen && team !== null && team.origin !== teamOf(profile)?.origin) await vault.delete(team)
      if (isSameCredential(profile, old)) continue
      await credentials.forget(ownerOf(old))
      if (isChosen && typedKeyOf(profile).which !== typedKeyOf(old).which) await vault.delete(typedKeyOf(old))
      gate.keyChanged(ownerOf(profile).origin)
    }
  }

  async function deleteKeysOf(profile: Profile): Promise<Outcome<null>> {
    lookUp.dropUnsent()
    // What was obtained first: without it the typed key can be deleted again, but not the other way round.
    const forgotten =
      profile.credential.kind === 'oem' ? await credentials.forget(ownerOf(profile)) : ok(null)
    const deleted = await vault.delete(typedKeyOf(profile))
    lookUp.dropUnsent()
    return deleted.ok ? forgotten : deleted
  }

  return {
    dropOldKeys,
    deleteKeysOf,
    /** Every key of a profile that is to be removed, its team's password too. */
    async deleteAllOf(profile: Profile): Promise<Outcome<null>> {
      const team = teamOf(profile)
      const left = team === null ? ok(null) : await vault.delete(team)
      return left.ok ? deleteKeysOf(profile) : left
    },
  }
}
