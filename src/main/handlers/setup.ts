import type { Profile } from '../../contract/profile.ts'
import type { AppState } from '../../contract/state.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { SaveFile } from '../files/save-file.ts'
import type { KeyVault } from '../keychain/key-vault.ts'
import type { KeychainVault } from '../keychain/keytar-vault.ts'
import { isSameCredential, ownerOf, teamOwnerOf, typedKeyOf } from '../profiles/owner.ts'
import type { PolicyRules } from '../profiles/policy-rules.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { asKept } from '../profiles/team-access.ts'
import type { OfferedSetup } from '../setup/offered-setup.ts'
import type { Setup } from '../setup/setup.ts'
import type { Handlers } from '../shell/ipc-guard.ts'
import type { WithProfile } from './with-profile.ts'

type Brought = Setup['profiles'][number]

/** The sealed file with which a seat is set up: made for many, and opened at each. */
export function setupHandlers({
  withProfile,
  profiles,
  rules,
  offeredSetup,
  chooseSetupFile,
  saveFile,
  vault,
  keychain,
  keysReplaced,
  takeProfiles,
  selectProfile,
}: {
  readonly withProfile: WithProfile
  readonly profiles: Pick<Profiles, 'all'>
  readonly rules: Pick<PolicyRules, 'isGiven' | 'export'>
  readonly offeredSetup: OfferedSetup
  /** Asks for a file; null where the agent called it off. */
  readonly chooseSetupFile: () => Promise<string | null>
  readonly saveFile: SaveFile
  readonly vault: Pick<KeyVault, 'save'>
  readonly keychain: Pick<KeychainVault, 'retry'>
  /** Called once a profile's secrets were replaced. */
  readonly keysReplaced: (profile: Profile) => Promise<void>
  /** Takes in profiles: all of them or none; their rules and their native dialogs hold as for any other. */
  readonly takeProfiles: (brought: readonly Profile[]) => Promise<Outcome<null>>
  readonly selectProfile: (id: string) => Promise<Outcome<AppState>> | Outcome<AppState>
}) {
  const known = (id: string) => profiles.all().find(profile => profile.id === id)

  /** Keeps the secrets under the names of the profile that they came with, whichever is chosen by now. */
  async function keepSecrets({ profile, key, teamPassword }: Brought): Promise<Failure | null> {
    keychain.retry()
    if (key !== null) {
      const saved = await vault.save(typedKeyOf(profile), key)
      if (!saved.ok) return saved.failure
    }
    if (teamPassword !== null && profile.team !== null) {
      const owner = teamOwnerOf({ server: profile.team, profileId: profile.id })
      const saved = await vault.save(owner, asKept(teamPassword))
      if (!saved.ok) return saved.failure
    }
    await keysReplaced(profile)
    return null
  }

  return {
    async chooseSetup() {
      const path = await chooseSetupFile()
      return path === null ? ok(null) : offeredSetup.offer(path)
    },
    async openSetup({ no, passphrase, replaces }): Promise<Outcome<AppState>> {
      const opened = await offeredSetup.open(no, passphrase)
      if (!opened.ok) return opened
      const { profiles: brought } = opened.value
      // The administrator's own is there already, and the file brings its secrets: but for the same carrier alone.
      const isForAnother = brought.some(({ profile }) => {
        const given = rules.isGiven(profile.id) ? known(profile.id) : undefined
        return given !== undefined && !asksAlike(given, profile)
      })
      if (isForAnother) return fail({ code: 'POLICY_REFUSED' })
      const own = brought.map(({ profile }) => profile).filter(({ id }) => !rules.isGiven(id))
      const changed = own.flatMap(profile => {
        const before = known(profile.id)
        return before === undefined || isSame(profile, before) ? [] : before.name
      })
      if (changed.length > 0 && !replaces) return fail({ code: 'SETUP_EXISTS', name: changed.join(', ') })
      const taken = await takeProfiles(own)
      if (!taken.ok) return taken
      for (const one of brought) {
        const failure = await keepSecrets(one)
        if (failure !== null) return fail(failure)
      }
      offeredSetup.forget(no)
      return selectProfile(brought[0]?.profile.id ?? '')
    },
    forgetSetup(no) {
      offeredSetup.forget(no)
      return ok(null)
    },
    makeSetup: ({ key, teamPassword, passphrase }) =>
      withProfile(async profile => {
        const refused = rules.export()
        if (refused !== null) return fail(refused)
        // The demo has no secret, and no seat needs it from a file.
        if (profile.carrier.kind === 'simulator') return fail({ code: 'IPC_REFUSED' })
        const { sealSetup } = await import('../setup/setup.ts')
        const sealed = await sealSetup([{ profile, key, teamPassword }], passphrase)
        // What no seat could open is not made.
        if (sealed === null) return fail({ code: 'KEY_MALFORMED' })
        return saveFile({ name: `${profile.name}.tdsetup`, extensions: ['tdsetup'], text: () => [sealed] })
      }),
  } satisfies Partial<Handlers>
}

/** Whether two states of a profile give the same secrets to the same places. */
const asksAlike = (a: Profile, b: Profile): boolean =>
  ownerOf(a).origin === ownerOf(b).origin &&
  a.credential.kind === b.credential.kind &&
  isSameCredential(a, b) &&
  JSON.stringify(a.team) === JSON.stringify(b.team)

const isSame = (a: Profile, b: Profile): boolean => {
  const fields = Object.keys(b) as (keyof Profile)[]
  return fields.every(field => JSON.stringify(a[field]) === JSON.stringify(b[field]))
}
