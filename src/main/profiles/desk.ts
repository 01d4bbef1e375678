import { randomUUID } from 'node:crypto'
import type { AppState, KeyStatus, ProfileState, StoreState } from '../../shared/bridge.ts'
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
  /** These give STORE_READ_ONLY where the disk did not take the change. */
  saveSettings(settings: Settings): Outcome<null>
  /**
   * Makes or changes a profile and chooses it. HOST_REFUSED where its host may not be asked, CANCELLED where the
   * agent did not confirm another proxy or CA file.
   */
  saveProfile(draft: ProfileDraft): Promise<Outcome<null>>
  select(id: string): Outcome<null>
  startDemo(): Outcome<null>
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
  heldForThisRun,
  confirm,
  storeState,
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
  readonly heldForThisRun: (owner: KeyOwner) => boolean
  readonly confirm: (
    change: Pick<Profile, 'proxy' | 'caFile'> & { readonly profile: string },
  ) => Promise<boolean>
  readonly storeState: StoreState
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

  const keyOf = (profile: Profile): KeyStatus => {
    const owner = ownerOf(profile)
    return { savedAt: journal.savedAt(owner), forThisRun: heldForThisRun(owner) }
  }

  const language = (): Language => {
    const chosen = store.settings().language
    return chosen === 'system' ? system.language() : chosen
  }

  const choose = (profileId: string) => written(store.saveSettings({ ...store.settings(), profileId }))

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
        store: storeState,
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
      return profile === null ? { savedAt: null, forThisRun: false } : keyOf(profile)
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
      return written(store.saveSettings({ ...settings, profileId: store.settings().profileId }))
    },
    async saveProfile({ id, ...draft }) {
      if (draft.carrier.kind === 'host' && !mayQuery(draft.carrier.origin, hostRules())) {
        return fail({ code: 'HOST_REFUSED' })
      }
      const profile = { id: id ?? randomUUID(), ...draft }
      const before = store.profiles().find(known => known.id === id)
      if (!sameWay(before ?? newProfile(draft), profile)) {
        const { name, proxy, caFile } = profile
        if (!(await confirm({ profile: name, proxy, caFile }))) return fail({ code: 'CANCELLED' })
      }
      if (!store.saveProfile(profile)) return fail({ code: 'STORE_READ_ONLY' })
      return choose(profile.id)
    },
    select(id) {
      const isKnown = store.profiles().some(profile => profile.id === id)
      return isKnown ? choose(id) : fail({ code: 'IPC_REFUSED' })
    },
    startDemo() {
      const known = store.profiles().find(profile => profile.carrier.kind === 'simulator')
      if (known) return choose(known.id)
      const profile = { ...newProfile({ name: 'Demo', carrier: { kind: 'simulator' } }), id: randomUUID() }
      if (!store.saveProfile(profile)) return fail({ code: 'STORE_READ_ONLY' })
      journal.saved(ownerOf(profile), clock.now())
      return choose(profile.id)
    },
  }
}

const written = (done: boolean): Outcome<null> => (done ? ok(null) : fail({ code: 'STORE_READ_ONLY' }))

/** Whether two profiles send their questions through the same proxy and trust the same authorities. */
const sameWay = (a: Pick<Profile, 'proxy' | 'caFile'>, b: Pick<Profile, 'proxy' | 'caFile'>): boolean =>
  a.caFile === b.caFile && JSON.stringify(a.proxy) === JSON.stringify(b.proxy)
