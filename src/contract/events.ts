import type { Account } from '../domain/account.ts'
import type { FailureCode } from '../domain/failure.ts'
import type { Command } from './commands.ts'
import type { GateState, KeyStatus, StoreState } from './state.ts'

/**
 * How far a long task has come, in rows; null if none is running. A total of 0 means that it is not known
 * yet.
 */
export type Progress = {
  readonly task: 'export' | 'erase' | 'import'
  readonly done: number
  readonly total: number
} | null

/** A setup file that waits for its passphrase; its number tells it from any other. */
export interface OfferedFile {
  readonly no: number
  readonly name: string
}

/** What the system asked the program to open. */
export type Opened =
  /** A link that names an account. It is never looked up by itself. */
  | { readonly kind: 'account'; readonly account: Account }
  /** A setup file, by its name: it waits for its passphrase. */
  | ({ readonly kind: 'setup' } & OfferedFile)
  | { readonly kind: 'unreadable' }

export interface Events {
  gate: GateState
  /** A key was saved later than the page was told. */
  key: KeyStatus
  store: StoreState
  command: Command
  /** The key for quick entry was pressed; the one account in the clipboard, null where there is none. */
  quickEntry: Account | null
  /** Something was opened, and waits to be taken. */
  opened: null
  /** A newer version was announced. */
  update: string
  /** The computer's screen was locked. */
  locked: null
  progress: Progress
  /** Something failed that the page had not asked for: storing a lookup, or a backup. */
  trouble: FailureCode
}
