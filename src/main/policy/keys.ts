import * as z from 'zod'
import { ONE_LINE } from '../../contract/optional-line.ts'
import { type Profile, profileSchema } from '../../contract/profile.ts'
import { newProfile } from '../../contract/profile-defaults.ts'
import { type SettingsChange, settingsChangeSchema, ticketTemplatesSchema } from '../../contract/settings.ts'

/**
 * Everything that an administrator can set, once: the reader, the templates for Windows and macOS and the table in the docs
 * are made of this. No secret is among it: a policy can be read by everybody at the computer.
 */

/** A profile as a policy says it: what is left out is as in a new profile. */
const policyProfileSchema = z
  .looseObject({ id: z.uuid(), name: z.string(), host: z.string() })
  .transform(({ host, ...given }, context): Profile => {
    const carrier = { kind: 'host', origin: host } as const
    const { carrier: _, ...fields } = given
    const profile = profileSchema.safeParse({
      ...newProfile({ name: given.name, carrier }),
      ...fields,
      carrier,
    })
    // A carrier beside the host would be a second place that says where questions go.
    if (profile.success && !('carrier' in given)) return profile.data
    context.addIssue({ code: 'custom', message: 'no such profile' })
    return z.NEVER
  })

const profilesSchema = z
  .array(policyProfileSchema)
  .max(20)
  .refine(profiles => new Set(profiles.map(({ id }) => id)).size === profiles.length)

/** `https://carrier.example.jp`, or the host's name alone. */
const hostsSchema = z.array(
  z
    .string()
    .max(300)
    .regex(/^(?:https?:\/\/)?[A-Za-z0-9.-]+(?::\d{1,5})?$/)
    .transform((text, context) => {
      const url = URL.parse(text.includes('://') ? text : `https://${text}`)
      if (url !== null) return url.origin
      context.addIssue({ code: 'custom', message: 'no such host' })
      return z.NEVER
    }),
)

const httpsUrlSchema = z
  .string()
  .max(500)
  .refine(text => {
    const url = URL.parse(text)
    return url?.protocol === 'https:' && url.username === '' && url.password === '' && url.hash === ''
  })

/** How a value is written: by which control it is set on Windows, and by which type on macOS. */
export type PolicyKind =
  /** Yes or no: a DWORD of 0 or 1. */
  | { readonly kind: 'flag' }
  /** A whole number: a DWORD. */
  | { readonly kind: 'number'; readonly min: number; readonly max: number }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  /** One line of so many characters at most. */
  | { readonly kind: 'text'; readonly longest: number }
  /** One a line. */
  | { readonly kind: 'list' }
  /** JSON, on as many lines as one likes; macOS and Linux take it as it is, too. */
  | { readonly kind: 'json' }

const flag = { kind: 'flag', schema: z.boolean() } as const

export const policyKeys = {
  /** The operators' profiles, complete: nothing of them can be changed on the screen. */
  Profiles: { kind: 'json', schema: profilesSchema, invalid: [], isVital: true },
  /** Whether agents may have profiles of their own beside these. */
  AllowOwnProfiles: { ...flag, invalid: false, isVital: true },
  /** The only carriers that may be asked, whoever made the profile. */
  AllowedHosts: { kind: 'list', schema: hostsSchema, invalid: [], isVital: true },
  /** Whether lookups, saved lines and settings may be written to files. */
  AllowExport: { ...flag, invalid: false },
  AllowDemo: { ...flag, invalid: false },
  /** Whether `trafficdesk:` links bring the program forward. */
  AllowLinks: { ...flag, invalid: false },
  /** Whether copies are kept out of Windows' clipboard history. */
  PrivateCopies: { ...flag, invalid: true },
  /** Lookups are kept no longer than so many days. Where it can't be read, nothing is deleted for it. */
  MaxRetentionDays: { kind: 'number', min: 0, max: 3650, schema: z.int().min(0).max(3650), invalid: null },
  Language: { kind: 'choice', choices: ['ja', 'en'], schema: z.enum(['ja', 'en']), invalid: null },
  /** Where a newer version is announced; without it nobody is asked. */
  UpdateCheckUrl: { kind: 'text', longest: 500, schema: httpsUrlSchema, invalid: null },
  /** Whom an agent asks for help. */
  SupportContact: {
    kind: 'text',
    longest: 200,
    schema: z.string().trim().min(1).max(200).regex(ONE_LINE),
    invalid: null,
  },
  /** The operator's ticket templates, beside the agent's own. */
  TicketTemplates: { kind: 'json', schema: ticketTemplatesSchema, invalid: null },
  /** Settings that hold until the agent chooses otherwise. */
  Defaults: {
    kind: 'json',
    schema: settingsChangeSchema
      .omit({ ticketTemplates: true, ticketPresets: true, presetChoices: true })
      .strict(),
    invalid: null,
  },
} as const satisfies Readonly<
  Record<
    string,
    PolicyKind & {
      readonly schema: z.ZodType
      /** What holds where the value can't be read: the stricter of both; null for nothing. */
      readonly invalid: unknown
      /** It says who is asked, and how: where it can't be read, nobody is. */
      readonly isVital?: true
    }
  >
>

export type PolicyKey = keyof typeof policyKeys

export const policyKeyNames = Object.keys(policyKeys) as readonly PolicyKey[]

/** The values that are set. */
export type PolicyValues = {
  readonly [K in PolicyKey]?: z.output<(typeof policyKeys)[K]['schema']>
}

export type PolicyDefaults = SettingsChange
