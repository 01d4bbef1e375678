import * as z from 'zod'
import type { Account } from '../domain/account.ts'
import type { ClosedReason, FailureCode, Outcome } from '../domain/failure.ts'
import type { Language } from '../domain/language.ts'
import {
  COMPARED_AT_ONCE,
  type LineDraft,
  LONGEST_LABEL,
  LONGEST_NOTE,
  LONGEST_SEARCH,
  PAGE_OF_LINES,
} from '../domain/saved-line.ts'
import type { SeriesDay } from '../domain/series.ts'
import type { GoodLookup, Lookup } from '../domain/traffic.ts'
import type { Command } from './commands.ts'
import { type LinkName, linkNames } from './links.ts'
import {
  type Profile,
  type ProfileDraft,
  profileDraftSchema,
  type Settings,
  type SettingsChange,
  settingsChangeSchema,
} from './settings.ts'

/** What is known of a profile's authKey. The key itself never crosses this contract towards the page. */
export interface KeyStatus {
  /** When it was saved, milliseconds since the epoch; null where there is none for the profile's host. */
  readonly savedAt: number | null
  /** It is in memory alone, until the program ends. */
  readonly forThisRun: boolean
}

/** A line or group the agent keeps, with the last good answer about it and the one before that. */
export interface SavedLine extends LineDraft {
  readonly id: number
  readonly last: GoodLookup | null
  readonly before: GoodLookup | null
}

/** Which saved lines are wanted: some of those that a search finds (all, where it is empty), pinned ones first. */
export interface WantedLines {
  readonly search: string
  readonly offset: number
  readonly limit: number
}

/** A part of the list of saved lines. */
export interface SavedLinesPage extends Omit<WantedLines, 'limit'> {
  /** How many are kept, and how many of them the search finds. */
  readonly total: number
  readonly found: number
  readonly lines: readonly SavedLine[]
}

/** How the program's data is; `backupAt` where a backup took its place. */
export interface StoreState {
  /** `damaged`: it was good at start, and is no longer; a restart mends what can be mended. */
  readonly kind: 'ok' | 'restored' | 'reset' | 'read-only' | 'in-memory' | 'damaged'
  readonly backupAt: number | null
}

/** What the gate is doing, for the current profile's carrier. Durations are milliseconds from now. */
export interface GateState {
  readonly inFlight: Account | null
  readonly waiting: Account | null
  readonly closed: {
    /** `in-flight`: another profile's query. */
    readonly reason: 'cool-down' | 'budget' | 'in-flight' | ClosedReason
    /** null: until somebody acts. */
    readonly opensInMs: number | null
  } | null
}

/** What the agent asked last in this run: a page that was loaded anew goes on with it. */
export interface Asked {
  readonly account: Account
  /** Milliseconds since the epoch. */
  readonly askedAt: number
}

/** All that belongs to the chosen profile. */
export interface ProfileState {
  readonly profile: Profile
  readonly key: KeyStatus
  /** The beginning of the list. */
  readonly savedLines: SavedLinesPage
  readonly gate: GateState
  readonly asked: Asked | null
}

/** The settings, and the screen's language that follows from them. */
export type SettingsState = Pick<AppState, 'settings' | 'language'>

export interface AppState {
  readonly version: string
  readonly platform: string
  /** Who asks: the name of the computer's user. */
  readonly agent: string
  readonly language: Language
  readonly settings: Settings
  readonly store: StoreState
  readonly profiles: readonly Profile[]
  /** null before the first profile exists. */
  readonly current: ProfileState | null
}

/** A line to keep, as a form or a file gives it. */
export interface LineText extends Omit<LineDraft, 'account'> {
  readonly account: string
}

export interface LookUpRequest {
  readonly account: string
  /** Ask even where an answer of the last minute is stored. */
  readonly again: boolean
  /** The profile that the page shows: a request that crossed a switch is refused, not sent to another carrier. */
  readonly profileId: string
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
  | { readonly kind: 'account'; readonly account: string }
  | { readonly kind: 'shift' }

export interface ExportedFile {
  readonly name: string
  readonly rows: number
}

/** What is stored of a carrier's reply: none came, or one came and was not kept (too large, unreadable, or erased). */
export type StoredReply =
  | { readonly kind: 'kept'; readonly text: string }
  | { readonly kind: 'none' | 'not-kept' }

/** How far long work has come that somebody waits for, in rows; null once there is none. A total of 0 is not known yet. */
export type Progress = {
  readonly task: 'export' | 'erase' | 'import'
  readonly done: number
  readonly total: number
} | null

export interface LookUpAnswer {
  readonly lookup: GoodLookup
  /** True where a result of the last minute was given instead of asking again. */
  readonly stored: boolean
  /** The kept line of its account, with this answer; null where it is not kept. */
  readonly savedLine: SavedLine | null
}

/** What is stored about an account: a lookup, if there is one, and the kept line, if it is kept. */
export interface Stored<L extends GoodLookup | Lookup> {
  readonly lookup: L | null
  readonly savedLine: SavedLine | null
}

/** One entry a method: its arguments, and what it gives on success. */
export interface Calls {
  appState(): AppState
  /** The one act that queries the carrier, and only about this account. */
  lookUp(request: LookUpRequest): LookUpAnswer
  /** What becomes, or became, of the lookup that was asked last; null where it was of another account. Sends nothing. */
  joinLookup(account: string): LookUpAnswer | null
  /** Gives up the waiting request, or else the one in flight. */
  cancelLookup(): null
  /** Lets one query through although the carrier refused the key; at most once a minute. */
  tryKeyAgain(): null
  /** The last good lookup of an account. Sends nothing. */
  storedLookup(account: string): Stored<GoodLookup>
  /** The last lookup of an account, good or failed. Sends nothing. */
  lastLookup(account: string): Stored<Lookup>
  /** All lookups of an account, newest first, good and failed. Sends nothing. */
  history(account: string): readonly Lookup[]
  /** The carrier's reply to one lookup as it came. */
  rawReply(id: number): StoredReply
  /** The daily figures of all lookups of an account, merged. */
  series(account: string): readonly SeriesDay[]
  /** Removes all lookups of the profile; saved lines, closures and the budget stay. */
  clearHistory(): null
  /** Removes a saved line and every lookup of its account. */
  forgetCustomer(account: string): null
  savedLines(wanted: WantedLines): SavedLinesPage
  savedLine(account: string): SavedLine | null
  /** What is written of those of these accounts that are kept; no more than COMPARED_AT_ONCE. */
  keptLines(accounts: readonly string[]): readonly LineDraft[]
  /** LINE_EXISTS where the account is kept already. */
  addLine(line: LineText): SavedLine
  editLine(line: Omit<LineText, 'account'> & { readonly id: number }): null
  removeLine(id: number): null
  /**
   * Adds or changes lines, all or none. They come as the JSON of a list of LineText: thousands of objects would keep the
   * main process busy, and a text is passed on to the store's thread as it is. Never queries.
   */
  importLines(json: string): null
  /** These two ask where to; null where the agent called it off, else the file's name. */
  exportLines(): string | null
  exportSettings(): string | null
  importSettings(text: string): AppState
  saveProfile(draft: ProfileDraft): AppState
  /** Makes the demo profile if there is none, and chooses it. */
  startDemo(): AppState
  selectProfile(id: string): AppState
  /** Stores the key for the current profile's host. It goes in and never comes out. */
  saveAuthKey(key: { readonly authKey: string; readonly forThisRun: boolean }): KeyStatus
  deleteAuthKey(): KeyStatus
  /** Changes some of the settings; which profile is chosen is said by choosing it. */
  changeSettings(change: SettingsChange): SettingsState
  /** Puts one item on the clipboard, and says so only once it reads back the same. */
  copy(content: ClipboardContent): null
  /** Asks where to and writes there what is stored; null where the agent called it off. Queries nobody. */
  exportLookups(which: ExportedLookups): ExportedFile | null
  /** Gives up the export that is being written; nothing of it stays behind. */
  cancelExport(): null
  /** Opens one of the program's few pages in the browser; false where the system did not take it. */
  openLink(name: LinkName): boolean
}

export interface Events {
  gate: GateState
  /** A key was saved later than the page was told. */
  key: KeyStatus
  store: StoreState
  command: Command
  progress: Progress
  /** Something went wrong that nobody had asked for: a lookup that could not be stored, a backup. */
  trouble: FailureCode
}

type Listen = {
  readonly [E in keyof Events as `on${Capitalize<E>}`]: (listener: (value: Events[E]) => void) => () => void
}

/** `window.bridge`: named methods only, each with a Result; each `on…` gives back its unsubscribe. */
export type Bridge = {
  readonly [M in keyof Calls]: (...args: Parameters<Calls[M]>) => Promise<Outcome<ReturnType<Calls[M]>>>
} & Listen

export type Method = keyof Calls

// Anything longer than an account in any spelling is refused unread.
const accountTextSchema = () => z.string().max(64)

/** What a line to keep must be. */
export const lineTextSchema = () =>
  z.strictObject({
    account: accountTextSchema(),
    label: z.string().trim().max(LONGEST_LABEL),
    note: z.string().trim().max(LONGEST_NOTE),
    pinned: z.boolean(),
  })

/** A schema for every argument list; a method without one does not compile. A function, so that the preload stays free of zod. */
export function argumentSchemas() {
  const accountText = accountTextSchema()
  const line = lineTextSchema()
  return {
    appState: z.tuple([]),
    lookUp: z.tuple([z.strictObject({ account: accountText, again: z.boolean(), profileId: z.uuid() })]),
    joinLookup: z.tuple([accountText]),
    cancelLookup: z.tuple([]),
    tryKeyAgain: z.tuple([]),
    storedLookup: z.tuple([accountText]),
    lastLookup: z.tuple([accountText]),
    history: z.tuple([accountText]),
    rawReply: z.tuple([z.int().positive()]),
    series: z.tuple([accountText]),
    clearHistory: z.tuple([]),
    forgetCustomer: z.tuple([accountText]),
    savedLines: z.tuple([
      z.strictObject({
        search: z.string().max(LONGEST_SEARCH),
        offset: z.int().min(0),
        limit: z.int().min(1).max(PAGE_OF_LINES),
      }),
    ]),
    savedLine: z.tuple([accountText]),
    keptLines: z.tuple([z.array(accountText).max(COMPARED_AT_ONCE)]),
    addLine: z.tuple([line]),
    editLine: z.tuple([line.omit({ account: true }).extend({ id: z.int().positive() })]),
    removeLine: z.tuple([z.int().positive()]),
    importLines: z.tuple([z.string().max(20_000_000)]),
    exportLines: z.tuple([]),
    exportSettings: z.tuple([]),
    importSettings: z.tuple([z.string().max(1_000_000)]),
    saveProfile: z.tuple([profileDraftSchema]),
    startDemo: z.tuple([]),
    selectProfile: z.tuple([z.uuid()]),
    saveAuthKey: z.tuple([z.strictObject({ authKey: z.string().max(10_000), forThisRun: z.boolean() })]),
    deleteAuthKey: z.tuple([]),
    changeSettings: z.tuple([settingsChangeSchema]),
    copy: z.tuple([
      z.strictObject({
        text: z.string().max(1_000_000).nullable(),
        html: z.string().max(10_000_000).nullable(),
        png: z.base64().max(8_000_000).nullable(),
      }),
    ]),
    exportLookups: z.tuple([
      z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('account'), account: accountText }),
        z.strictObject({ kind: z.literal('shift') }),
      ]),
    ]),
    cancelExport: z.tuple([]),
    openLink: z.tuple([z.enum(linkNames)]),
  } satisfies { readonly [M in Method]: z.ZodType<Parameters<Calls[M]>> }
}

export const methodNames = Object.keys({
  appState: 0,
  lookUp: 0,
  joinLookup: 0,
  cancelLookup: 0,
  tryKeyAgain: 0,
  storedLookup: 0,
  lastLookup: 0,
  history: 0,
  rawReply: 0,
  series: 0,
  clearHistory: 0,
  forgetCustomer: 0,
  savedLines: 0,
  savedLine: 0,
  keptLines: 0,
  addLine: 0,
  editLine: 0,
  removeLine: 0,
  importLines: 0,
  exportLines: 0,
  exportSettings: 0,
  importSettings: 0,
  saveProfile: 0,
  startDemo: 0,
  selectProfile: 0,
  saveAuthKey: 0,
  deleteAuthKey: 0,
  changeSettings: 0,
  copy: 0,
  exportLookups: 0,
  cancelExport: 0,
  openLink: 0,
} satisfies Record<Method, 0>) as readonly Method[]

export const eventNames = Object.keys({
  gate: 0,
  key: 0,
  store: 0,
  command: 0,
  progress: 0,
  trouble: 0,
} satisfies Record<keyof Events, 0>) as readonly (keyof Events)[]

export const channelOf = (name: Method | keyof Events): string => `bridge:${name}`
