import * as z from 'zod'
import { ticketPresetIds } from '../ticket/presets.ts'
import { LONGEST_TEMPLATE, templateProblems } from '../ticket/template-language.ts'
import { bounds } from './profile-bounds.ts'

// Scheme, host and port only: a path, a query or a login in it would be sent somewhere nobody meant.
const originSchema = z
  .string()
  .max(300)
  .regex(/^https?:\/\/(?:[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?$/)
  // Port 80800 and 256.256.256.256 are no addresses.
  .refine(text => URL.parse(text) !== null)

const ONE_LINE = /^[^\p{Cc}\u2028\u2029]+$/u

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

const fields = {
  // Both stand in a native dialog: nothing in them may look like another line of it.
  name: z.string().trim().min(1).max(60).regex(ONE_LINE),
  carrier: carrierSchema,
  credential: credentialSchema.default({ kind: 'manual' }),
  body: z.enum(['json', 'form', 'multipart']),
  days: daysSchema,
  kbBase: z.union([z.literal(1024), z.literal(1000)]),
  /** The operator's daily limit in KB, drawn in the chart; null for none. */
  limitKb: z.int().positive().max(1_000_000_000).nullable().default(null),
  deadlineSeconds: z.int().min(deadlineSeconds.min).max(deadlineSeconds.max),
  /** Only the simulator may have a cooldown of 0, or no budget (null). */
  cooldownSeconds: z.int().min(0).max(cooldownSeconds.max),
  budgetPerHour: z.int().min(budgetPerHour.min).max(budgetPerHour.max).nullable(),
  proxy: proxySchema,
  /** Path of a PEM file with certificate authorities to trust besides the system's; null for none. */
  caFile: z.string().min(1).max(1024).regex(ONE_LINE).nullable(),
}

const gateHolds = (profile: {
  readonly carrier: { readonly kind: string }
  readonly cooldownSeconds: number
  readonly budgetPerHour: number | null
}): boolean =>
  profile.carrier.kind === 'simulator' ||
  (profile.cooldownSeconds >= cooldownSeconds.min && profile.budgetPerHour !== null)

/** One operator at one host. The authKey is not part of it: that belongs to the id and the host, in the keychain. */
export const profileSchema = z.strictObject({ id: z.uuid(), ...fields }).refine(gateHolds)

/** What a form gives for a profile: a new one has no id yet. */
export const profileDraftSchema = z.strictObject({ id: z.uuid().nullable(), ...fields }).refine(gateHolds)

/** A profile as stored or exported, perhaps by another version: unknown fields are dropped, not refused. */
export const storedProfileSchema = z.object({ id: z.uuid(), ...fields }).refine(gateHolds)

export type Credential = Readonly<z.infer<typeof credentialSchema>>
export type ProfileDraft = Readonly<z.infer<typeof profileDraftSchema>>
export type Profile = Readonly<z.infer<typeof profileSchema>>

const MOST_TEMPLATES = 50

const presetSchema = z.enum(ticketPresetIds)

const ticketTemplateSchema = z.strictObject({
  id: z.uuid(),
  name: z.string().trim().min(1).max(60),
  // An imported file may hold anything, so a template that can't be filled in is refused.
  text: z
    .string()
    .max(LONGEST_TEMPLATE)
    .refine(text => templateProblems(text).length === 0),
})

/** What the agent chose for one preset. */
const presetChoiceSchema = z.strictObject({
  /** A built-in template's name, or the id of one of the agent's own. */
  template: z.string().max(60),
  masked: z.boolean(),
  rawKb: z.boolean(),
})

export type TicketTemplate = Readonly<z.infer<typeof ticketTemplateSchema>>
export type PresetChoice = Readonly<z.infer<typeof presetChoiceSchema>>

export const settingsSchema = z.strictObject({
  /** `system` follows the operating system. */
  language: z.enum(['system', 'ja', 'en']),
  ticketLanguage: z.enum(['screen', 'ja', 'en']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Whether the ticket stands beside the result. */
  ticketPane: z.boolean(),
  /** How long lookups are kept; 0 keeps the last results of saved lines alone. */
  retentionDays: z.int().min(0).max(3650),
  profileId: z.uuid().nullable(),
  /** The preset last used, by profile. */
  ticketPresets: z.record(z.uuid(), presetSchema).refine(some => Object.keys(some).length <= 100),
  presetChoices: z.partialRecord(presetSchema, presetChoiceSchema),
  /** The agent's own. */
  ticketTemplates: z.array(ticketTemplateSchema).max(MOST_TEMPLATES),
  /** Copies are kept out of Windows' clipboard history and its cloud. */
  privateCopies: z.boolean(),
})

export type Settings = Readonly<z.infer<typeof settingsSchema>>

/** Some of the settings, as a form changes them. */
export const settingsChangeSchema = settingsSchema.omit({ profileId: true }).partial()

export type SettingsChange = Readonly<z.infer<typeof settingsChangeSchema>>

export const defaultSettings: Settings = {
  language: 'system',
  ticketLanguage: 'screen',
  theme: 'system',
  ticketPane: true,
  retentionDays: 90,
  profileId: null,
  ticketPresets: {},
  presetChoices: {},
  ticketTemplates: [],
  privateCopies: false,
}

const stored = settingsSchema.shape

/**
 * Settings as stored or exported: a missing or invalid field gets its default and does not affect the others.
 */
export const storedSettingsSchema = z.object({
  language: stored.language.catch(defaultSettings.language),
  ticketLanguage: stored.ticketLanguage.catch(defaultSettings.ticketLanguage),
  theme: stored.theme.catch(defaultSettings.theme),
  ticketPane: stored.ticketPane.catch(defaultSettings.ticketPane),
  retentionDays: stored.retentionDays.catch(defaultSettings.retentionDays),
  profileId: stored.profileId.catch(null),
  ticketPresets: stored.ticketPresets.catch({}),
  presetChoices: stored.presetChoices.catch({}),
  ticketTemplates: z
    .array(ticketTemplateSchema.nullable().catch(null))
    .transform(templates => templates.filter(template => template !== null).slice(0, MOST_TEMPLATES))
    .catch([]),
  privateCopies: stored.privateCopies.catch(defaultSettings.privateCopies),
})

/** What an exported settings file holds: no key, and nothing of any customer. */
export const settingsFileSchema = z.object({
  program: z.literal('traffic-desk'),
  settings: storedSettingsSchema.omit({ profileId: true }),
  profiles: z.array(storedProfileSchema).max(100),
})
