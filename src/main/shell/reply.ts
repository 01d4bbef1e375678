import * as z from 'zod'
import { type Failure, failureCodes, type Outcome } from '../../domain/failure.ts'
import { fail } from '../../domain/result.ts'

/** Every part that any failure of the contract has; anything else is left out. */
const parts = z.object({
  code: z.enum(failureCodes),
  problem: z
    .string()
    .regex(/^[A-Z_]{1,40}$/)
    .optional(),
  reason: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional(),
  why: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional(),
  keys: z.array(z.string().regex(/^[A-Za-z?]{1,40}$/)).optional(),
  proxy: z
    .string()
    .regex(/^https?:\/\/[^/@\s]{1,300}$/)
    .optional(),
  name: z.string().max(2_000).optional(),
  wrong: z.boolean().optional(),
  schemes: z.array(z.string().regex(/^[\w-]{1,40}$/)).optional(),
  httpStatus: z.number().nullable().optional(),
  opensInMs: z.number().nullable().optional(),
  carrier: z
    .object({ resultCode: z.string(), statusCode: z.string().nullable(), message: z.string().nullable() })
    .optional(),
})

/**
 * Strips an answer down to what the page may see. A failure keeps its code and the fields of the contract; a
 * stack, a path or a cause that got into it stays in the main process.
 */
export function reply<T>(outcome: Outcome<T>): Outcome<T> {
  if (outcome.ok) return outcome
  const failure = parts.safeParse(outcome.failure)
  return fail(failure.success ? (failure.data as Failure) : { code: 'INTERNAL' })
}
