import type { Account } from '../domain/account.ts'
import type { Outcome } from '../domain/failure.ts'
import type { Listing } from '../domain/listing.ts'
import type { AccountDraft } from '../domain/saved-account.ts'
import type { StoredDaysPage } from '../domain/stored-days.ts'
import type { GoodLookup, Lookup, StoredLookup } from '../domain/traffic.ts'
import type { Diagnosis } from './diagnosis.ts'
import type { Events, OfferedFile, Opened } from './events.ts'
import type { LinkName } from './links.ts'
import type { ProfileChange, ProfileDraft } from './profile.ts'
import type { SettingsChange } from './settings.ts'
import type {
  AppState,
  KeyStatus,
  SavedAccount,
  SavedAccountsPage,
  SettingsState,
  WantedAccounts,
} from './state.ts'

export interface LookUpRequest {
  readonly account: Account
  /** Ask even where an answer of the last minute is stored. */
  readonly again: boolean
  /** The profile that the page shows: a request that crossed a switch is refused, not sent to another carrier. */
  readonly profileId: string
}

/** What a proxy's user types. It goes in and never comes out. */
export interface ProxyLogin {
  readonly user: string
  readonly password: string
  /** In memory alone, until the program ends. */
  readonly forThisRun: boolean
}

/** One clipboard item in up to three forms; null is left out. */
export interface ClipboardContent {
  readonly text: string | null
  readonly html: string | null
  /** A PNG as base64. */
  readonly png: string | null
}

/** Which stored lookups go to a file: an account's, or the agent's own of the last hours, with masked numbers. */
export type ExportedLookups =
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'shift' }

export interface ExportedFile {
  readonly name: string
  readonly rows: number
}

/** What is stored of a carrier's reply: none came, or one came and was not kept (too large, unreadable, or erased). */
export type StoredReply =
  | { readonly kind: 'kept'; readonly text: string }
  | { readonly kind: 'none' | 'not-kept' }

/** The outcome of a query that was sent: the lookup as it is recorded, with its figures or its failure. */
export interface LookUpAnswer {
  readonly lookup: Lookup
  /** True where a result of the last minute was given instead of asking again. */
  readonly stored: boolean
  /** The kept line of its account, with this answer; null where it is not kept. */
  readonly savedAccount: SavedAccount | null
}

/** What is stored about an account: the last figures and the kept line; null where there are none. */
export interface StoredAnswer {
  readonly lookup: GoodLookup | null
  readonly savedAccount: SavedAccount | null
}

/** A lookup as it is stored, and the kept line of its account; null where it is not kept. */
export interface OpenedLookup {
  readonly lookup: StoredLookup
  readonly savedAccount: SavedAccount | null
}

/** One entry per method: its arguments, and its value on success. */
export interface Calls {
  appState(): AppState
  /**
   * The only method that queries the carrier, and only about this account. Fails if nothing was sent, or if
   * the lookup was cancelled.
   */
  lookUp(request: LookUpRequest): LookUpAnswer
  /** Waits for the outcome of the lookup that was asked last; null if it was about another account. Sends nothing. */
  joinLookup(account: Account): LookUpAnswer | null
  /** Gives up the waiting request, or else the one in flight. */
  cancelLookup(): null
  /** Lets one query through although the carrier refused the key; at most once a minute. */
  tryKeyAgain(): null
  /** The last good lookup of an account. Sends nothing. */
  storedLookup(account: Account): StoredAnswer
  /** One stored lookup, good or failed; null where it is gone. Sends nothing. */
  openLookup(id: number): OpenedLookup | null
  /** Since when the account is in the state that this lookup found it in. Sends nothing. */
  listing(lookupId: number): Listing | null
  /**
   * HISTORY_PAGE of an account's lookups, newest first, good and failed; fewer where there are no more. Sends nothing.
   *
   * @param before the last id of the page before; null for the first page
   */
  history(account: Account, before: number | null): readonly StoredLookup[]
  /** The carrier's reply to one lookup as it came. */
  rawReply(id: number): StoredReply
  /**
   * The daily figures of an account's lookups, merged, a page of lookups at a time from the newest on.
   *
   * @param before what the page before calls next; null for the first page
   */
  storedDays(account: Account, before: number | null): StoredDaysPage
  /** Removes all lookups of the profile; saved lines, closures and the budget stay. */
  clearHistory(): null
  /** Removes a saved line and every lookup of its account. */
  forgetCustomer(account: Account): null
  savedAccounts(wanted: WantedAccounts): SavedAccountsPage
  savedAccount(account: Account): SavedAccount | null
  /** The drafts of those given accounts that are saved. Takes no more than COMPARED_AT_ONCE accounts. */
  keptAccounts(accounts: readonly Account[]): readonly AccountDraft[]
  /** LINE_EXISTS where the account is kept already. */
  saveAccount(line: AccountDraft): SavedAccount
  editSavedAccount(line: Omit<AccountDraft, 'account'> & { readonly id: number }): null
  removeSavedAccount(id: number): null
  /**
   * Adds or changes saved accounts, all or none. They come as the JSON of a list of AccountDraft: thousands
   * of objects would keep the main process busy, but it passes a text on to the store's thread as it is.
   * Never queries.
   */
  importSavedAccounts(json: string): null
  /**
   * This and `exportSettings` ask where to save. They return the file's name, or null if the agent cancelled.
   */
  exportSavedAccounts(): string | null
  exportSettings(): string | null
  importSettings(text: string): AppState
  saveProfile(draft: ProfileDraft): AppState
  /** Changes fields that no dialog confirms. What waits at the gate is dropped only where it would be asked or read otherwise. */
  changeProfile(changed: { readonly id: string; readonly change: ProfileChange }): AppState
  /** Makes the demo profile if there is none, and chooses it. */
  startDemo(): AppState
  selectProfile(id: string): AppState
  /** Removes a profile with its keys, its lookups and its saved lines; then another one is chosen. */
  removeProfile(id: string): AppState
  /** Stores the key for the current profile's host. It goes in and never comes out. */
  saveAuthKey(key: { readonly authKey: string; readonly forThisRun: boolean }): KeyStatus
  /** The same for a profile that signs in. What was obtained with an older key is forgotten. */
  saveOemKey(key: { readonly oemKey: string; readonly forThisRun: boolean }): KeyStatus
  /** Deletes the current profile's key, and the authKey that was obtained with it. */
  deleteKeys(): KeyStatus
  /**
   * Keeps a login for the proxy that asked for one last, once the agent has confirmed it in a native dialog; CANCELLED
   * where they did not.
   */
  saveProxyLogin(login: ProxyLogin): null
  /** Keeps the password for the current profile's team server, or deletes it where it is empty. It never comes out again. */
  saveTeamPassword(password: string): AppState
  /** Says hello to the current profile's team server: TEAM_REFUSED or TEAM_UNREACHED where that is not how it must be. */
  testTeam(): null
  /** Obtains an authKey now: one query to the carrier, at the gate like any other. */
  signIn(): KeyStatus
  /** Changes some of the settings, but not the chosen profile: `selectProfile` does that. */
  changeSettings(change: SettingsChange): SettingsState
  /**
   * Puts one item on the clipboard, and says so only once it reads back the same.
   *
   * @param ticketOf the stored lookup whose ticket it is, which is marked as copied then; null for anything else
   */
  copy(content: ClipboardContent, ticketOf: number | null): null
  /** Asks where to save, and writes the stored lookups there; null if the agent cancelled. Queries nobody. */
  exportLookups(which: ExportedLookups): ExportedFile | null
  /** Gives up the export that is being written; nothing of it stays behind. */
  cancelExport(): null
  /** Takes what the system asked to open, once; null where nothing waits. */
  takeOpened(): Opened | null
  /** Asks for a setup file; null if the agent cancelled. */
  chooseSetup(): OfferedFile | null
  /**
   * Opens the setup file that waits: its profiles are saved, and their secrets go into the keychain. SETUP_PASSPHRASE,
   * SETUP_DAMAGED, SETUP_FOREIGN; SETUP_EXISTS where it would change a profile and `replaces` does not say so.
   */
  openSetup(opening: {
    readonly no: number
    readonly passphrase: string
    readonly replaces: boolean
  }): AppState
  forgetSetup(no: number): null
  /**
   * Seals the current profile and secrets that are typed anew into a file for other seats: no secret ever comes back out of
   * the keychain. Gives the file's name, or null if the agent cancelled.
   */
  makeSetup(setup: {
    readonly key: string | null
    readonly teamPassword: string | null
    readonly passphrase: string
  }): string | null
  /** Looks at everything between the agent and the carrier, within twenty seconds; asks the carrier nothing. */
  diagnose(): Diagnosis
  /** A text for whoever helps; what it may hold is listed field by field. */
  supportBundle(): string
  /** Asks where to save the text that was given last, and gives the file's name; null if the agent cancelled. */
  saveSupportBundle(): string | null
  /** Opens one of the program's few pages in the browser; false where the system did not take it. */
  openLink(name: LinkName): boolean
}

type Listen = {
  readonly [E in keyof Events as `on${Capitalize<E>}`]: (listener: (value: Events[E]) => void) => () => void
}

/** `window.bridge`: named methods only, each with a Result; each `on…` gives back its unsubscribe. */
export type Bridge = {
  readonly [M in keyof Calls]: (...args: Parameters<Calls[M]>) => Promise<Outcome<ReturnType<Calls[M]>>>
} & Listen

export type Method = keyof Calls
