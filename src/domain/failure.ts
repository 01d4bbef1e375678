import type { Result } from './result.ts'

/** What the carrier said of a request, as text: its codes come as numbers or strings. */
export interface CarrierAnswer {
  readonly resultCode: string
  readonly statusCode: string | null
  readonly message: string | null
}

/** The carrier's result codes other than 100, as PA05-01 lists them. */
export const refusals = {
  '201': 'ACCOUNT_REFUSED',
  '204': 'PARAMETER_REFUSED',
  '205': 'KEY_REJECTED',
  '323': 'GROUP_NOT_FOUND',
  '210': 'ACCOUNT_NOT_FOUND',
  '211': 'ACCOUNT_STATUS',
  '240': 'NUMBER_REFUSED',
} as const

export type Refusal = (typeof refusals)[keyof typeof refusals]

/** Failure codes that carry no further details. */
export type PlainCode =
  | 'KEY_MISSING'
  | 'KEYCHAIN_UNAVAILABLE'
  | 'KEYCHAIN_TIMEOUT'
  | 'KEYCHAIN_LOCKED'
  | 'KEYCHAIN_DENIED'
  | 'KEYCHAIN_FULL'
  | 'KEYCHAIN_MODULE'
  | 'KEYCHAIN_OFF'
  | 'KEY_GONE'
  | 'KEY_NOT_SAVED'
  | 'KEY_MALFORMED'
  | 'OFFLINE'
  | 'UNREACHABLE'
  | 'TIMEOUT'
  | 'AUTHORITIES_TIMEOUT'
  | 'TOO_LARGE'
  | 'HOST_REFUSED'
  | 'POLICY_REFUSED'
  | 'SUPERSEDED'
  | 'TURN_LOST'
  | 'TEAM_AWAY'
  | 'CANCELLED'
  | 'STORE_READ_ONLY'
  | 'STORE_RESTORED'
  | 'BACKUP_FAILED'
  | 'CA_FILE'
  | 'CLIPBOARD_BUSY'
  | 'LINE_EXISTS'
  | 'FILE_NOT_WRITTEN'
  | 'FILE_UNREADABLE'
  | 'SETUP_PASSPHRASE'
  | 'SETUP_DAMAGED'
  | 'SETUP_FOREIGN'
  | 'IPC_REFUSED'
  | 'INTERNAL'

/** Why a certificate or handshake was not accepted. */
export type TlsReason =
  | 'expired'
  | 'not-yet-valid'
  | 'untrusted'
  | 'weak'
  | 'wrong-host'
  | 'handshake'
  | 'ca-file'

/** What the gate waits for before it lets a query through. */
export type ClosedReason = 'rate-limited' | 'key-rejected' | 'sign-in-refused'

/** Why a team server can't be used until somebody mends it. */
export type TeamReason =
  | 'password-missing'
  | 'keychain'
  | 'login'
  | 'database'
  | 'tls'
  | 'not-set-up'
  | 'protocol'
  | 'carrier'
  | 'refused'

/** Why a team server does not answer for now. */
export type TeamAway = 'name' | 'port' | 'silent' | 'full' | 'ended'

/** Every expected failure: a stable code and what is known of it. Words for each live in the i18n files. */
export type Failure =
  | { readonly code: PlainCode }
  | { readonly code: Refusal | 'UNKNOWN_RESULT' | 'SIGN_IN_REFUSED'; readonly carrier: CarrierAnswer }
  | { readonly code: 'TLS'; readonly reason: TlsReason }
  | { readonly code: 'PROXY' | 'SERVER' | 'REDIRECT' | 'BAD_REPLY'; readonly httpStatus: number | null }
  /** The proxy (its address) asks for a user name and a password; `wrong` where it did not take those that are kept. */
  | { readonly code: 'PROXY_LOGIN'; readonly proxy: string; readonly wrong: boolean }
  /** The proxy asks in ways alone that the program does not speak; their names. */
  | { readonly code: 'PROXY_SCHEME'; readonly schemes: readonly string[] }
  | { readonly code: 'RATE_LIMITED'; readonly opensInMs: number }
  /** The team server answers, but not as it must: nothing is asked until somebody mends it. */
  | { readonly code: 'TEAM_REFUSED'; readonly reason: TeamReason }
  /** What the administrator set can't be read, under these names; none for all of it. */
  | { readonly code: 'POLICY_INVALID'; readonly keys: readonly string[] }
  /** A setup file would change these profiles; their names. */
  | { readonly code: 'SETUP_EXISTS'; readonly name: string }
  /** It was tried by hand, and did not answer. */
  | { readonly code: 'TEAM_UNREACHED'; readonly why: TeamAway }
  | { readonly code: 'GATE_CLOSED'; readonly reason: ClosedReason; readonly opensInMs: number | null }
  | { readonly code: 'BUDGET_SPENT' | 'SIGN_IN_REPEATED'; readonly opensInMs: number }

export type FailureCode = Failure['code']

/** The result of an act that can fail in the ways above. */
export type Outcome<T> = Result<T, Failure>

/** Every code once; the compiler checks that none is missing. */
export const failureCodes = Object.keys({
  ACCOUNT_REFUSED: 0,
  PARAMETER_REFUSED: 0,
  KEY_REJECTED: 0,
  GROUP_NOT_FOUND: 0,
  ACCOUNT_NOT_FOUND: 0,
  ACCOUNT_STATUS: 0,
  NUMBER_REFUSED: 0,
  UNKNOWN_RESULT: 0,
  SIGN_IN_REFUSED: 0,
  SIGN_IN_REPEATED: 0,
  KEY_MISSING: 0,
  KEYCHAIN_UNAVAILABLE: 0,
  KEYCHAIN_TIMEOUT: 0,
  KEYCHAIN_LOCKED: 0,
  KEYCHAIN_DENIED: 0,
  KEYCHAIN_FULL: 0,
  KEYCHAIN_MODULE: 0,
  KEYCHAIN_OFF: 0,
  KEY_GONE: 0,
  KEY_NOT_SAVED: 0,
  KEY_MALFORMED: 0,
  OFFLINE: 0,
  UNREACHABLE: 0,
  TIMEOUT: 0,
  AUTHORITIES_TIMEOUT: 0,
  TLS: 0,
  PROXY: 0,
  PROXY_LOGIN: 0,
  PROXY_SCHEME: 0,
  SERVER: 0,
  RATE_LIMITED: 0,
  REDIRECT: 0,
  TOO_LARGE: 0,
  BAD_REPLY: 0,
  HOST_REFUSED: 0,
  POLICY_REFUSED: 0,
  POLICY_INVALID: 0,
  GATE_CLOSED: 0,
  BUDGET_SPENT: 0,
  SUPERSEDED: 0,
  TURN_LOST: 0,
  TEAM_AWAY: 0,
  TEAM_REFUSED: 0,
  TEAM_UNREACHED: 0,
  CANCELLED: 0,
  STORE_READ_ONLY: 0,
  STORE_RESTORED: 0,
  BACKUP_FAILED: 0,
  CA_FILE: 0,
  CLIPBOARD_BUSY: 0,
  LINE_EXISTS: 0,
  FILE_NOT_WRITTEN: 0,
  FILE_UNREADABLE: 0,
  SETUP_PASSPHRASE: 0,
  SETUP_DAMAGED: 0,
  SETUP_FOREIGN: 0,
  SETUP_EXISTS: 0,
  IPC_REFUSED: 0,
  INTERNAL: 0,
} satisfies Record<FailureCode, 0>) as readonly FailureCode[]

/** The carrier's own words in a failure, where it gave any. */
export const carrierOf = (failure: Failure): CarrierAnswer | null =>
  'carrier' in failure ? failure.carrier : null
