import type { Profile } from '../../contract/profile.ts'
import type { Failure } from '../../domain/failure.ts'
import { type HostRules, mayQuery } from '../carrier/host.ts'
import { type BuiltInSimulator, DEMO_AUTH_KEY, DEMO_OEM } from '../demo/built-in.ts'
import type { GateLimits } from '../gate/gate.ts'
import type { KeyOwner, KeyVault } from '../keychain/key-vault.ts'
import { isSimulated, limitsOf, ownerOf, typedKeyOf } from './owner.ts'
import type { PolicyRules } from './policy-rules.ts'
import type { Profiles } from './profiles.ts'

/** Where the current profile's queries go, and under whose name. */
export interface QueryTarget {
  readonly profile: Profile
  /** The address to query. */
  readonly origin: string
  readonly owner: KeyOwner
  readonly limits: GateLimits
  /** Why nothing may be sent there at all; null where it may. */
  readonly refusal: Failure | null
}

/** Says why a profile's carrier may not be asked at all: by its address, or by what the administrator set. */
export const createRefusalOf =
  ({
    hostRules,
    rules,
  }: {
    readonly hostRules: () => HostRules
    readonly rules: Pick<PolicyRules, 'asking'>
  }) =>
  (profile: Profile): Failure | null => {
    const owner = ownerOf(profile)
    if (isSimulated(owner)) return null
    return rules.asking(profile) ?? (mayQuery(owner.origin, hostRules()) ? null : { code: 'HOST_REFUSED' })
  }

/** Gives the current profile's target, null where there is no profile; starts the simulator where that is its carrier. */
export type FindTarget = () => Promise<QueryTarget | null>

export const createFindTarget =
  ({
    profiles,
    simulator,
    refusalOf,
    memory,
  }: {
    readonly profiles: Pick<Profiles, 'current'>
    readonly simulator: Pick<BuiltInSimulator, 'url'>
    readonly refusalOf: (profile: Profile) => Failure | null
    /** Where the simulator's key is looked for. */
    readonly memory: Pick<KeyVault, 'save'>
  }): FindTarget =>
  async () => {
    const profile = profiles.current()
    if (profile === null) return null
    const owner = ownerOf(profile)
    const common = { profile, owner, limits: limitsOf(profile) }
    if (!isSimulated(owner)) return { ...common, origin: owner.origin, refusal: refusalOf(profile) }
    const origin = await simulator.url()
    await memory.save(typedKeyOf(profile), profile.credential.kind === 'oem' ? DEMO_OEM.key : DEMO_AUTH_KEY)
    return { ...common, origin, refusal: null }
  }
