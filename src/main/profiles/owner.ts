import type { Profile } from '../../contract/profile.ts'
import { normalised } from '../carrier/host.ts'
import type { GateLimits, Team } from '../gate/gate.ts'
import type { KeyOwner } from '../keychain/key-vault.ts'

/** The simulator's port changes with every run; its key and what the gate remembers of it do not. */
const SIMULATOR = 'simulator'

/** Whose key a profile asks with. */
export function ownerOf({ id, carrier }: Profile): KeyOwner {
  return { profileId: id, origin: carrier.kind === 'simulator' ? SIMULATOR : normalised(carrier.origin) }
}

export const isSimulated = (owner: KeyOwner): boolean => owner.origin === SIMULATOR

/** What a profile's queries are bound by. */
export const limitsOf = (profile: Profile): GateLimits => ({
  origin: ownerOf(profile).origin,
  cooldownMs: profile.cooldownSeconds * 1000,
  budget: profile.budgetPerHour,
  signIns: profile.credential.kind === 'oem' ? profile.credential.signInsPerHour : 0,
  ...(profile.team !== null && { team: { server: profile.team, profileId: profile.id } }),
})

/** Under whose name the password for a team's server is kept: another server, or database, has another one. */
export const teamOwnerOf = ({ server: { host, port, database, user }, profileId }: Team): KeyOwner => ({
  profileId,
  origin: `team:${user}@${host}:${port}/${database}`,
  which: 'team-password',
})

/** The key that somebody types for a profile. */
export const typedKeyOf = (profile: Profile): KeyOwner =>
  profile.credential.kind === 'oem' ? { ...ownerOf(profile), which: 'oem-key' } : ownerOf(profile)

/** Whether two states of a profile ask with the same key. Another host has keys of its own anyway. */
export const isSameCredential = (a: Profile, b: Profile): boolean =>
  a.credential.kind === 'oem' && b.credential.kind === 'oem'
    ? a.credential.oemId === b.credential.oemId
    : a.credential.kind === b.credential.kind
