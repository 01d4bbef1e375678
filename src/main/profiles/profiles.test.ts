import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Profile, ProfileDraft } from '../../contract/profile.ts'
import { newProfile } from '../../contract/profile-defaults.ts'
import { defaultSettings, type Settings } from '../../contract/settings.ts'
import { fail, ok } from '../../domain/result.ts'
import { DEMO_OEM } from '../demo/built-in.ts'
import type { KeyDates, KeyOwner } from '../keychain/key-vault.ts'
import { noPolicy } from '../policy/policy.ts'
import { createLookups } from '../store/lookups.ts'
import { createSavedAccounts } from '../store/saved-accounts.ts'
import { migrate } from '../store/schema.ts'
import { createKeyDates, createSettingsStore } from '../store/settings.ts'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import { createAppState } from './app-state.ts'
import { createPolicyRules } from './policy-rules.ts'
import { createProfiles, type Profiles } from './profiles.ts'
import { createFindTarget, createRefusalOf } from './query-target.ts'

const ONE = 'https://one.example.jp'
const TWO = 'https://two.example.jp'
const SIMULATOR_AT = 'http://127.0.0.1:40001'

let clock: FakeClock
let database: DatabaseSync
let keyDates: KeyDates
let simulatorAt: string | null
let isConfirmed: boolean
let confirmed: unknown[]
let caFiles: string[]
let demoKeys: KeyOwner[]
const rules = createPolicyRules(noPolicy)
let profiles: Profiles

beforeEach(() => {
  clock = createFakeClock()
  database = new DatabaseSync(':memory:')
  migrate(database)
  keyDates = createKeyDates(database)
  simulatorAt = null
  isConfirmed = true
  confirmed = []
  caFiles = []
  demoKeys = []
  profiles = openProfiles()
})

/** As the next run of the program finds them. */
function openProfiles(): Profiles {
  return createProfiles({
    store: createSettingsStore(database, clock),
    keyDates,
    hostRules,
    rules,
    async confirm(change) {
      confirmed.push(change)
      return isConfirmed
    },
    isCaFile: async path => caFiles.includes(path),
    clock,
    systemLanguage: () => 'ja',
  })
}

const hostRules = () => ({ isPackaged: true, simulatorOrigin: simulatorAt })

const findTarget = () =>
  createFindTarget({
    profiles,
    simulator: {
      async url() {
        simulatorAt = SIMULATOR_AT
        return SIMULATOR_AT
      },
    },
    refusalOf: createRefusalOf({ hostRules, rules }),
    memory: {
      async save(owner, authKey) {
        expect(authKey).toBe(DEMO_OEM.key)
        demoKeys.push(owner)
        return ok(null)
      },
    },
  })()

/** When the current profile's key was saved. */
const keySavedAt = () =>
  createAppState({
    profiles,
    savedAccounts: createSavedAccounts(database, clock),
    keyDates,
    memory: { holds: () => false },
    gate: {
      state: () => ({ inFlight: null, step: null, waiting: null, closed: null, isSure: true, budget: null }),
    },
    lookUp: { asked: () => null },
    credentials: { signedInAt: () => null },
    store: { condition: () => ({ kind: 'ok' }) },
    lookups: createLookups(database),
    clock,
    agent: () => 'sato',
    quickEntry: () => 'off',
    policy: rules.state,
    update: () => null,
    system: { version: '0.1.0', platform: 'darwin' },
  }).key().savedAt

const draftAt = (origin: string, given: Partial<ProfileDraft> = {}): ProfileDraft => ({
  ...newProfile({ name: 'Carrier', carrier: { kind: 'host', origin } }),
  ...given,
})

/** Profiles are listed as they were made, so no two are made in the same moment. */
async function saved(draft: ProfileDraft): Promise<Profile> {
  clock.advance(1)
  expect(await profiles.save(draft)).toEqual(ok(null))
  const profile = profiles.current()
  if (profile === null) throw new Error('no profile')
  return profile
}

function demo(): Profile {
  clock.advance(1)
  expect(profiles.startDemo()).toEqual(ok(null))
  const profile = profiles.current()
  if (profile === null) throw new Error('no profile')
  return profile
}

/** What is written, as this run and the next one have it. */
function expectProfiles(...expected: readonly Profile[]): void {
  expect(profiles.all()).toEqual(expected)
  expect(openProfiles().all()).toEqual(expected)
}

const { profileId: _, ...importedSettings }: Settings = { ...defaultSettings, language: 'en' }

describe('a profile of a carrier', () => {
  it('never becomes the simulator’s', async () => {
    const profile = await saved(draftAt(ONE))
    expect(await profiles.save({ ...profile, carrier: { kind: 'simulator' } })).toEqual(
      fail({ code: 'HOST_REFUSED' }),
    )
    expectProfiles(profile)
    expect(await findTarget()).toMatchObject({ origin: ONE })
    expect(demoKeys).toEqual([])
  })

  it('never becomes the simulator’s through a file, and nothing else of that file is taken', async () => {
    const profile = await saved(draftAt(ONE))
    const other = { ...draftAt(TWO), id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' }
    const imported = [other, { ...profile, carrier: { kind: 'simulator' } } as const]
    expect(await profiles.importAll(imported, importedSettings)).toEqual(fail({ code: 'HOST_REFUSED' }))
    expectProfiles(profile)
    expect(profiles.language()).toBe('ja')
  })

  it('may change its host, its name and the rest', async () => {
    const profile = await saved(draftAt(ONE))
    const changed = await saved({ ...draftAt(TWO, { name: 'Renamed', limitKb: 5 }), id: profile.id })
    expectProfiles(changed)
    expect(changed).toEqual({
      ...profile,
      name: 'Renamed',
      limitKb: 5,
      carrier: { kind: 'host', origin: TWO },
    })
  })

  it('keeps every field that a change does not name', async () => {
    const profile = await saved(draftAt(ONE, { limitKb: 5, liftedWhen: 'at noon' }))
    expect(profiles.change(profile.id, { name: 'Renamed' })).toEqual(ok(null))
    expectProfiles({ ...profile, name: 'Renamed' })
  })

  it('takes no change that the gate could not hold, nor one of a profile that there is not', async () => {
    const profile = await saved(draftAt(ONE))
    for (const [id, change] of [
      [profile.id, { cooldownSeconds: 0 }],
      [profile.id, { budgetPerHour: null }],
      ['6f9619ff-8b86-4d01-b42d-00cf4fc964ff', { name: 'Nobody' }],
    ] as const)
      expect(profiles.change(id, change)).toEqual(fail({ code: 'IPC_REFUSED' }))
    expectProfiles(profile)
  })
})

describe('the demo’s profile', () => {
  it('never becomes a carrier’s', async () => {
    const profile = demo()
    expect(await profiles.save({ ...draftAt(ONE), id: profile.id })).toEqual(fail({ code: 'HOST_REFUSED' }))
    expectProfiles(profile)
  })

  it('is made once, and chosen again where it is there', async () => {
    const profile = demo()
    const other = await saved(draftAt(ONE))
    expect(demo()).toEqual(profile)
    expectProfiles(profile, other)
  })

  it('asks the simulator with its own key, and nobody else', async () => {
    const profile = demo()
    const owner = { profileId: profile.id, origin: 'simulator' }
    expect(await findTarget()).toMatchObject({ origin: SIMULATOR_AT, owner, refusal: null })
    expect(demoKeys).toEqual([{ ...owner, which: 'oem-key' }])
    expect(keySavedAt()).toBe(clock.now())
  })
})

describe('a host that may not be asked', () => {
  it.each(['http://one.example.jp', 'http://127.0.0.1:8080', 'http://localhost'])(
    'is not saved: %s',
    async origin => {
      expect(await profiles.save(draftAt(origin))).toEqual(fail({ code: 'HOST_REFUSED' }))
      expectProfiles()
      expect(profiles.current()).toBeNull()
    },
  )

  it('does not take the place of one that may, and the profile stays the chosen one', async () => {
    const profile = await saved(draftAt(ONE))
    const other = await saved(draftAt(TWO))
    expect(await profiles.save({ ...draftAt('http://one.example.jp'), id: profile.id })).toEqual(
      fail({ code: 'HOST_REFUSED' }),
    )
    expectProfiles(profile, other)
    expect(profiles.current()).toEqual(other)
  })

  it('in a file keeps out the whole file', async () => {
    const imported = [
      { ...draftAt(ONE), id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
      { ...draftAt('http://two.example.jp'), id: '7f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
    ]
    expect(await profiles.importAll(imported, importedSettings)).toEqual(fail({ code: 'HOST_REFUSED' }))
    expectProfiles()
    expect(profiles.language()).toBe('ja')
  })

  it('that was saved by another program is not asked', async () => {
    const profile = { ...draftAt('http://one.example.jp'), id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' }
    createSettingsStore(database, clock).saveProfile(profile)
    profiles = openProfiles()
    expect(await findTarget()).toMatchObject({ refusal: { code: 'HOST_REFUSED' } })
  })
})

describe('a profile whose host changes', () => {
  it('owns no key at the new one, and its questions go there', async () => {
    const profile = await saved(draftAt(ONE))
    keyDates.saved({ profileId: profile.id, origin: ONE }, clock.now())
    clock.advance(1_000)
    await saved({ ...draftAt(TWO), id: profile.id })
    expect(keySavedAt()).toBeNull()
    expect(await findTarget()).toMatchObject({
      origin: TWO,
      owner: { profileId: profile.id, origin: TWO },
      limits: { origin: TWO },
    })
  })

  it('through a file has its questions go there too', async () => {
    const profile = await saved(draftAt(ONE))
    clock.advance(1_000)
    expect(await profiles.importAll([{ ...draftAt(TWO), id: profile.id }], importedSettings)).toEqual(
      ok(null),
    )
    expect(await findTarget()).toMatchObject({ origin: TWO, owner: { origin: TWO } })
  })

  it('in its spelling or its name alone keeps its key', async () => {
    const profile = await saved(draftAt(ONE))
    keyDates.saved({ profileId: profile.id, origin: ONE }, 1)
    await saved({ ...draftAt('https://ONE.example.jp:443', { name: 'Renamed' }), id: profile.id })
    expect(await findTarget()).toMatchObject({ origin: ONE })
    expect(keySavedAt()).toBe(1)
  })

  it('leaves the other profiles’ hosts alone', async () => {
    const profile = await saved(draftAt(ONE))
    const other = await saved(draftAt(ONE))
    await saved({ ...draftAt(TWO), id: profile.id })
    profiles.select(other.id)
    expect(await findTarget()).toMatchObject({ origin: ONE, profile: { id: other.id } })
  })
})

describe('another way to the carrier', () => {
  const proxy = { kind: 'manual', url: 'http://proxy.example.jp:8080' } as const

  it('is saved only once the agent confirmed it', async () => {
    isConfirmed = false
    expect(await profiles.save(draftAt(ONE, { proxy }))).toEqual(fail({ code: 'CANCELLED' }))
    expectProfiles()
    isConfirmed = true
    expectProfiles(await saved(draftAt(ONE, { proxy })))
    expect(confirmed).toEqual(
      Array(2).fill({ profile: 'Carrier', proxy, caFile: null, team: null, language: 'ja' }),
    )
  })

  it('that is the one it had is not asked about again', async () => {
    const profile = await saved(draftAt(ONE, { proxy }))
    await saved({ ...profile, name: 'Renamed' })
    expect(confirmed).toHaveLength(1)
  })

  it('in a file is confirmed before anything of that file is taken', async () => {
    isConfirmed = false
    const imported = [
      { ...draftAt(ONE), id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
      { ...draftAt(TWO, { proxy }), id: '7f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
    ]
    expect(await profiles.importAll(imported, importedSettings)).toEqual(fail({ code: 'CANCELLED' }))
    expectProfiles()
    expect(profiles.language()).toBe('ja')
  })

  it('through a CA file is refused where that file holds no certificate', async () => {
    const caFile = '/etc/ssl/office.pem'
    expect(await profiles.save(draftAt(ONE, { caFile }))).toEqual(fail({ code: 'CA_FILE' }))
    expect(confirmed).toEqual([])
    caFiles = [caFile]
    expectProfiles(await saved(draftAt(ONE, { caFile })))
  })
})

describe('the chosen profile', () => {
  it('is the one that was made, changed or selected last, also in the next run', async () => {
    const first = await saved(draftAt(ONE))
    const second = await saved(draftAt(TWO))
    expect([profiles.current(), openProfiles().current()]).toEqual([second, second])
    expect(profiles.select(first.id)).toEqual(ok(null))
    expect([profiles.current(), openProfiles().current()]).toEqual([first, first])
  })

  it('stays where it is told to be one that there is not', async () => {
    const profile = await saved(draftAt(ONE))
    expect(profiles.select('6f9619ff-8b86-4d01-b42d-00cf4fc964ff')).toEqual(fail({ code: 'IPC_REFUSED' }))
    expect(profiles.current()).toEqual(profile)
  })

  it('stays the chosen one after an import', async () => {
    await saved(draftAt(ONE))
    const second = await saved(draftAt(TWO))
    const imported = { ...draftAt(ONE), id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' }
    expect(await profiles.importAll([imported], importedSettings)).toEqual(ok(null))
    expect([profiles.current(), openProfiles().current()]).toEqual([second, second])
    expect(profiles.language()).toBe('en')
  })
})
