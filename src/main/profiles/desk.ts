import { randomUUID } from 'node:crypto'
import type { AppState, Asked, KeyStatus, ProfileState, StoreState } from '../../contract/bridge.ts'
import { newProfile } from '../../contract/profile-defaults.ts'
import type { Profile, ProfileDraft, Settings, SettingsChange } from '../../contract/settings.ts'
import type { Outcome } from '../../domain/failure.ts'
import type { Language } from '../../domain/language.ts'
import { fail, ok } from '../../domain/result.ts'
import { PAGE_OF_LINES } from '../../domain/saved-line.ts'
import { type HostRules, mayQuery, normalised } from '../carrier/host.ts'
import type { Clock } from '../clock.ts'
import type { BuiltInSimulator } from '../demo/built-in.ts'
import type { Gate, GateLimits } from '../gate/gate.ts'
import type { KeyJournal, KeyOwner } from '../keychain/auth-key-vault.ts'
import type { SavedLines } from '../store/saved-lines.ts'
import type { SettingsStore } from '../store/settings.ts'
import { written } from '../store/written.ts'

/** Where the current profile's questions go, and under whose name. */
export interface Carrier {
  readonly profile: Profile
  /** The address to query. */
  readonly origin: string
  readonly owner: KeyOwner
  readonly limits: GateLimits
  /** Whether the authKey may be sent there at all. */
  readonly isAllowed: boolean
}

/** The profiles, the chosen one and the settings: what the screen is drawn from. */
export interface Desk {
  state(): AppState
  settings(): Settings
  profiles(): readonly Profile[]
  /** The chosen profile; null before the first one exists. */
  current(): Profile | null
  keyStatus(): KeyStatus
  gateState(): ProfileState['gate'] | null
  /** Of the current profile; starts the simulator where that is its carrier. */
  carrier(): Promise<Carrier | null>
  language(): Language
  /** These give STORE_READ_ONLY where the disk did not take the change. */
  changeSettings(change: SettingsChange): Outcome<null>
  /**
   * Makes or changes a profile and chooses it. HOST_REFUSED where its host may not be asked, CA_FILE where that file
   * holds no certificate, CANCELLED where the agent did not confirm another proxy or CA file.
   */
  saveProfile(draft: ProfileDraft): Promise<Outcome<null>>
  /** Takes in profiles and settings from a file: all of them, or none where one is refused or not confirmed. */
  importAll(profiles: readonly Profile[], settings: Omit<Settings, 'profileId'>): Promise<Outcome<null>>
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
  isCaFile,
  storeState,
  asked,
  clock,
  system,
}: {
  readonly store: SettingsStore
  readonly savedLines: SavedLines
  readonly journal: KeyJournal
  readonly gate: () => Pick<Gate<unknown>, 'state'>
  readonly simulator: BuiltInSimulator
  readonly hostRules: () => HostRules
  /** Puts the simulator's own key where its owner's questions will look for it. */
  readonly demoKey: (owner: KeyOwner) => Promise<void>
  readonly heldForThisRun: (owner: KeyOwner) => boolean
  readonly confirm: (
    change: Pick<Profile, 'proxy' | 'caFile'> & { readonly profile: string },
  ) => Promise<boolean>
  /** Whether a file holds certificates, and nothing that is none. */
  readonly isCaFile: (path: string) => Promise<boolean>
  readonly storeState: () => StoreState
  /** What was asked last in a profile. */
  readonly asked: (profileId: string) => Asked | null
  readonly clock: Clock
  readonly system: {
    readonly version: string
    readonly platform: string
    readonly agent: string
    readonly language: () => Language
  }
}): Desk {
  /** Kept for this run too, so that profiles can be switched where the disk takes nothing. */
  let chosen: string | null = null

  const current = (): Profile | null => {
    const profiles = store.profiles()
    const profileId = chosen ?? store.settings().profileId
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

  const choose = (profileId: string): Outcome<null> => {
    chosen = profileId
    store.saveSettings({ ...store.settings(), profileId })
    return ok(null)
  }

  const known = (id: string | null) => store.profiles().find(profile => profile.id === id)

  async function check(draft: ProfileDraft): Promise<Outcome<null>> {
    const { carrier, name, proxy, caFile } = draft
    if (carrier.kind === 'host' && !mayQuery(carrier.origin, hostRules()))
      return fail({ code: 'HOST_REFUSED' })
    const before = known(draft.id)
    // A customer's profile does not become the simulator's, nor the other way: their figures must never meet.
    if (before && before.carrier.kind !== carrier.kind) return fail({ code: 'HOST_REFUSED' })
    if (caFile !== null && caFile !== before?.caFile && !(await isCaFile(caFile)))
      return fail({ code: 'CA_FILE' })
    if (sameWay(before ?? newProfile(draft), draft)) return ok(null)
    return (await confirm({ profile: name, proxy, caFile })) ? ok(null) : fail({ code: 'CANCELLED' })
  }

  function write(profile: Profile): Outcome<null> {
    return written(store.saveProfile(profile))
  }

  return {
    current,
    language,
    settings: store.settings,
    profiles: store.profiles,
    state() {
      const profile = current()
      return {
        version: system.version,
        platform: system.platform,
        agent: system.agent,
        language: language(),
        settings: store.settings(),
        store: storeState(),
        profiles: store.profiles(),
        current: profile && {
          profile,
          key: keyOf(profile),
          savedLines: savedLines.page(profile.id, { search: '', offset: 0, limit: PAGE_OF_LINES }),
          gate: gate().state(limitsOf(profile), profile.id),
          asked: asked(profile.id),
        },
      }
    },
    keyStatus() {
      const profile = current()
      return profile === null ? { savedAt: null, forThisRun: false } : keyOf(profile)
    },
    gateState() {
      const profile = current()
      return profile && gate().state(limitsOf(profile), profile.id)
    },
    async carrier() {
      const profile = current()
      if (profile === null) return null
      const owner = ownerOf(profile)
      const common = { profile, owner, limits: limitsOf(profile) }
      if (!isSimulated(owner)) {
        return { ...common, origin: owner.origin, isAllowed: mayQuery(owner.origin, hostRules()) }
      }
      const origin = await simulator.url()
      await demoKey(owner)
      return { ...common, origin, isAllowed: true }
    },
    changeSettings: change => written(store.saveSettings(Object.assign({}, store.settings(), change))),
    async saveProfile(draft) {
      const checked = await check(draft)
      if (!checked.ok) return checked
      const id = draft.id ?? randomUUID()
      const put = write({ ...draft, id })
      return put.ok ? choose(id) : put
    },
    async importAll(profiles, settings) {
      // Every question is asked before anything is written: half an import is a profile nobody chose.
      for (const profile of profiles) {
        const checked = await check(profile)
        if (!checked.ok) return checked
      }
      for (const profile of profiles) {
        const put = write(profile)
        if (!put.ok) return put
      }
      return written(store.saveSettings({ ...settings, profileId: store.settings().profileId }))
    },
    select(id) {
      return known(id) ? choose(id) : fail({ code: 'IPC_REFUSED' })
    },
    startDemo() {
      const demo = store.profiles().find(profile => profile.carrier.kind === 'simulator')
      if (demo) return choose(demo.id)
      const profile = { ...newProfile({ name: 'Demo', carrier: { kind: 'simulator' } }), id: randomUUID() }
      if (!store.saveProfile(profile)) return fail({ code: 'STORE_READ_ONLY' })
      journal.saved(ownerOf(profile), clock.now())
      return choose(profile.id)
    },
  }
}

/** Whether two profiles send their questions through the same proxy and trust the same authorities. */
const sameWay = (a: Pick<Profile, 'proxy' | 'caFile'>, b: Pick<Profile, 'proxy' | 'caFile'>): boolean =>
  a.caFile === b.caFile && JSON.stringify(a.proxy) === JSON.stringify(b.proxy)
