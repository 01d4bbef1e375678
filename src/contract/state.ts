import type { Account } from '../domain/account.ts'
import type { ClosedReason, TeamReason } from '../domain/failure.ts'
import type { Language } from '../domain/language.ts'
import type { LookupSummary } from '../domain/lookup-summary.ts'
import type { AccountDraft, SavedOrder } from '../domain/saved-account.ts'
import type { GoodLookup } from '../domain/traffic.ts'
import type { PolicyState } from './policy.ts'
import type { Profile } from './profile.ts'
import type { Settings } from './settings.ts'

/**
 * What is known of the key that was typed for a profile: its authKey, or its OEM key. No key ever crosses this contract
 * towards the page.
 */
export interface KeyStatus {
  /** When it was saved, milliseconds since the epoch; null where there is none for the profile's host. */
  readonly savedAt: number | null
  /** It is in memory alone, until the program ends. */
  readonly forThisRun: boolean
  /** When the authKey in use was obtained with it, milliseconds since the epoch; null where none is. */
  readonly signedInAt: number | null
}

/** A line or group the agent keeps, with the last good answer about it and the one before that. */
export interface SavedAccount extends AccountDraft {
  readonly id: number
  readonly last: GoodLookup | null
  readonly before: GoodLookup | null
}

/** Which saved lines are wanted: some of those that a search finds (all, where it is empty), pinned ones first. */
export interface WantedAccounts {
  readonly search: string
  readonly order: SavedOrder
  readonly offset: number
  readonly limit: number
}

/** A part of the list of saved lines. */
export interface SavedAccountsPage extends Omit<WantedAccounts, 'limit'> {
  /** How many are kept, and how many of them the search finds. */
  readonly total: number
  readonly found: number
  readonly lines: readonly SavedAccount[]
}

/** One of the agent's own lookups of the day. */
export interface RecentLookup extends LookupSummary {
  readonly id: number
  /** Its ticket was copied. */
  readonly copied: boolean
}

/** The state of the program's data. `backupAt` is set if a backup took the data's place. */
export interface StoreState {
  /** `damaged`: the data was good at the start but is damaged now; a restart repairs what it can. */
  readonly kind: 'ok' | 'restored' | 'reset' | 'read-only' | 'in-memory' | 'damaged'
  readonly backupAt: number | null
}

/**
 * What an act waits for: the system's list of certificate authorities, the carrier's answer, or a new authKey,
 * which is had before a lookup or after the carrier refused the old one.
 */
export type QueryStep = 'authorities' | 'carrier' | 'signing-in' | 'signing-in-again'

/** What the gate is doing, for the current profile's carrier. Durations are milliseconds from now. */
export interface GateState {
  readonly inFlight: Account | null
  /** Where the act in flight stands; null where there is none. An act that only signs in is about no account. */
  readonly step: QueryStep | null
  readonly waiting: Account | null
  readonly closed: {
    /** `in-flight`: another profile's query. */
    readonly reason: 'cool-down' | 'budget' | 'in-flight' | ClosedReason
    /** null if it stays closed until somebody acts. */
    readonly opensInMs: number | null
  } | null
  /** False while the gate can't tell whether a query of somebody else is in flight. */
  readonly isSure: boolean
  /** Lookups that may still be sent within the hour, of how many; null where there is no budget. */
  readonly budget: { readonly left: number; readonly of: number } | null
  /** How things stand with the team's server; absent for a profile that has none. */
  readonly team?: TeamState
}

/** One gate for all desks of an operator, as this desk knows it. */
export interface TeamState {
  /** `away`: not heard of for a moment. `alone`: it stays away, and this desk asks in its own slot. */
  readonly mode: 'starting' | 'team' | 'away' | 'alone' | 'refused'
  /** Since when it is so, milliseconds ago. */
  readonly forMs: number
  /** What has to be mended; null where nothing has. */
  readonly reason: TeamReason | null
  /** For the waiting question: how many are before it, about how long that takes, and whose turn it is. */
  readonly line: {
    readonly ahead: number
    readonly etaMs: number
    readonly holder: string | null
    readonly why: 'turn' | 'guest' | 'line' | 'settling' | 'cool-down'
  } | null
  /** Alone: until this desk's next slot; null where it has none. */
  readonly nextInMs: number | null
  /** It was alone until a moment ago. */
  readonly isBack: boolean
}

/** What the agent asked last in this run, so that a reloaded page can go on with it. */
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
  readonly savedAccounts: SavedAccountsPage
  /** The agent's own lookups of the day, newest first. */
  readonly today: readonly RecentLookup[]
  readonly gate: GateState
  readonly asked: Asked | null
  /** When the password for the team's server was saved, milliseconds since the epoch; null where none is. */
  readonly teamPasswordAt: number | null
}

/** The settings, and the screen's language that follows from them. */
export type SettingsState = Pick<AppState, 'settings' | 'language' | 'quickEntry'>

export interface AppState {
  readonly version: string
  readonly platform: string
  /** Who asks: the name that the agent chose, or else that of the computer's user. */
  readonly agent: string
  /** Whether the key for quick entry works, or another program has it. */
  readonly quickEntry: 'off' | 'on' | 'taken'
  readonly language: Language
  readonly settings: Settings
  readonly store: StoreState
  readonly policy: PolicyState
  /** A newer version that was announced; null where none was. */
  readonly update: string | null
  readonly profiles: readonly Profile[]
  /** null before the first profile exists. */
  readonly current: ProfileState | null
}
