import * as z from 'zod'
import { messageStates } from '../ticket/customer-message.ts'
import { LONGEST_TEMPLATE, messageProblems } from '../ticket/template-language.ts'
import { ONE_LINE, optionalLine } from './optional-line.ts'
import { bounds } from './profile-bounds.ts'
import { caFileSchema, type TeamServer, teamServerSchema } from './team.ts'

// Scheme, host and port only: a path, a query or a login in it would be sent somewhere nobody meant.
const originSchema = z
  .string()
  .max(300)
  .regex(/^https?:\/\/(?:[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/)
  // Port 80800 and 256.256.256.256 are no addresses.
  .refine(text => URL.parse(text) !== null)

const carrierSchema = z.discriminatedUnion('kind', [
  /** The built-in simulator; its address is known only while it runs. */
  z.strictObject({ kind: z.literal('simulator') }),
  z.strictObject({ kind: z.literal('host'), origin: originSchema }),
])

const proxySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('system') }),
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('manual'), url: originSchema }),
])

const daysSchema = z.strictObject({
  order: z.enum(['newest-first', 'oldest-first']),
  includesToday: z.boolean(),
})

const { deadlineSeconds, cooldownSeconds, budgetPerHour, signInsPerHour, renewAfterMinutes } = bounds

/** What the program asks with. The keys themselves are in the keychain. */
const credentialSchema = z.discriminatedUnion('kind', [
  /** Somebody types an authKey. */
  z.strictObject({ kind: z.literal('manual') }),
  /** The program obtains authKeys by itself, with the operator's OEM ID and OEM key. */
  z.strictObject({
    kind: z.literal('oem'),
    oemId: z
      .string()
      .max(128)
      .regex(/^[\x21-\x7e]{1,128}$/),
    /** How long an authKey is used before a lookup obtains another; null where nobody knows. */
    renewAfterMinutes: z.int().min(renewAfterMinutes.min).max(renewAfterMinutes.max).nullable(),
    signInsPerHour: z.int().min(signInsPerHour.min).max(signInsPerHour.max),
  }),
])

const limitKbSchema = z.int().positive().max(1_000_000_000)

const messageSchema = z
  .string()
  .trim()
  .min(1)
  .max(LONGEST_TEMPLATE)
  .refine(text => messageProblems(text).length === 0)

const fields = {
  // Both stand in a native dialog: nothing in them may look like another line of it.
  name: z.string().trim().min(1).max(60).regex(ONE_LINE),
  carrier: carrierSchema,
  credential: credentialSchema.default({ kind: 'manual' }),
  body: z.enum(['json', 'form', 'multipart']),
  days: daysSchema,
  kbBase: z.union([z.literal(1024), z.literal(1000)]),
  /** The operator's daily limit in KB, drawn in the chart; null for none. */
  limitKb: limitKbSchema.nullable().default(null),
  threeDayLimit: z.strictObject({ kb: limitKbSchema, withToday: z.boolean() }).nullable().default(null),
  /** What lifts a restriction, as the operator says it to a customer; empty for none. */
  liftedWhen: optionalLine(300).default(''),
  /** What the operator says to a customer, in the template language, in the place of the program's own words. */
  messages: z.partialRecord(z.enum(messageStates), messageSchema).default({}),
  deadlineSeconds: z.int().min(deadlineSeconds.min).max(deadlineSeconds.max),
  /** Only the simulator may have a cooldown of 0, or no budget (null). */
  cooldownSeconds: z.int().min(0).max(cooldownSeconds.max),
  budgetPerHour: z.int().min(budgetPerHour.min).max(budgetPerHour.max).nullable(),
  proxy: proxySchema,
  caFile: caFileSchema,
  /** The operator's server that makes all desks one; null where this program is alone, as it is at the simulator. */
  team: teamServerSchema.nullable().default(null),
}

const gateHolds = (profile: {
  readonly carrier: { readonly kind: string }
  readonly cooldownSeconds: number
  readonly budgetPerHour: number | null
  readonly team: TeamServer | null
}): boolean =>
  profile.carrier.kind === 'simulator'
    ? profile.team === null
    : profile.cooldownSeconds >= cooldownSeconds.min && profile.budgetPerHour !== null

/** One operator at one host. The authKey is not part of it: that belongs to the id and the host, in the keychain. */
export const profileSchema = z.strictObject({ id: z.uuid(), ...fields }).refine(gateHolds)

/** What a form gives for a profile: a new one has no id yet. */
export const profileDraftSchema = z.strictObject({ id: z.uuid().nullable(), ...fields }).refine(gateHolds)

/**
 * Some of a profile's fields, as they are saved while they are typed. What leads to another host, key, proxy or
 * certificate is not among them: that is saved as a whole, and may be asked about in a native dialog.
 */
export const profileChangeSchema = z
  .strictObject({
    name: fields.name,
    body: fields.body,
    days: fields.days,
    kbBase: fields.kbBase,
    // Without their defaults: a field that is not given stays as it is.
    limitKb: fields.limitKb.unwrap(),
    threeDayLimit: fields.threeDayLimit.unwrap(),
    liftedWhen: fields.liftedWhen.unwrap(),
    messages: fields.messages.unwrap(),
    deadlineSeconds: fields.deadlineSeconds,
    cooldownSeconds: fields.cooldownSeconds,
    budgetPerHour: fields.budgetPerHour,
  })
  .partial()

/** A profile as stored or exported, perhaps by another version: unknown fields are dropped, not refused. */
export const storedProfileSchema = z.object({ id: z.uuid(), ...fields }).refine(gateHolds)

export type Credential = Readonly<z.infer<typeof credentialSchema>>
export type ProfileDraft = Readonly<z.infer<typeof profileDraftSchema>>
export type ProfileChange = Readonly<z.infer<typeof profileChangeSchema>>
export type Profile = Readonly<z.infer<typeof profileSchema>>
