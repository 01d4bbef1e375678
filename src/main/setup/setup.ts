import * as z from 'zod'
import { storedProfileSchema } from '../../contract/profile.ts'
import { teamPasswordSchema } from '../../contract/team.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { isKey } from '../keychain/key-vault.ts'
import { type SealProblem, seal, unseal } from './seal.ts'

/** What a seat is set up with: profiles, and the secrets that belong to them. */
const setupSchema = z.object({
  program: z.literal('traffic-desk'),
  kind: z.literal('setup'),
  version: z.literal(1),
  profiles: z
    .array(
      z.object({
        profile: storedProfileSchema,
        /** The authKey or the OEM key, whichever the profile asks with. */
        key: z.string().refine(isKey).nullable().default(null),
        teamPassword: teamPasswordSchema.min(1).nullable().default(null),
      }),
    )
    .min(1)
    .max(20),
})

export type Setup = Readonly<z.infer<typeof setupSchema>>

/** Seals what a seat is set up with; null where no seat could take it in, such as a key that is none. */
export async function sealSetup(profiles: Setup['profiles'], passphrase: string): Promise<string | null> {
  const setup = setupSchema.safeParse({ program: 'traffic-desk', kind: 'setup', version: 1, profiles })
  return setup.success ? seal(JSON.stringify(setup.data), passphrase) : null
}

/** Opens what was sealed; 'foreign' also where the passphrase fits and what is in it sets up no seat of this program. */
export async function openSetup(sealed: Uint8Array, passphrase: string): Promise<Result<Setup, SealProblem>> {
  const text = await unseal(sealed, passphrase)
  if (!text.ok) return text
  try {
    const setup = setupSchema.safeParse(JSON.parse(text.value))
    return setup.success ? ok(setup.data) : fail('foreign')
  } catch {
    return fail('foreign')
  }
}
