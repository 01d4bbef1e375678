import type { PolicyState } from '../../contract/policy.ts'
import type { Profile } from '../../contract/profile.ts'
import type { Failure } from '../../domain/failure.ts'
import { normalised } from '../carrier/host.ts'
import type { Policy } from '../policy/policy.ts'
import { lockedNames } from './governed-settings.ts'

/** What the administrator's policy says to acts of the agent; each gives null where it says nothing. */
export interface PolicyRules {
  /** To asking a profile's carrier. */
  asking(profile: Profile): Failure | null
  /** To making a profile like this, or changing one. */
  profile(profile: Pick<Profile, 'carrier'> & { readonly id: string | null }): Failure | null
  demo(): Failure | null
  /** Whether a profile is the administrator's. */
  isGiven(id: string): boolean
  /** To writing lookups, lines or settings into a file. */
  export(): Failure | null
  readonly state: PolicyState
}

const refused: Failure = { code: 'POLICY_REFUSED' }

export function createPolicyRules(policy: Policy): PolicyRules {
  const { values, problems, vital } = policy
  const stopsQueries = vital.length > 0
  const given = values.Profiles ?? []
  const isAllowedHost = ({ carrier }: Pick<Profile, 'carrier'>): boolean =>
    carrier.kind === 'simulator' ||
    values.AllowedHosts === undefined ||
    values.AllowedHosts.includes(normalised(carrier.origin))
  const isGiven = (id: string) => given.some(profile => profile.id === id)
  const unless = (isAllowed: boolean | undefined): Failure | null => (isAllowed === false ? refused : null)

  return {
    asking(profile) {
      // The demo asks nobody outside this computer.
      if (profile.carrier.kind === 'simulator') return null
      if (stopsQueries) return { code: 'POLICY_INVALID', keys: vital.filter(key => key !== null) }
      return isAllowedHost(profile) ? null : refused
    },
    profile({ id, carrier }) {
      if (id !== null && isGiven(id)) return refused
      if (carrier.kind === 'simulator') return unless(values.AllowDemo)
      return unless(values.AllowOwnProfiles) ?? unless(isAllowedHost({ carrier }))
    },
    isGiven,
    demo: () => unless(values.AllowDemo),
    export: () => unless(values.AllowExport),
    state: {
      source: policy.source,
      problems,
      stopsQueries,
      locked: lockedNames(policy),
      lockedProfiles: given.map(({ id }) => id),
      lockedTemplates: (values.TicketTemplates ?? []).map(({ id }) => id),
      allowsOwnProfiles: values.AllowOwnProfiles !== false,
      allowsExport: values.AllowExport !== false,
      allowsDemo: values.AllowDemo !== false,
      maxRetentionDays: values.MaxRetentionDays ?? null,
      supportContact: values.SupportContact ?? null,
    },
  }
}
