import { randomUUID } from 'node:crypto'
import { type Profile, type ProfileChange, type ProfileDraft, profileSchema } from '../../contract/profile.ts'
import { bounds } from '../../contract/profile-bounds.ts'
import { newProfile, oemCredential } from '../../contract/profile-defaults.ts'
import type { Settings, SettingsChange } from '../../contract/settings.ts'
import type { TeamServer } from '../../contract/team.ts'
import type { Outcome } from '../../domain/failure.ts'
import type { Language } from '../../domain/language.ts'
import { fail, ok } from '../../domain/result.ts'
import { type HostRules, mayQuery } from '../carrier/host.ts'
import type { Clock } from '../clock.ts'
import { DEMO_OEM } from '../demo/built-in.ts'
import type { KeyDates } from '../keychain/key-vault.ts'
import type { SettingsStore } from '../store/settings.ts'
import { written } from '../store/written.ts'
import { typedKeyOf } from './owner.ts'
import type { PolicyRules } from './policy-rules.ts'

/**
 * A change that decides who can read the queries, so the agent must confirm it where no script can answer.
 */
export interface NetworkChange {
  readonly profile: string
  readonly proxy: Profile['proxy']
  readonly caFile: string | null
  readonly team: TeamServer | null
  readonly language: Language
}

/** The profiles, the chosen one and the settings, and everything that changes them. */
export interface Profiles {
  settings(): Settings
  all(): readonly Profile[]
  /** The chosen profile; null before the first one exists. */
  current(): Profile | null
  /** The screen's. */
  language(): Language
  /** These give STORE_READ_ONLY where the disk did not take the change. */
  changeSettings(change: SettingsChange): Outcome<null>
  /**
   * Makes or changes a profile and chooses it. HOST_REFUSED where its host may not be asked, CA_FILE where that file
   * holds no certificate, POLICY_REFUSED where the administrator does not let it be, CANCELLED where the agent did not confirm another proxy or CA file.
   */
  save(draft: ProfileDraft): Promise<Outcome<null>>
  /** Changes a profile's fields that need no confirmation. IPC_REFUSED where no profile may be like that. */
  change(id: string, change: ProfileChange): Outcome<null>
  /** Takes in profiles: all of them, or none where one is refused or not confirmed. */
  takeIn(profiles: readonly Profile[]): Promise<Outcome<null>>
  /** The same with settings, from a file. */
  importAll(profiles: readonly Profile[], settings: Omit<Settings, 'profileId'>): Promise<Outcome<null>>
  select(id: string): Outcome<null>
  /** Removes a profile; another one is chosen, if there is one. What belongs to it goes before it does. */
  remove(id: string): Outcome<null>
  /** Makes the demo profile if there is none, and chooses it. */
  startDemo(): Outcome<null>
}

export function createProfiles({
  store,
  keyDates,
  hostRules,
  confirm,
  isCaFile,
  rules,
  clock,
  systemLanguage,
}: {
  readonly store: SettingsStore
  readonly keyDates: Pick<KeyDates, 'saved'>
  readonly hostRules: () => HostRules
  readonly confirm: (change: NetworkChange) => Promise<boolean>
  /** Whether a file holds certificates, and nothing that is none. */
  readonly isCaFile: (path: string) => Promise<boolean>
  readonly rules: Pick<PolicyRules, 'profile' | 'demo' | 'isGiven'>
  readonly clock: Pick<Clock, 'now'>
  readonly systemLanguage: () => Language
}): Profiles {
  /** The choice is also kept in memory, so that profiles can be switched when the disk can't be written. */
  let chosen: string | null = null

  const current = (): Profile | null => {
    const profiles = store.profiles()
    const profileId = chosen ?? store.settings().profileId
    return profiles.find(profile => profile.id === profileId) ?? profiles[0] ?? null
  }

  const language = (): Language => {
    const setting = store.settings().language
    return setting === 'system' ? systemLanguage() : setting
  }

  const choose = (profileId: string): Outcome<null> => {
    chosen = profileId
    store.saveSettings({ ...store.settings(), profileId })
    return ok(null)
  }

  const known = (id: string | null) => store.profiles().find(profile => profile.id === id)

  const write = (profile: Profile): Outcome<null> => written(store.saveProfile(profile))

  async function check(draft: ProfileDraft): Promise<Outcome<null>> {
    const { carrier, name, proxy, caFile, team } = draft
    const refused = rules.profile(draft)
    if (refused !== null) return fail(refused)
    if (carrier.kind === 'host' && !mayQuery(carrier.origin, hostRules()))
      return fail({ code: 'HOST_REFUSED' })
    const before = known(draft.id)
    // A real profile must not become the demo profile, nor the other way round: their figures must never be
    // mixed.
    if (before && before.carrier.kind !== carrier.kind) return fail({ code: 'HOST_REFUSED' })
    if (caFile !== null && caFile !== before?.caFile && !(await isCaFile(caFile)))
      return fail({ code: 'CA_FILE' })
    if (
      team !== null &&
      team.caFile !== null &&
      team.caFile !== before?.team?.caFile &&
      !(await isCaFile(team.caFile))
    )
      return fail({ code: 'CA_FILE' })
    if (sameWay(before ?? newProfile(draft), draft)) return ok(null)
    const isConfirmed = await confirm({ profile: name, proxy, caFile, team, language: language() })
    return isConfirmed ? ok(null) : fail({ code: 'CANCELLED' })
  }

  async function takeIn(profiles: readonly Profile[]): Promise<Outcome<null>> {
    // Every question is asked before anything is written: half an import is a profile nobody chose.
    for (const profile of profiles) {
      const checked = await check(profile)
      if (!checked.ok) return checked
    }
    for (const profile of profiles) {
      const put = write(profile)
      if (!put.ok) return put
    }
    return ok(null)
  }

  return {
    current,
    language,
    settings: store.settings,
    all: store.profiles,
    changeSettings: change => written(store.saveSettings(Object.assign({}, store.settings(), change))),
    async save(draft) {
      const checked = await check(draft)
      if (!checked.ok) return checked
      const id = draft.id ?? randomUUID()
      const put = write({ ...draft, id })
      return put.ok ? choose(id) : put
    },
    change(id, change) {
      const changed = profileSchema.safeParse({ ...known(id), ...change })
      const refused = changed.success ? rules.profile(changed.data) : null
      if (refused !== null) return fail(refused)
      return changed.success ? write(changed.data) : fail({ code: 'IPC_REFUSED' })
    },
    takeIn,
    async importAll(profiles, settings) {
      // A file may have been exported with the administrator's own in it.
      const taken = await takeIn(profiles.filter(({ id }) => !rules.isGiven(id)))
      if (!taken.ok) return taken
      return written(store.saveSettings({ ...settings, profileId: store.settings().profileId }))
    },
    select(id) {
      return known(id) ? choose(id) : fail({ code: 'IPC_REFUSED' })
    },
    remove(id) {
      if (known(id) === undefined) return fail({ code: 'IPC_REFUSED' })
      if (rules.isGiven(id)) return fail({ code: 'POLICY_REFUSED' })
      const removed = written(store.removeProfile(id))
      if (removed.ok && current()?.id !== chosen) chosen = null
      return removed
    },
    startDemo() {
      const refused = rules.demo()
      if (refused !== null) return fail(refused)
      const demo = store.profiles().find(profile => profile.carrier.kind === 'simulator')
      if (demo) return choose(demo.id)
      const profile: Profile = {
        ...newProfile({ name: 'Demo', carrier: { kind: 'simulator' } }),
        id: randomUUID(),
        // It signs in by itself, so that a new agent sees that, too.
        credential: oemCredential(DEMO_OEM.id),
        cooldownSeconds: bounds.cooldownSeconds.min,
      }
      if (!store.saveProfile(profile)) return fail({ code: 'STORE_READ_ONLY' })
      keyDates.saved(typedKeyOf(profile), clock.now())
      return choose(profile.id)
    },
  }
}

/** Whether two profiles send their questions through the same proxy and trust the same authorities. */
const sameWay = (
  a: Pick<Profile, 'proxy' | 'caFile' | 'team'>,
  b: Pick<Profile, 'proxy' | 'caFile' | 'team'>,
): boolean => JSON.stringify([a.caFile, a.proxy, a.team]) === JSON.stringify([b.caFile, b.proxy, b.team])

const said: readonly (keyof ProfileChange)[] = ['name', 'limitKb', 'threeDayLimit', 'liftedWhen', 'messages']

/** Whether a change touches neither how the carrier is asked nor how its figures are read. */
export const isOnlySaid = (change: ProfileChange): boolean =>
  Object.keys(change).every(field => said.some(name => name === field))
