import { isIPv4 } from 'node:net'
import type { Result } from '../../domain/result.ts'
import { fail, ok } from '../../domain/result.ts'
import type { SystemAuthorities } from '../carrier/authorities.ts'
import { trustedAuthorities, trustFor } from '../carrier/trust.ts'
import type { Team } from '../gate/gate.ts'
import type { EngineAccess, EngineTrouble } from '../gate/team/engine.ts'
import type { KeyVault } from '../keychain/key-vault.ts'
import { teamOwnerOf } from './owner.ts'

/** Whether a host is this computer, whose traffic nobody else sees. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'))

/** Keychains take keys of plain letters alone, and a password may be of any. */
const ENCODING = 'base64url'

/** A team's password as the keychain keeps it. */
export const asKept = (password: string): string => Buffer.from(password).toString(ENCODING)

/** Finds what opens a team's server: its password, and whose certificates are believed; none are needed on loopback. */
export const createTeamAccess =
  ({
    vault,
    authorities,
    readCaFile,
  }: {
    readonly vault: Pick<KeyVault, 'read'>
    readonly authorities: Pick<SystemAuthorities, 'read' | 'known'>
    readonly readCaFile: (path: string) => Promise<string>
  }) =>
  async (team: Team): Promise<Result<EngineAccess, EngineTrouble>> => {
    const { server } = team
    const kept = await vault.read(teamOwnerOf(team))
    if (!kept.ok) {
      const isMissing = kept.failure.code === 'KEY_MISSING' || kept.failure.code === 'KEY_GONE'
      return fail({ kind: 'refused', reason: isMissing ? 'password-missing' : 'keychain' })
    }
    const password = Buffer.from(kept.value, ENCODING).toString()
    if (isLoopback(server.host)) return ok({ server, password, ca: null })
    const trust = await trustFor(`https://${server.host}`, server.caFile, {
      authorities,
      readCaFile,
      at: () => {},
    })
    return trust.ok
      ? ok({ server, password, ca: trustedAuthorities(trust.value) })
      : fail({ kind: 'refused', reason: 'tls' })
  }
