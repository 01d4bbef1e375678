import type { Account } from '../../domain/account.ts'
import { type CarrierAnswer, type Failure, type Outcome, refusals } from '../../domain/failure.ts'
import { readAccounts } from '../../domain/read-accounts.ts'
import { fail, ok } from '../../domain/result.ts'
import { type Blacklist, readKb, type TrafficReport } from '../../domain/traffic.ts'

/** A complete HTTP answer, decoded, whatever its status. */
export interface RawReply {
  readonly httpStatus: number
  readonly retryAfter: string | null
  /** The `Date` header, as it came. */
  readonly date: string | null
  readonly body: string
}

const DEFAULT_RETRY_MS = 60_000
/** However long a carrier asks to wait, the gate closes for no longer. */
const LONGEST_RETRY_MS = 600_000
/** Clocks that differ by less are the same: a reply takes its time, and `Date` knows whole seconds. */
const SAME_CLOCK_MS = 120_000
const LONGEST_TEXT = 500
// Date.parse by itself takes `foo, 1` for a day in 2001.
const HTTP_DATE = /^[A-Za-z]{3}, \d{2} [A-Za-z]{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * Reads the carrier's reply (PA05-01) to a question about `asked`. The body counts before the HTTP status: the
 * page does not say whether the two agree. Numbers come as strings or numbers. Never throws.
 *
 * @param wallNow this computer's clock when the reply was complete, milliseconds since the epoch
 * @param redact takes what must not be shown out of the carrier's words: a host may echo the request
 */
export function parseReply(
  reply: RawReply,
  asked: Account,
  wallNow: number,
  redact: (text: string) => string = text => text,
): Outcome<TrafficReport> {
  const body = readObject(reply.body)
  const codeOf = (value: unknown) => codeText(value, redact)
  const resultCode = body === null ? null : codeOf(body['resultCode'])
  if (body === null || resultCode === null) return fail(statusFailure(reply, wallNow))

  const status = asObject(body['status'])
  const carrier: CarrierAnswer = {
    resultCode,
    statusCode: codeOf(status?.['statusCode']),
    message: messageText(status?.['message'], redact),
  }
  const about = accountIn(body['account'])
  const isOurs = about?.kind === asked.kind && about.id === asked.id
  if (resultCode !== '100') {
    // A refusal may leave the account out; one that names another is an answer to somebody else's question.
    return about !== null && !isOurs
      ? fail({ code: 'BAD_REPLY', httpStatus: reply.httpStatus })
      : fail(refusal(carrier))
  }

  const traffic = asObject(body['traffic'])
  if (traffic === null || !isOurs) {
    return fail({ code: 'BAD_REPLY', httpStatus: reply.httpStatus })
  }
  return ok({
    todayKb: readKb(traffic['today']),
    recentDays: recentDays(traffic['inRecentDays']),
    blacklist: blacklist(traffic['blackList']),
    carrier,
    clockOffMs: clockOff(reply.date, wallNow),
  })
}

/**
 * How far the carrier's clock is ahead of ours, in milliseconds; 0 where its `Date` (RFC 9110, 6.6.1) is missing, no date,
 * or ours to two minutes.
 */
function clockOff(date: string | null, wallNow: number): number {
  const at = httpDate(date)
  const off = at === null ? 0 : at - wallNow
  return Math.abs(off) <= SAME_CLOCK_MS ? 0 : off
}

/** An HTTP date (RFC 9110, 5.6.7) in milliseconds since the epoch; null for anything else. */
export function httpDate(text: string | null): number | null {
  const at = text !== null && HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at
}

/** What a reply without the carrier's own words means. */
function statusFailure({ httpStatus, retryAfter }: RawReply, wallNow: number): Failure {
  if (httpStatus === 429) return { code: 'RATE_LIMITED', opensInMs: retryAfterMs(retryAfter, wallNow) }
  if (httpStatus === 407) return { code: 'PROXY', httpStatus }
  if (httpStatus >= 500) return { code: 'SERVER', httpStatus }
  if (httpStatus >= 300 && httpStatus < 400) return { code: 'REDIRECT', httpStatus }
  return { code: 'BAD_REPLY', httpStatus }
}

/** Retry-After (RFC 9110, 10.2.3): seconds or an HTTP date; a minute where it is neither. */
function retryAfterMs(value: string | null, wallNow: number): number {
  const text = value?.trim() ?? ''
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text) * 1000, LONGEST_RETRY_MS)
  const at = httpDate(text)
  return at === null ? DEFAULT_RETRY_MS : Math.min(Math.max(0, at - wallNow), LONGEST_RETRY_MS)
}

function refusal(carrier: CarrierAnswer): Failure {
  const code = Object.hasOwn(refusals, carrier.resultCode)
    ? refusals[carrier.resultCode as keyof typeof refusals]
    : 'UNKNOWN_RESULT'
  return { code, carrier }
}

/** The account that a reply says it is about; null where it names none. */
function accountIn(answered: unknown): Account | null {
  const text = typeof answered === 'number' ? String(answered) : answered
  if (typeof text !== 'string' || text.length > 64) return null
  const reading = readAccounts(text)
  return reading.found === 'one' ? reading.account : null
}

/** The list as it came; "", null or absent is "none" (share groups). A list that is no text has no readable day. */
function recentDays(value: unknown): string | null {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.trim() !== '' ? value : null
}

function blacklist(value: unknown): Blacklist {
  const code = codeText(value)
  return code === '10' ? 'listed' : code === '20' ? 'not-listed' : 'unknown'
}

function readObject(text: string): Record<string, unknown> | null {
  try {
    return asObject(JSON.parse(text.replace(/^\uFEFF/, '')))
  } catch {
    return null
  }
}

function asObject(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

/** A figure is never redacted: a key of digits must not change what the carrier said. */
function codeText(value: unknown, redact: (text: string) => string = text => text): string | null {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  if (text === '') return null
  return (/^\d+$/.test(text) ? text : redact(text)).slice(0, 32)
}

function messageText(value: unknown, redact: (text: string) => string): string | null {
  return typeof value === 'string' && value !== '' ? redact(value).slice(0, LONGEST_TEXT) : null
}
