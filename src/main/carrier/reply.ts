import * as z from 'zod'
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
/**
 * Two clocks that differ by less count as equal: a reply takes time to arrive, and `Date` has whole seconds
 * only.
 */
const SAME_CLOCK_MS = 120_000
const LONGEST_TEXT = 500
// Date.parse by itself takes `foo, 1` for a day in 2001.
const HTTP_DATE = /^[A-Za-z]{3}, \d{2} [A-Za-z]{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/

// Numbers come as strings or numbers. A field that can't be read counts as absent.
const code = z
  .union([z.string().trim().min(1), z.number().transform(String)])
  .nullable()
  .catch(null)
const NO_STATUS = { statusCode: null, message: null }

/** What every reply of the carrier has, whatever a host makes of it: only `resultCode` has to be there. */
export const envelopeSchema = z.object({
  resultCode: z.union([z.string().trim().min(1), z.number().transform(String)]),
  status: z.object({ statusCode: code, message: z.string().min(1).nullable().catch(null) }).catch(NO_STATUS),
})

/** The reply of PA05-01. */
const replySchema = envelopeSchema.extend({
  account: z
    .union([z.string().max(64), z.number().transform(String)])
    .transform(accountIn)
    .nullable()
    .catch(null),
  traffic: z
    .object({
      today: z.unknown().optional(),
      // The list as it came. A share group has none: "", null or absent. A value that is neither text nor a
      // number counts as none too.
      inRecentDays: z
        .union([z.string().regex(/\S/), z.number().transform(String)])
        .nullable()
        .catch(null),
      blackList: code,
    })
    .nullable()
    .catch(null),
})

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
  const body = jsonIn(replySchema, reply.body)
  if (body === null) return fail(statusFailure(reply, wallNow))
  const { account: about, traffic } = body
  const carrier = carrierAnswer(body, redact)
  const isOurs = about?.kind === asked.kind && about.id === asked.id
  if (carrier.resultCode !== '100') {
    // A refusal may leave the account out; one that names another is an answer to somebody else's question.
    return about !== null && !isOurs
      ? fail({ code: 'BAD_REPLY', httpStatus: reply.httpStatus })
      : fail(refusal(carrier))
  }
  if (traffic === null || !isOurs) return fail({ code: 'BAD_REPLY', httpStatus: reply.httpStatus })
  return ok({
    todayKb: readKb(traffic.today),
    recentDays: traffic.inRecentDays,
    blacklist: blacklistOf(traffic.blackList),
    carrier,
    clockOffMs: clockOff(reply.date, wallNow),
  })
}

/**
 * How far the carrier's clock is ahead of ours, in milliseconds. 0 where its `Date` (RFC 9110, 6.6.1) is
 * missing, is not a date, or differs from our clock by less than two minutes.
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

/** The failure for a reply that has no body from the carrier: the HTTP status alone decides. */
export function statusFailure({ httpStatus, retryAfter }: RawReply, wallNow: number): Failure {
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
function accountIn(text: string): Account | null {
  const reading = readAccounts(text)
  return reading.found === 'one' ? reading.account : null
}

const blacklistOf = (text: string | null): Blacklist =>
  text === '10' ? 'listed' : text === '20' ? 'not-listed' : 'unknown'

/** A reply's body as JSON of a shape; null where it is none. A byte order mark may stand before it. */
export function jsonIn<T>(schema: z.ZodType<T>, text: string): T | null {
  try {
    return schema.safeParse(JSON.parse(text.replace(/^\uFEFF/, ''))).data ?? null
  } catch {
    return null
  }
}

/** The carrier's own words in a reply, without what must not be shown. */
export const carrierAnswer = (
  { resultCode, status }: z.infer<typeof envelopeSchema>,
  redact: (text: string) => string,
): CarrierAnswer => ({
  resultCode: codeText(resultCode, redact),
  statusCode: status.statusCode && codeText(status.statusCode, redact),
  message: status.message && redact(status.message).slice(0, LONGEST_TEXT),
})

/** A figure is never redacted: a key of digits must not change what the carrier said. */
const codeText = (text: string, redact: (text: string) => string): string =>
  (/^\d+$/.test(text) ? text : redact(text)).slice(0, 32)
