import type { Profile } from '../../contract/profile.ts'
import { defaultSettings, type Settings, type SettingsChange } from '../../contract/settings.ts'
import type { Policy } from '../policy/policy.ts'
import type { SettingsStore } from '../store/settings.ts'

/** What settings are before the agent chose any. */
export const defaultsOf = ({ values }: Policy): Settings =>
  Object.assign({}, defaultSettings, values.Defaults)

/** The settings that the agent can't change, with their values. */
const lockedSettings = ({ values: { Language, PrivateCopies } }: Policy): SettingsChange => ({
  ...(Language !== undefined && { language: Language }),
  ...(PrivateCopies !== undefined && { privateCopies: PrivateCopies }),
})

export const lockedNames = (policy: Policy) =>
  Object.keys(lockedSettings(policy)) as readonly (keyof SettingsChange)[]

/**
 * Settings and profiles as the administrator lets them be. What the agent chose stays stored beneath, and holds again once the
 * policy is gone; nothing that is written through this can change what the policy says.
 */
export function governedSettings(store: SettingsStore, policy: Policy): SettingsStore {
  const {
    Profiles: given = [],
    AllowOwnProfiles,
    AllowDemo,
    MaxRetentionDays,
    TicketTemplates,
  } = policy.values
  const isGiven = (id: string) => given.some(profile => profile.id === id)
  const ofPolicy = TicketTemplates ?? []
  const isOfPolicy = (id: string) => ofPolicy.some(template => template.id === id)

  const isShown = ({ id, carrier }: Profile): boolean => {
    if (isGiven(id)) return false
    return carrier.kind === 'simulator' ? AllowDemo !== false : AllowOwnProfiles !== false
  }

  return {
    settings() {
      const stored = store.settings()
      return Object.assign({}, stored, lockedSettings(policy), {
        retentionDays: Math.min(stored.retentionDays, MaxRetentionDays ?? stored.retentionDays),
        ticketTemplates: [...ofPolicy, ...stored.ticketTemplates.filter(({ id }) => !isOfPolicy(id))],
      })
    },
    saveSettings(changed) {
      const stored = store.settings()
      const kept = Object.fromEntries(lockedNames(policy).map(name => [name, stored[name]]))
      // A cap is no choice of the agent's.
      const isCapped = changed.retentionDays === MaxRetentionDays && stored.retentionDays > MaxRetentionDays
      return store.saveSettings({
        ...changed,
        ...kept,
        ...(isCapped && { retentionDays: stored.retentionDays }),
        ticketTemplates: changed.ticketTemplates.filter(({ id }) => !isOfPolicy(id)),
      })
    },
    profiles: () => [...given, ...store.profiles().filter(isShown)],
    // Whoever saves one is told why not before; this is for who forgets to ask.
    saveProfile: profile => isShown(profile) && store.saveProfile(profile),
    removeProfile: id => !isGiven(id) && store.removeProfile(id),
  }
}
