import * as z from 'zod'
import { TEAM_HOST } from './team-host.ts'

const ONE_LINE = /^[^\p{Cc}\u2028\u2029]+$/u

/** An operator's PostgreSQL that makes all desks one. Its password is in the keychain. */
export const teamServerSchema = z.strictObject({
  host: z.string().max(253).regex(TEAM_HOST),
  port: z.int().min(1).max(65_535),
  // What PostgreSQL keeps of a name.
  database: z.string().min(1).max(63).regex(ONE_LINE),
  user: z.string().min(1).max(63).regex(ONE_LINE),
  /** Path of a PEM file with certificate authorities to trust besides the system's; null for none. */
  caFile: z.string().min(1).max(1024).regex(ONE_LINE).nullable(),
})

export type TeamServer = Readonly<z.infer<typeof teamServerSchema>>
