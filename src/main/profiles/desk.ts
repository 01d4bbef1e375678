import { randomUUID } from 'node:crypto'
import type { AppState, KeyStatus, ProfileState } from '../../shared/bridge.ts'
import type { Outcome } from '../../shared/failure.ts'
import { fail, ok } from '../../shared/result.ts'
import {
  type Language,
  newProfile,
  type Profile,
  type ProfileDraft,
  type Settings,
} from '../../shared/settings.ts'
import type { Clock } from '../clock.ts'
import type { BuiltInSimulator } from '../demo/built-in.ts'
import type { KeyJournal, KeyOwner } from '../keychain/auth-key-vault.ts'
import { type HostRules, mayQuery, normalised } from '../lookup/carrier-host.ts'
import type { GateLimits, RateGate } from '../lookup/rate-gate.ts'
import type { SavedLines } from '../store/saved-lines.ts'
import type { SettingsStore } from '../store/settings.ts'

/** Where the current profile's questions go, and under whose name. */
export interface Carrier {
  readonly profile: Profile
  /** The address to query. */
  readonly origin: string
  readonly owner: KeyOwner
  readonly limits: GateLimits
}

/** The profiles, the chosen one and the settings: what the screen is drawn from. */
export interface Desk {
  state(): AppState
  /** The chosen profile; null before the first one exists. */
  current(): Profile | null
  keyStatus(): KeyStatus
  gateState(): ProfileState['gate'] | null
  /** Of the current profile; starts the simulator where that is its carrier. */
  carrier(): Promise<Carrier | null>
  language(): Language
  saveSettings(settings: Settings): void
  /** Makes or changes a profile and chooses it. HOST_REFUSED where its host may not be asked. */
  saveProfile(draft: ProfileDraft): Outcome<null>
  select(id: string): Outcome<null>
  startDemo(): void
}

/** The simulator's port changes with every run; its key and its gate's book do not. */
const SIMULATOR = 'simulator'

export function ownerOf({ id, carrier }: Profile): KeyOwner {
  return { profileId: id, origin: carrier.kind === 'simulator' ? SIMULATOR : normalised(carrier.origin) }
}

export const isSimulated = (owner: KeyOwner): boolean => owner.origin === SIMULATOR

export function createDesk({
  store,
  savedLines,
  journal,
  gate,
  simulator,
  hostRules,
  demoKey,
  clock,
  system,
}: {
  readonly store: SettingsStore
  readonly savedLines: SavedLines
  readonly journal: KeyJournal
  readonly gate: () => Pick<RateGate<unknown>, 'state'>
  readonly simulator: BuiltInSimulator
  readonly hostRules: () => HostRules
  /** Puts the simulator's own key where its owner's questions will look for it. */
  readonly demoKey: (owner: KeyOwner) => Promise<void>
  readonly clock: Clock
  readonly system: { readonly version: string; readonly platform: string; readonly language: () => Language }
}): Desk {
  const current = (): Profile | null => {
    const profiles = store.profiles()
    const { profileId } = store.settings()
    return profiles.find(profile => profile.id === profileId) ?? profiles[0] ?? null
  }

  const limitsOf = (profile: Profile): GateLimits => ({
    origin: ownerOf(profile).origin,
    cooldownMs: profile.cooldownSeconds * 1000,
    budget: profile.budgetPerHour,
  })

  const keyOf = (profile: Profile): KeyStatus => ({ savedAt: journal.savedAt(ownerOf(profile)) })

  const language = (): Language => {
    const chosen = store.settings().language
    return chosen === 'system' ? system.language() : chosen
  }

  const choose = (profileId: string) => store.saveSettings({ ...store.settings(), profileId })

  return {
    current,
    language,
    state() {
      const profile = current()
      return {
        version: system.version,
        platform: system.platform,
        language: language(),
        settings: store.settings(),
        profiles: store.profiles(),
        current: profile && {
          profile,
          key: keyOf(profile),
          savedLines: savedLines.list(profile.id),
          gate: gate().state(limitsOf(profile)),
        },
      }
    },
    keyStatus() {
      const profile = current()
      return profile === null ? { savedAt: null } : keyOf(profile)
    },
    gateState() {
      const profile = current()
      return profile && gate().state(limitsOf(profile))
    },
    async carrier() {
      const profile = current()
      if (profile === null) return null
      const owner = ownerOf(profile)
      if (!isSimulated(owner)) return { profile, origin: owner.origin, owner, limits: limitsOf(profile) }
      const origin = await simulator.url()
      await demoKey(owner)
      return { profile, origin, owner, limits: limitsOf(profile) }
    },
    saveSettings(settings) {
      // Which profile is chosen is said by choosing it, not by whatever the settings form last saw.
      store.saveSettings({ ...settings, profileId: store.settings().profileId })
    },
    saveProfile({ id, ...draft }) {
      if (draft.carrier.kind === 'host' && !mayQuery(draft.carrier.origin, hostRules())) {
        return fail({ code: 'HOST_REFUSED' })
      }
      const profile = { id: id ?? randomUUID(), ...draft }
      store.saveProfile(profile)
      choose(profile.id)
      return ok(null)
    },
    select(id) {
      if (!store.profiles().some(profile => profile.id === id)) return fail({ code: 'IPC_REFUSED' })
      choose(id)
      return ok(null)
    },
    startDemo() {
      const known = store.profiles().find(profile => profile.carrier.kind === 'simulator')
      if (known) return choose(known.id)
      const profile = { ...newProfile({ name: 'Demo', carrier: { kind: 'simulator' } }), id: randomUUID() }
      store.saveProfile(profile)
      journal.saved(ownerOf(profile), clock.now())
      choose(profile.id)
    },
  }
}
