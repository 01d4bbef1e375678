import type { Health } from '../../contract/diagnosis.ts'
import type { PolicyProblem, PolicySource } from '../../contract/policy.ts'
import type { StoreState } from '../../contract/state.ts'
import type { FailureCode, TeamAway, TeamReason, TlsReason } from '../../domain/failure.ts'

/** Whose certificate authority vouches for the carrier; a company's inspection has one of its own in the system's list. */
export type AuthorityOwner = 'bundled' | 'system' | 'profile' | 'unknown'

/** One thing that was looked at: facts alone, no key, no number, no path. */
export type Finding = { readonly health: Health } & (
  | Late
  /** The profile's carrier may not be asked, so the way to it was not looked at. */
  | { readonly kind: 'refused'; readonly code: FailureCode }
  | {
      readonly kind: 'policy'
      readonly source: PolicySource | null
      readonly problems: readonly PolicyProblem[]
    }
  | {
      readonly kind: 'proxy'
      readonly setting: 'system' | 'none' | 'manual'
      /** The ways in their order; a proxy by its address, null for none. */
      readonly ways: readonly (string | null)[]
    }
  | { readonly kind: 'name'; readonly host: string; readonly addresses: number; readonly ms: number }
  | {
      readonly kind: 'connection'
      readonly host: string
      readonly port: number
      readonly ms: number
      /** The system's own code, such as ECONNREFUSED; null where it worked. */
      readonly code: string | null
    }
  | {
      readonly kind: 'tunnel'
      readonly proxy: string
      /** The proxy's HTTP status; null where it said nothing. */
      readonly status: number | null
      /** How it wants to be told who asks. */
      readonly schemes: readonly string[]
      readonly hasLogin: boolean
    }
  | {
      readonly kind: 'certificate'
      readonly host: string
      readonly protocol: string | null
      readonly issuer: string | null
      /** Milliseconds since the epoch. */
      readonly expiresAt: number | null
      readonly authority: AuthorityOwner
      readonly reason: TlsReason | null
    }
  | {
      readonly kind: 'clock'
      /** How far this computer's clock is ahead, milliseconds; null where nobody said what time it is. */
      readonly aheadMs: number | null
    }
  | { readonly kind: 'keychain'; readonly code: FailureCode | null }
  | { readonly kind: 'store'; readonly condition: StoreState['kind']; readonly backupAt: number | null }
  | { readonly kind: 'team'; readonly why: TeamReason | TeamAway | null }
)

/** A part that gave no answer in time. */
export interface Late {
  readonly kind: 'late'
  readonly part: 'network' | 'keychain' | 'team'
}

export type FindingKind = Finding['kind']
