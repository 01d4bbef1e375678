import type { Credential } from '../../contract/profile.ts'
import { settingsFileSchema } from '../../contract/settings.ts'
import type { AppState } from '../../contract/state.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { SaveFile } from '../files/save-file.ts'
import type { Gate } from '../gate/gate.ts'
import type { KeyVault } from '../keychain/key-vault.ts'
import type { KeychainVault } from '../keychain/keytar-vault.ts'
import type { Credentials } from '../lookup/credentials.ts'
import type { LookUp } from '../lookup/look-up.ts'
import type { AppStateReader } from '../profiles/app-state.ts'
import { ownerOf, typedKeyOf } from '../profiles/owner.ts'
import type { PolicyRules } from '../profiles/policy-rules.ts'
import { isOnlySaid, type Profiles } from '../profiles/profiles.ts'
import type { ProxyLogins } from '../profiles/proxy-logins.ts'
import type { Handlers } from '../shell/ipc-guard.ts'
import type { Erasure } from '../store/erasure.ts'
import type { SavedAccounts } from '../store/saved-accounts.ts'
import { written } from '../store/written.ts'
import { oldKeys } from './old-keys.ts'
import type { WithProfile } from './with-profile.ts'

/** Profiles, keys and settings. A change of profile drops what has not been sent. */
export function profileHandlers({
  withProfile,
  profiles,
  appState,
  lookUp,
  signIn,
  gate,
  vault,
  credentials,
  proxyLogins,
  keyForThisRun,
  keychain,
  saveFile,
  savedAccounts,
  erase,
  writable,
  settingsChanged,
  quickEntry,
  profileChanged,
  retentionShortened,
  rules,
}: {
  readonly withProfile: WithProfile
  readonly profiles: Profiles
  readonly appState: Pick<AppStateReader, 'state' | 'key'>
  readonly lookUp: Pick<LookUp, 'dropUnsent' | 'erased' | 'stop'>
  readonly signIn: () => Promise<Outcome<null>>
  readonly gate: Pick<Gate<unknown>, 'keyChanged'>
  readonly vault: KeyVault
  readonly credentials: Pick<Credentials, 'forget'>
  readonly proxyLogins: Pick<ProxyLogins, 'save'>
  /** Where a key goes that no keychain takes: memory, until the program ends. */
  readonly keyForThisRun: Pick<KeyVault, 'save'>
  readonly keychain: Pick<KeychainVault, 'retry'>
  readonly saveFile: SaveFile
  readonly savedAccounts: Pick<SavedAccounts, 'removeAll'>
  readonly erase: (erasure: Erasure) => Promise<Outcome<null>>
  /** Resolves once the store's long work lets others write. */
  readonly writable: () => Promise<void>
  readonly settingsChanged: () => void
  readonly quickEntry: () => AppState['quickEntry']
  /** Called after another profile was chosen, or one was changed. */
  readonly profileChanged: () => void
  /** Called after the retention was shortened: older lookups are erased for good, from the backups too. */
  readonly retentionShortened: () => void
  readonly rules: Pick<PolicyRules, 'export' | 'isGiven'>
}) {
  const shown = (done: Outcome<null>): Outcome<AppState> => {
    profileChanged()
    return done.ok ? ok(appState.state()) : done
  }

  /** Changes the settings, and does what follows from them. */
  async function applied(change: () => Outcome<null> | Promise<Outcome<null>>): Promise<Outcome<null>> {
    const before = profiles.settings().retentionDays
    await writable()
    const done = await change()
    settingsChanged()
    if (done.ok && profiles.settings().retentionDays < before) retentionShortened()
    return done
  }

  /** Keeps a key that was typed for the current profile, if that is the kind of key which it asks with. */
  const saveKey = (kind: Credential['kind'], key: string, forThisRun: boolean) =>
    withProfile(async profile => {
      if (profile.credential.kind !== kind) return fail<Failure>({ code: 'IPC_REFUSED' })
      const owner = typedKeyOf(profile)
      // Drop the queue first: a waiting request has already read the old key and would send it.
      lookUp.dropUnsent()
      keychain.retry()
      const saved = await (forThisRun ? keyForThisRun : vault).save(owner, key)
      lookUp.dropUnsent()
      if (!saved.ok) return saved
      if (kind === 'oem') await credentials.forget(ownerOf(profile))
      gate.keyChanged(owner.origin)
      return ok(appState.key())
    })

  const { dropOldKeys, deleteKeysOf, deleteAllOf } = oldKeys({ profiles, lookUp, vault, credentials, gate })

  return {
    appState: () => ok(appState.state()),
    async saveProfile(draft) {
      lookUp.dropUnsent()
      await writable()
      const before = profiles.all()
      const done = await profiles.save(draft)
      if (done.ok) await dropOldKeys(before, true)
      // Again, for what was asked while a dialog was up.
      lookUp.dropUnsent()
      return shown(done)
    },
    async changeProfile({ id, change }) {
      // What only names things, or says them to a customer, is no reason to take back a question.
      if (!isOnlySaid(change)) lookUp.dropUnsent()
      await writable()
      return shown(profiles.change(id, change))
    },
    async startDemo() {
      lookUp.dropUnsent()
      await writable()
      return shown(profiles.startDemo())
    },
    async selectProfile(id) {
      lookUp.dropUnsent()
      await writable()
      return shown(profiles.select(id))
    },
    async removeProfile(id) {
      const profile = profiles.all().find(known => known.id === id)
      if (profile === undefined) return fail({ code: 'IPC_REFUSED' })
      if (rules.isGiven(id)) return fail({ code: 'POLICY_REFUSED' })
      lookUp.erased(id, null)
      lookUp.stop()
      await writable()
      // The keys first: a profile that is gone can't ask for their deletion again.
      const deleted = await deleteAllOf(profile)
      if (!deleted.ok) return deleted
      const erased = await erase({ kind: 'clear', profileId: id })
      if (!erased.ok) return erased
      const emptied = written(savedAccounts.removeAll(id) === 'done')
      return emptied.ok ? shown(profiles.remove(id)) : emptied
    },
    saveAuthKey: ({ authKey, forThisRun }) => saveKey('manual', authKey, forThisRun),
    saveOemKey: ({ oemKey, forThisRun }) => saveKey('oem', oemKey, forThisRun),
    deleteKeys: () =>
      withProfile(async profile => {
        const deleted = await deleteKeysOf(profile)
        return deleted.ok ? ok(appState.key()) : deleted
      }),
    async saveProxyLogin(login) {
      keychain.retry()
      return proxyLogins.save(login)
    },
    signIn: () =>
      withProfile(async () => {
        const done = await signIn()
        return done.ok ? ok(appState.key()) : done
      }),
    async changeSettings(change) {
      const done = await applied(() => profiles.changeSettings(change))
      return done.ok
        ? ok({ settings: profiles.settings(), language: profiles.language(), quickEntry: quickEntry() })
        : done
    },
    exportSettings() {
      const refused = rules.export()
      if (refused !== null) return fail(refused)
      const { profileId: _chosen, ...settings } = profiles.settings()
      const file = settingsFileSchema.parse({ program: 'traffic-desk', settings, profiles: profiles.all() })
      return saveFile({
        name: 'traffic-desk settings.json',
        extensions: ['json'],
        text: () => [`${JSON.stringify(file, null, 2)}\n`],
      })
    },
    async importSettings(text) {
      const file = settingsFileSchema.safeParse(readJson(text))
      if (!file.success) return fail({ code: 'FILE_UNREADABLE' })
      lookUp.dropUnsent()
      const done = await applied(async () => {
        const before = profiles.all()
        const taken = await profiles.importAll(file.data.profiles, file.data.settings)
        await dropOldKeys(before, false)
        lookUp.dropUnsent()
        return taken
      })
      return shown(done)
    },
  } satisfies Partial<Handlers>
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
