import * as z from 'zod'
import type { StoredReply } from '../../contract/bridge.ts'
import { parseAccount } from '../../domain/account.ts'
import { type Failure, type FailureCode, failureCodes } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { StoredLookup } from '../../domain/traffic.ts'

const report = z.object({
  todayKb: z.number().nullable(),
  recentDays: z.string().nullable(),
  blacklist: z.enum(['listed', 'not-listed', 'unknown']),
  carrier: z.object({
    resultCode: z.string(),
    statusCode: z.string().nullable(),
    message: z.string().nullable(),
  }),
  // Rows from before it was measured.
  clockOffMs: z.number().default(0),
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
/** Reads one row of the lookup table. */
export function lookupOf(raw: unknown): StoredLookup {
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
      found.report === null ? fail(failureOf(found.failure)) : ok(report.parse(JSON.parse(found.report))),
  }
}

const knownCode = z.object({ code: z.enum(failureCodes as [FailureCode, ...FailureCode[]]) })

/** Reads a stored failure. A code that only another version of the program knows becomes INTERNAL. */
function failureOf(text: string | null): Failure {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return knownCode.safeParse(value).success ? (value as Failure) : { code: 'INTERNAL' }
  } catch {
    return { code: 'INTERNAL' }
  }
}

const storedReply = z.object({ raw: z.string().nullable(), failure: z.string().nullable() })

/** The carrier's reply to a lookup, as a row of `raw` and `failure` tells; undefined where there is none. */
export function replyOf(raw: unknown): StoredReply {
  const found = storedReply.safeParse(raw).data
  if (found === undefined) return { kind: 'not-kept' }
  if (found.raw !== null) return { kind: 'kept', text: found.raw }
  return { kind: cameReply(found.failure) ? 'not-kept' : 'none' }
}

/** Whether the carrier had replied, judging by the recorded failure. */
function cameReply(failure: string | null): boolean {
  if (failure === null) return true
  const { code, ...rest } = failureOf(failure)
  return (
    code === 'TOO_LARGE' ||
    'carrier' in rest ||
    ('httpStatus' in rest && code !== 'PROXY' && rest.httpStatus !== null)
  )
}
