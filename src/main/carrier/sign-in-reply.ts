import * as z from 'zod'
import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import { carrierAnswer, envelopeSchema, jsonIn, type RawReply, statusFailure } from './reply.ts'

/** Windows' credential store takes 2,560 bytes, and the key stands in it beside its date. */
const AUTH_KEY = /^[\x21-\x7e]{1,2300}$/

/** The reply of authOem: an authKey where the result is 100. */
const signInSchema = envelopeSchema.extend({ authKey: z.string().regex(AUTH_KEY).nullable().catch(null) })

/**
 * Reads the carrier's reply to a sign-in. Any result but 100 is a refusal, with the carrier's words; which codes there
 * are is not known. A 100 without a usable key is no reply. Never throws.
 *
 * @param wallNow this computer's clock, milliseconds since the epoch
 * @param redact takes the OEM key out of the carrier's words
 */
export function parseSignIn(
  reply: RawReply,
  wallNow: number,
  redact: (text: string) => string,
): Outcome<string> {
  const body = jsonIn(signInSchema, reply.body)
  if (body === null) return fail(statusFailure(reply, wallNow))
  const carrier = carrierAnswer(body, redact)
  if (carrier.resultCode !== '100') return fail({ code: 'SIGN_IN_REFUSED', carrier })
  return body.authKey === null ? fail({ code: 'BAD_REPLY', httpStatus: reply.httpStatus }) : ok(body.authKey)
}
