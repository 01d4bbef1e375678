import * as z from 'zod'
import { ONE_LINE } from './optional-line.ts'
import { TEAM_HOST } from './team-host.ts'

/** Path of a PEM file with certificate authorities to trust besides the system's; null for none. */
export const caFileSchema = z.string().min(1).max(1024).regex(ONE_LINE).nullable()

/** A team login's password, as it may be typed; empty for none. */
export const teamPasswordSchema = z
  .string()
  .max(512)
  .regex(/^\P{Cc}*$/u)

/** An operator's PostgreSQL that makes all desks one. Its password is in the keychain. */
export const teamServerSchema = z.strictObject({
  host: z.string().max(253).regex(TEAM_HOST),
  port: z.int().min(1).max(65_535),
  // What PostgreSQL keeps of a name.
  database: z.string().min(1).max(63).regex(ONE_LINE),
  user: z.string().min(1).max(63).regex(ONE_LINE),
  caFile: caFileSchema,
})

export type TeamServer = Readonly<z.infer<typeof teamServerSchema>>
