import * as z from 'zod'

const ms = z.number().int().min(0)
const name = z.string().max(200).nullish()

const closedSchema = z.object({
  is: z.literal('closed'),
  reason: z.enum(['key-rejected', 'sign-in-refused', 'rate-limited']),
  /** null until somebody acts. */
  opens_ms: ms.nullable(),
  /** The desk that met it. */
  met_by: name,
})

const budgetSchema = z.object({ is: z.literal('budget'), kind: z.enum(['lookup', 'sign-in']), opens_ms: ms })

/** What the functions of `td_v1` answer. Fields that this version does not know are passed over. */
export const answerSchema = z.discriminatedUnion('is', [
  z.object({ is: z.literal('go'), turn: z.uuid().optional(), lease_ms: ms }),
  z.object({
    is: z.literal('wait'),
    /** What the first in line waits for; absent within a turn. */
    why: z.enum(['turn', 'guest', 'line', 'settling', 'cool-down']).optional(),
    ahead: z.number().int().min(0).default(0),
    holder: name,
    eta_ms: ms.optional(),
    retry_ms: ms,
    lease_ms: ms.optional(),
  }),
  closedSchema,
  budgetSchema,
  z.object({ is: z.literal('held'), lease_ms: ms }),
  z.object({ is: z.enum(['lost', 'ended', 'late', 'dropped', 'ok']) }),
  z.object({
    is: z.literal('hello'),
    protocol: z.literal(1),
    /** The server's time, milliseconds since the epoch. */
    server_ms: z.number().int(),
    cooldown_ms: ms,
    budget: z.number().int().min(1),
    left: ms,
    poll_ms: ms,
    away: z.enum(['slots', 'stop']),
    away_slots: z.number().int().min(1),
    slot: ms,
    /** Until the cool-down and the settling are over. */
    opens_ms: ms,
    holder: name,
    waiting: ms,
    desks: ms,
    closed: closedSchema.nullable(),
    over_budget: budgetSchema.nullable(),
  }),
])

export type Answer = z.infer<typeof answerSchema>
export type Hello = Extract<Answer, { is: 'hello' }>
export type Wait = Extract<Answer, { is: 'wait' }>
