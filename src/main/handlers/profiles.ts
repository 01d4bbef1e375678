import { settingsFileSchema } from '../../contract/settings.ts'
import type { AppState } from '../../contract/state.ts'
import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { SaveFile } from '../files/save-file.ts'
import type { Gate } from '../gate/gate.ts'
import type { AuthKeyVault } from '../keychain/auth-key-vault.ts'
import type { KeychainVault } from '../keychain/keytar-vault.ts'
import type { LookUp } from '../lookup/look-up.ts'
import type { AppStateReader } from '../profiles/app-state.ts'
import { ownerOf } from '../profiles/owner.ts'
import type { Profiles } from '../profiles/profiles.ts'
import type { Handlers } from '../shell/ipc-guard.ts'
import type { WithProfile } from './with-profile.ts'

/** Profiles, keys and settings. A change of profile drops what has not been sent. */
export function profileHandlers({
  withProfile,
  profiles,
  appState,
  lookUp,
  gate,
  vault,
  keyForThisRun,
  keychain,
  saveFile,
  writable,
  settingsChanged,
  retentionShortened,
}: {
  readonly withProfile: WithProfile
  readonly profiles: Profiles
  readonly appState: Pick<AppStateReader, 'state' | 'key'>
  readonly lookUp: Pick<LookUp, 'dropUnsent'>
  readonly gate: Pick<Gate<unknown>, 'keyChanged'>
  readonly vault: AuthKeyVault
  /** Where a key goes that no keychain takes: memory, until the program ends. */
  readonly keyForThisRun: Pick<AuthKeyVault, 'save'>
  readonly keychain: Pick<KeychainVault, 'retry'>
  readonly saveFile: SaveFile
  /** Resolves once the store's long work lets others write. */
  readonly writable: () => Promise<void>
  readonly settingsChanged: () => void
  /** Called after the retention was shortened: older lookups are erased for good, from the backups too. */
  readonly retentionShortened: () => void
}) {
  const shown = (done: Outcome<null>): Outcome<AppState> => (done.ok ? ok(appState.state()) : done)

  /** Changes the settings, and does what follows from them. */
  async function applied(change: () => Outcome<null> | Promise<Outcome<null>>): Promise<Outcome<null>> {
    const before = profiles.settings().retentionDays
    await writable()
    const done = await change()
    settingsChanged()
    if (done.ok && profiles.settings().retentionDays < before) retentionShortened()
    return done
  }

  return {
    appState: () => ok(appState.state()),
    async saveProfile(draft) {
      lookUp.dropUnsent()
      await writable()
      const done = await profiles.save(draft)
      // Again, for what was asked while a dialog was up.
      lookUp.dropUnsent()
      return shown(done)
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
    saveAuthKey: ({ authKey, forThisRun }) =>
      withProfile(async profile => {
        const owner = ownerOf(profile)
        // Drop the queue first: a waiting request has already read the old key and would send it.
        lookUp.dropUnsent()
        keychain.retry()
        const saved = await (forThisRun ? keyForThisRun : vault).save(owner, authKey)
        lookUp.dropUnsent()
        if (!saved.ok) return saved
        gate.keyChanged(owner.origin)
        return ok(appState.key())
      }),
    deleteAuthKey: () =>
      withProfile(async profile => {
        lookUp.dropUnsent()
        const deleted = await vault.delete(ownerOf(profile))
        lookUp.dropUnsent()
        return deleted.ok ? ok(appState.key()) : deleted
      }),
    async changeSettings(change) {
      const done = await applied(() => profiles.changeSettings(change))
      return done.ok ? ok({ settings: profiles.settings(), language: profiles.language() }) : done
    },
    exportSettings() {
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
        const taken = await profiles.importAll(file.data.profiles, file.data.settings)
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
