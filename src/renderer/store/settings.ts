import type { Bridge, ProxyLogin } from '../../contract/bridge.ts'
import type { LinkName } from '../../contract/links.ts'
import type { ProfileChange, ProfileDraft } from '../../contract/profile.ts'
import type { SettingsChange } from '../../contract/settings.ts'
import type { AppState, KeyStatus } from '../../contract/state.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'
import type { LookupSlice } from './lookup.ts'
import type { NoticesSlice } from './notices.ts'
import type { RecentsSlice } from './recents.ts'
import { NO_ACCOUNTS, type SavedAccountsSlice } from './saved-accounts.ts'
import type { SessionSlice } from './session.ts'
import type { Slice } from './slice.ts'

type Needs = Pick<SessionSlice, 'app' | 'appChanged' | 'currentChanged'> &
  Pick<LookupSlice, 'clearView'> &
  Pick<RecentsSlice, 'recentsChanged'> &
  Pick<SavedAccountsSlice, 'listChanged'> &
  Pick<NoticesSlice, 'notices' | 'notify' | 'tell'>

/** Which sheet lies over the window; `key` is the settings with the key field in focus. */
export type Sheet = 'settings' | 'key' | 'new-profile' | 'first-run' | null

export interface SettingsSlice {
  readonly sheet: Sheet
  openSheet(sheet: Sheet): void
  /** Takes in the whole state that an act gave; gives its failure, or null. */
  stateGiven(outcome: Outcome<AppState>): Failure | null
  /** Gives the failure, which is also told, or null when it worked. */
  changeSettings(change: SettingsChange): Promise<Failure | null>
  /** Each gives the failure to show beside its form, or null when it worked. */
  saveProfile(draft: ProfileDraft): Promise<Failure | null>
  /** Changes fields of a profile that no dialog confirms. */
  changeProfile(id: string, change: ProfileChange): Promise<Failure | null>
  startDemo(): Promise<Failure | null>
  selectProfile(id: string): Promise<Failure | null>
  removeProfile(id: string): Promise<Failure | null>
  /**
   * Saves the key that a person typed for the current profile, whichever it asks with. `forThisRun` keeps it in memory
   * alone, where no keychain takes it.
   */
  saveKey(key: string, forThisRun: boolean): Promise<Failure | null>
  deleteKeys(): Promise<Failure | null>
  /** Keeps the password for the current profile's team server. */
  saveTeamPassword(password: string): Promise<Failure | null>
  /** Connects to the team server, and asks no carrier. */
  testTeam(): Promise<Failure | null>
  /** One query: obtains an authKey now. */
  signIn(): Promise<Failure | null>
  /** Saves a login for the proxy that asked for one last; a native dialog confirms it. */
  saveProxyLogin(login: ProxyLogin): Promise<Failure | null>
  exportSettings(): Promise<Failure | null>
  importSettings(text: string): Promise<Failure | null>
  /** Opens a page of the program's list in the browser. */
  openLink(name: LinkName): Promise<void>
}

export const createSettingsSlice =
  (bridge: Bridge): Slice<SettingsSlice, Needs> =>
  (set, get) => {
    const applied = (outcome: Outcome<AppState>): Failure | null => {
      if (!outcome.ok) return outcome.failure
      const isOther = outcome.value.current?.profile.id !== get().app.current?.profile.id
      get().appChanged(outcome.value)
      get().recentsChanged(outcome.value.current?.today ?? [])
      // Nothing of the last profile stays: no figure, no search, no offer to bring a line back.
      if (isOther) {
        get().clearView()
        get().listChanged(outcome.value.current?.savedAccounts ?? NO_ACCOUNTS)
        set({ notices: [] })
      }
      return null
    }
    const keyed = (outcome: Outcome<KeyStatus>): Failure | null => {
      if (!outcome.ok) return outcome.failure
      get().currentChanged({ key: outcome.value })
      return null
    }
    // Changes that have been sent and not answered yet, in order: an answer to one must not take back the next.
    let sent: readonly SettingsChange[] = []
    return {
      sheet: null,
      stateGiven: applied,
      openSheet(sheet) {
        set({ sheet })
      },
      async changeSettings(change) {
        // Show the change at once, before the main process has saved it.
        const { app } = get()
        set({ app: { ...app, settings: Object.assign({}, app.settings, change) } })
        sent = [...sent, change]
        const outcome = await bridge.changeSettings(change)
        sent = sent.filter(other => other !== change)
        if (!outcome.ok) {
          get().tell(outcome.failure)
          applied(await bridge.appState())
          return outcome.failure
        }
        const { settings, language, quickEntry } = outcome.value
        set(state => ({
          app: { ...state.app, language, quickEntry, settings: Object.assign({}, settings, ...sent) },
        }))
        // Another name is another agent, with a day of their own.
        if (change.agentName !== undefined) applied(await bridge.appState())
        return null
      },
      saveProfile: async draft => applied(await bridge.saveProfile(draft)),
      changeProfile: async (id, change) => applied(await bridge.changeProfile({ id, change })),
      startDemo: async () => applied(await bridge.startDemo()),
      removeProfile: async id => applied(await bridge.removeProfile(id)),
      selectProfile: async id => applied(await bridge.selectProfile(id)),
      saveKey: async (key, forThisRun) =>
        keyed(
          get().app.current?.profile.credential.kind === 'oem'
            ? await bridge.saveOemKey({ oemKey: key, forThisRun })
            : await bridge.saveAuthKey({ authKey: key, forThisRun }),
        ),
      deleteKeys: async () => keyed(await bridge.deleteKeys()),
      saveTeamPassword: async password => applied(await bridge.saveTeamPassword(password)),
      async testTeam() {
        const outcome = await bridge.testTeam()
        return outcome.ok ? null : outcome.failure
      },
      signIn: async () => keyed(await bridge.signIn()),
      async saveProxyLogin(login) {
        const outcome = await bridge.saveProxyLogin(login)
        return outcome.ok ? null : outcome.failure
      },
      async exportSettings() {
        const outcome = await bridge.exportSettings()
        if (!outcome.ok) return outcome.failure
        if (outcome.value !== null) get().notify({ kind: 'exported', file: outcome.value })
        return null
      },
      async openLink(name) {
        await bridge.openLink(name)
      },
      async importSettings(text) {
        const failure = applied(await bridge.importSettings(text))
        // A part may have been imported before the rest was refused, so read the state again.
        if (failure !== null) applied(await bridge.appState())
        return failure
      },
    }
  }
