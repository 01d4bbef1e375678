import type { Account } from './account.ts'
import type { FailureCode } from './failure.ts'
import type { Blacklist, Lookup } from './traffic.ts'

/** A lookup in a line. */
export interface LookupSummary {
  readonly account: Account
  /** Milliseconds since the epoch. */
  readonly askedAt: number
  /** Null where it failed. */
  readonly blacklist: Blacklist | null
  /** KB; null for "no data", and where it failed. */
  readonly todayKb: number | null
  /** Null where it has figures. */
  readonly failure: FailureCode | null
}

export const summaryOf = ({ account, askedAt, result }: Lookup): LookupSummary => ({
  account,
  askedAt,
  blacklist: result.ok ? result.value.blacklist : null,
  todayKb: result.ok ? result.value.todayKb : null,
  failure: result.ok ? null : result.failure.code,
})
