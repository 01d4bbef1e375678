import * as z from 'zod'
import { parseAccount } from '../../shared/account.ts'
import type { Failure } from '../../shared/failure.ts'
import { fail, ok } from '../../shared/result.ts'
import { type GoodLookup, goodLookup, type Lookup } from '../../shared/traffic.ts'
import type { Database } from './database.ts'

/** A lookup about to be written, with the carrier's reply as it came. */
export interface NewLookup extends Omit<Lookup, 'id'> {
  readonly rawReply: string | null
}

export interface Lookups {
  /** Writes a lookup and gives it back as stored. */
  record(lookup: NewLookup): Lookup
  /** The last lookup with figures of one account in one profile. */
  lastGood(profileId: string, account: string): GoodLookup | null
  /** Newest first. */
  history(profileId: string, account: string): readonly Lookup[]
}

const report = z.object({
  todayKb: z.number().nullable(),
  recentDays: z.string().nullable(),
  blacklist: z.enum(['listed', 'not-listed', 'unknown']),
  carrier: z.object({
    resultCode: z.string(),
    statusCode: z.string().nullable(),
    message: z.string().nullable(),
  }),
})

/** A row as written by `record`; anything else is a damaged file. */
const row = z.object({
  id: z.number(),
  profile_id: z.string(),
  account: z.string(),
  asked_at: z.number(),
  replied_at: z.number(),
  duration_ms: z.number(),
  agent: z.string(),
  report: z.string().nullable(),
  failure: z.string().nullable(),
})

export const LOOKUP_COLUMNS =
  'id, profile_id, account, asked_at, replied_at, duration_ms, agent, report, failure'
const MOST_HISTORY = 500

export function createLookups(database: Database): Lookups {
  const insert = database.prepare(`
    INSERT INTO lookup (profile_id, account, asked_at, replied_at, duration_ms, agent, report, failure, raw_reply)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING ${LOOKUP_COLUMNS}`)
  const last = database.prepare(`
    SELECT ${LOOKUP_COLUMNS} FROM lookup
    WHERE profile_id = ? AND account = ? AND report IS NOT NULL ORDER BY replied_at DESC, id DESC LIMIT 1`)
  const all = database.prepare(`
    SELECT ${LOOKUP_COLUMNS} FROM lookup
    WHERE profile_id = ? AND account = ? ORDER BY replied_at DESC, id DESC LIMIT ${MOST_HISTORY}`)

  return {
    record({ profileId, account, askedAt, repliedAt, durationMs, agent, result, rawReply }) {
      const written = insert.get(
        profileId,
        account.id,
        askedAt,
        repliedAt,
        Math.round(durationMs),
        agent,
        result.ok ? JSON.stringify(result.value) : null,
        result.ok ? null : JSON.stringify(result.failure),
        rawReply,
      )
      return lookupOf(written)
    },
    lastGood(profileId, account) {
      const found = last.get(profileId, account)
      return found === undefined ? null : goodLookup(lookupOf(found))
    },
    history: (profileId, account) => all.all(profileId, account).map(lookupOf),
  }
}

/** Reads one row of the lookup table. */
export function lookupOf(raw: unknown): Lookup {
  const found = row.parse(raw)
  const account = parseAccount(found.account)
  if (account === null) throw new Error('a stored account can not be read')
  return {
    id: found.id,
    profileId: found.profile_id,
    account,
    askedAt: found.asked_at,
    repliedAt: found.replied_at,
    durationMs: found.duration_ms,
    agent: found.agent,
    result:
      found.report === null
        ? fail(JSON.parse(found.failure ?? '{"code":"INTERNAL"}') as Failure)
        : ok(report.parse(JSON.parse(found.report))),
  }
}
