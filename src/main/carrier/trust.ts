import tls from 'node:tls'
import type { QueryStep } from '../../contract/state.ts'
import type { Failure } from '../../domain/failure.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { SystemAuthorities } from './authorities.ts'
import { certificatesIn } from './ca-file.ts'

/** Whose certificates are believed, beside the bundled authorities: PEM texts. */
export interface Trust {
  /** The system's: either none or always the same. */
  readonly system: readonly string[]
  /** Those in the profile's file. */
  readonly own: readonly string[]
}

/**
 * Finds whom to trust on the way to `origin`; nobody more for plain http, which stays on this computer. The
 * profile's file is read anew for every query, so that one replaced in its place counts.
 *
 * @param at told while the system's authorities are being waited for
 */
export async function trustFor(
  origin: string,
  caFile: string | null,
  {
    authorities,
    readCaFile,
    at,
  }: {
    readonly authorities: Pick<SystemAuthorities, 'read' | 'known'>
    readonly readCaFile: (path: string) => Promise<string>
    readonly at: (step: QueryStep) => void
  },
): Promise<Result<Trust, Failure>> {
  if (!origin.startsWith('https:')) return ok({ system: [], own: [] })
  let own: readonly string[] = []
  try {
    if (caFile !== null) own = certificatesIn(await readCaFile(caFile))
  } catch {
    return fail({ code: 'TLS', reason: 'ca-file' })
  }
  if (authorities.known() === null) at('authorities')
  const system = await authorities.read()
  at('carrier')
  return ok({ system, own })
}

/**
 * The list for a TLS connection; by default undici uses the bundled authorities only. Node's default list is
 * not used, because NODE_EXTRA_CA_CERTS adds to it: any other authority must come from the profile, where the
 * agent confirmed it.
 */
export const trustedAuthorities = ({ system, own }: Trust): string[] => [
  ...tls.getCACertificates('bundled'),
  ...system,
  ...own,
]
