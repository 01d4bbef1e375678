import type { Failure, FailureCode } from '../../../domain/failure.ts'

/** Nothing is wrong: the program waits, and says for how long. */
export const WAITS: ReadonlySet<FailureCode> = new Set([
  'RATE_LIMITED',
  'GATE_CLOSED',
  'BUDGET_SPENT',
  'SIGN_IN_REPEATED',
  'SUPERSEDED',
  'TURN_LOST',
  'TEAM_AWAY',
  'CANCELLED',
])

/** What a look at the way to the carrier may explain. */
export const MAY_BE_THE_WAY: ReadonlySet<FailureCode> = new Set([
  'OFFLINE',
  'UNREACHABLE',
  'TIMEOUT',
  'TLS',
  'PROXY',
  'PROXY_LOGIN',
  'PROXY_SCHEME',
  'TEAM_AWAY',
  'TEAM_REFUSED',
])

export type Action = 'correct' | 'again' | 'settings' | 'key' | 'copy' | 'close'

/** The one thing each card offers to do. */
const actions: Readonly<Record<FailureCode, Action>> = {
  ACCOUNT_REFUSED: 'correct',
  PARAMETER_REFUSED: 'settings',
  KEY_REJECTED: 'key',
  GROUP_NOT_FOUND: 'correct',
  ACCOUNT_NOT_FOUND: 'correct',
  ACCOUNT_STATUS: 'correct',
  NUMBER_REFUSED: 'correct',
  UNKNOWN_RESULT: 'again',
  SIGN_IN_REFUSED: 'key',
  SIGN_IN_REPEATED: 'again',
  KEY_MISSING: 'key',
  KEYCHAIN_UNAVAILABLE: 'again',
  KEYCHAIN_TIMEOUT: 'again',
  KEYCHAIN_LOCKED: 'again',
  KEYCHAIN_DENIED: 'again',
  KEYCHAIN_FULL: 'settings',
  KEYCHAIN_MODULE: 'settings',
  KEYCHAIN_OFF: 'again',
  KEY_GONE: 'key',
  KEY_NOT_SAVED: 'key',
  KEY_MALFORMED: 'key',
  OFFLINE: 'settings',
  UNREACHABLE: 'again',
  TIMEOUT: 'again',
  AUTHORITIES_TIMEOUT: 'again',
  TLS: 'settings',
  PROXY: 'settings',
  PROXY_LOGIN: 'again',
  PROXY_SCHEME: 'settings',
  SERVER: 'again',
  RATE_LIMITED: 'again',
  REDIRECT: 'settings',
  TOO_LARGE: 'again',
  HOST_REFUSED: 'settings',
  POLICY_REFUSED: 'close',
  POLICY_INVALID: 'close',
  BAD_REPLY: 'again',
  GATE_CLOSED: 'key',
  BUDGET_SPENT: 'again',
  SUPERSEDED: 'again',
  TURN_LOST: 'again',
  TEAM_AWAY: 'again',
  TEAM_REFUSED: 'settings',
  TEAM_UNREACHED: 'settings',
  CANCELLED: 'again',
  STORE_READ_ONLY: 'close',
  STORE_RESTORED: 'close',
  BACKUP_FAILED: 'close',
  CA_FILE: 'settings',
  CLIPBOARD_BUSY: 'copy',
  LINE_EXISTS: 'close',
  FILE_NOT_WRITTEN: 'close',
  FILE_UNREADABLE: 'close',
  SETUP_PASSPHRASE: 'close',
  SETUP_DAMAGED: 'close',
  SETUP_FOREIGN: 'close',
  SETUP_EXISTS: 'close',
  IPC_REFUSED: 'close',
  INTERNAL: 'again',
}

/** A key opens a gate that a rejected key closed; only waiting opens one that a rate limit closed. */
export const actionOf = (failure: Failure): Action =>
  failure.code === 'GATE_CLOSED' && failure.reason === 'rate-limited' ? 'again' : actions[failure.code]
