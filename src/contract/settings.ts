import * as z from 'zod'
import { savedOrders } from '../domain/saved-account.ts'
import { ticketPresetIds } from '../ticket/presets.ts'
import { LONGEST_TEMPLATE, templateProblems } from '../ticket/template-language.ts'
import { optionalLine } from './optional-line.ts'
import { storedProfileSchema } from './profile.ts'
import { quickEntryKeys } from './quick-entry-keys.ts'

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

/** An operator's templates, or an agent's own. */
export const ticketTemplatesSchema = z.array(ticketTemplateSchema).max(MOST_TEMPLATES)

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
  /** Whether the ticket stands beside the result, and the lists on the other side. */
  ticketPane: z.boolean(),
  listPane: z.boolean(),
  /** How the agent signs tickets and lookups; empty for the name of the computer's user. */
  agentName: optionalLine(60),
  /** How the customer is spoken to: figures rounded for the ear, or exact. */
  medium: z.enum(['phone', 'mail']),
  savedOrder: z.enum(savedOrders),
  /** After so many minutes without a key or a pointer, numbers hide; 0 for never. */
  hideAfterMinutes: z.int().min(0).max(240),
  /** The key that brings the window forward from anywhere; null for none. */
  quickEntry: z.enum(quickEntryKeys).nullable(),
  /** How long lookups are kept; 0 keeps the last results of saved lines alone. */
  retentionDays: z.int().min(0).max(3650),
  profileId: z.uuid().nullable(),
  /** The preset last used, by profile. */
  ticketPresets: z.record(z.uuid(), presetSchema).refine(some => Object.keys(some).length <= 100),
  presetChoices: z.partialRecord(presetSchema, presetChoiceSchema),
  /** The agent's own. */
  ticketTemplates: ticketTemplatesSchema,
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
  listPane: true,
  agentName: '',
  medium: 'phone',
  savedOrder: 'kept',
  hideAfterMinutes: 15,
  quickEntry: null,
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
  listPane: stored.listPane.catch(defaultSettings.listPane),
  agentName: stored.agentName.catch(defaultSettings.agentName),
  medium: stored.medium.catch(defaultSettings.medium),
  savedOrder: stored.savedOrder.catch(defaultSettings.savedOrder),
  hideAfterMinutes: stored.hideAfterMinutes.catch(defaultSettings.hideAfterMinutes),
  quickEntry: stored.quickEntry.catch(defaultSettings.quickEntry),
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
