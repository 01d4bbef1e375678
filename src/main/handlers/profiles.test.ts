import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Profile } from '../../contract/profile.ts'
import { newProfile, oemCredential } from '../../contract/profile-defaults.ts'
import { defaultSettings } from '../../contract/settings.ts'
import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { KeyOwner } from '../keychain/key-vault.ts'
import { noPolicy } from '../policy/policy.ts'
import { createAppState } from '../profiles/app-state.ts'
import { createPolicyRules } from '../profiles/policy-rules.ts'
import { createProfiles, type Profiles } from '../profiles/profiles.ts'
import { backupsOf } from '../store/backups.ts'
import { createLookups, type Lookups } from '../store/lookups.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { createSavedAccounts } from '../store/saved-accounts.ts'
import { createKeyDates, createSettingsStore } from '../store/settings.ts'
import { written } from '../store/written.ts'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import { profileHandlers } from './profiles.ts'
import { createWithProfile } from './with-profile.ts'

const ONE = 'https://one.example.jp'
const TWO = 'https://two.example.jp'
const LINE = { kind: 'line', id: '09012345678' } as const
const DAY = 86_400_000

let folder: string
let path: string
let clock: FakeClock
let store: Store
let lookups: Lookups
const rules = createPolicyRules(noPolicy)
let profiles: Profiles
let signInSays: Outcome<null>
/** What was done, in its order. */
let acts: string[]
let retained: number[]
let erased: Promise<boolean>
let keychainSays: Outcome<null>
let isConfirmed: boolean
let files: string[]
let handlers: ReturnType<typeof profileHandlers>

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-profiles-'))
  path = join(folder, 'traffic-profiles.sqlite')
  clock = createFakeClock()
  store = openStore(path, clock)
  lookups = createLookups(store.database)
  acts = []
  retained = []
  keychainSays = ok(null)
  isConfirmed = true
  files = []
  const act = (name: string) => () => {
    acts.push(name)
  }
  const settings = createSettingsStore(store.database, clock)
  const keyDates = createKeyDates(store.database)
  profiles = createProfiles({
    store: {
      ...settings,
      saveProfile(profile) {
        acts.push('profile saved')
        return settings.saveProfile(profile)
      },
      saveSettings(changed) {
        acts.push('settings saved')
        return settings.saveSettings(changed)
      },
    },
    keyDates,
    hostRules: () => ({ isPackaged: true, simulatorOrigin: null }),
    rules,
    async confirm() {
      acts.push('asked the agent')
      return isConfirmed
    },
    isCaFile: async () => true,
    clock,
    systemLanguage: () => 'ja',
  })
  const vaultOf = (name: string) => ({
    async save(owner: KeyOwner, authKey: string) {
      acts.push(`${authKey} of ${owner.origin} saved in ${name}`)
      return keychainSays
    },
    async delete(owner: KeyOwner) {
      acts.push(`key of ${owner.origin} deleted from ${name}`)
      return keychainSays
    },
    read: async () => fail({ code: 'KEY_MISSING' as const }),
  })
  signInSays = ok(null)
  const credentials = {
    async forget({ origin }: KeyOwner) {
      acts.push(`what was obtained for ${origin} forgotten`)
      return ok(null)
    },
    signedInAt: () => null,
  }
  handlers = profileHandlers({
    withProfile: createWithProfile(profiles),
    rules,
    profiles,
    appState: createAppState({
      profiles,
      savedAccounts: createSavedAccounts(store.database, clock),
      keyDates,
      memory: { holds: () => false },
      gate: {
        state: () => ({
          inFlight: null,
          step: null,
          waiting: null,
          closed: null,
          isSure: true,
          budget: null,
        }),
      },
      lookUp: { asked: () => null },
      credentials,
      store,
      lookups: createLookups(store.database),
      clock,
      agent: () => 'sato',
      quickEntry: () => 'off',
      policy: rules.state,
      update: () => null,
      system: { version: '0.1.0', platform: 'darwin' },
    }),
    lookUp: {
      dropUnsent: act('unsent dropped'),
      erased: id => acts.push(`${id} erased`),
      stop: act('stopped'),
    },
    signIn: async () => signInSays,
    gate: { keyChanged: origin => acts.push(`gate opened for ${origin}`) },
    credentials,
    proxyLogins: { save: async () => ok(null) },
    vault: vaultOf('the keychain'),
    keyForThisRun: vaultOf('memory'),
    keychain: { retry: act('keychain tried again') },
    async saveFile({ text }) {
      let whole = ''
      for await (const piece of text()) whole += piece
      files.push(whole)
      return ok('traffic-desk settings.json')
    },
    settingsChanged: act('settings applied'),
    quickEntry: () => 'off',
    profileChanged() {},
    savedAccounts: createSavedAccounts(store.database, clock),
    erase: async erasure => written(await store.erase(erasure)),
    writable: async () => {},
    retentionShortened() {
      const days = profiles.settings().retentionDays
      retained.push(days)
      erased = store.erase({ kind: 'retain', before: clock.now() - days * DAY })
    },
  })
})

afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

async function saved(name = 'Carrier', origin = ONE): Promise<Profile> {
  await profiles.save(newProfile({ name, carrier: { kind: 'host', origin } }))
  acts.length = 0
  const profile = profiles.current()
  if (profile === null) throw new Error('no profile')
  return profile
}

const aboutLine = () => readdirSync(folder).filter(name => readFileSync(join(folder, name)).includes(LINE.id))

describe('what has not been sent is dropped', () => {
  it('before a key is saved, and again once it is: a question must not go out with the old one', async () => {
    await saved()
    await handlers.saveAuthKey({ authKey: 'KEY-1', forThisRun: false })
    expect(acts).toEqual([
      'unsent dropped',
      'keychain tried again',
      `KEY-1 of ${ONE} saved in the keychain`,
      'unsent dropped',
      `gate opened for ${ONE}`,
    ])
  })

  it('before an OEM key is deleted, with what was obtained with it', async () => {
    await saved()
    const id = profiles.current()?.id ?? null
    await handlers.saveProfile({
      ...newProfile({ name: 'One', carrier: { kind: 'host', origin: ONE } }),
      id,
      credential: oemCredential('OEM-1'),
    })
    acts = []
    await handlers.deleteKeys()
    expect(acts).toEqual([
      'unsent dropped',
      `what was obtained for ${ONE} forgotten`,
      `key of ${ONE} deleted from the keychain`,
      'unsent dropped',
    ])
  })

  it('that a team’s password goes with its server, and with its profile', async () => {
    const team = { host: 'db.example.jp', port: 5432, database: 'gate', user: 'desk', caFile: null }
    const profile = { ...(await saved()), team }
    await handlers.saveProfile(profile)
    acts = []
    await handlers.saveProfile({ ...profile, team: { ...team, database: 'other' } })
    expect(acts).toContain('key of team:desk@db.example.jp:5432/gate deleted from the keychain')
    acts = []
    await handlers.removeProfile(profile.id)
    expect(acts.filter(act => act.startsWith('key of'))).toEqual([
      'key of team:desk@db.example.jp:5432/other deleted from the keychain',
      `key of ${ONE} deleted from the keychain`,
    ])
  })

  it('before a key is deleted, and again once it is', async () => {
    await saved()
    expect(await handlers.deleteKeys()).toEqual(ok({ savedAt: null, forThisRun: false, signedInAt: null }))
    expect(acts).toEqual(['unsent dropped', `key of ${ONE} deleted from the keychain`, 'unsent dropped'])
  })

  it('before another profile is chosen', async () => {
    const first = await saved()
    await saved()
    expect(await handlers.selectProfile(first.id)).toMatchObject({
      ok: true,
      value: { current: { profile: first } },
    })
    expect(acts).toEqual(['unsent dropped', 'settings saved'])
  })

  it('before the demo is chosen', async () => {
    await saved()
    expect((await handlers.startDemo()).ok).toBe(true)
    expect(acts).toEqual(['unsent dropped', 'profile saved', 'settings saved'])
  })

  it('before a profile is saved, and again for what was asked while a dialog was up', async () => {
    const profile = await saved()
    await handlers.saveProfile({ ...profile, proxy: { kind: 'none' } })
    expect(acts).toEqual([
      'unsent dropped',
      'asked the agent',
      'profile saved',
      'settings saved',
      'unsent dropped',
    ])
  })

  it.each([{ body: 'form' }, { deadlineSeconds: 9 }, { kbBase: 1000 }] as const)(
    'before a field is changed that changes how it would be asked or read: %o',
    async change => {
      const { id } = await saved()
      expect((await handlers.changeProfile({ id, change })).ok).toBe(true)
      expect(acts).toEqual(['unsent dropped', 'profile saved'])
      expect(profiles.current()).toMatchObject(change)
    },
  )

  it('not where a name or the operator’s rules and words change, and no dialog asks', async () => {
    const { id } = await saved()
    const change = { name: 'Renamed', limitKb: 5, liftedWhen: 'at noon', messages: { listed: 'slow' } }
    expect(await handlers.changeProfile({ id, change })).toMatchObject({
      ok: true,
      value: { current: { profile: { id, ...change } } },
    })
    expect(acts).toEqual(['profile saved'])
  })

  it('before profiles are taken from a file, and again once they are', async () => {
    const profile = { ...(await saved()), proxy: { kind: 'none' } } as const
    await handlers.importSettings(
      JSON.stringify({ program: 'traffic-desk', settings: defaultSettings, profiles: [profile] }),
    )
    expect(acts).toEqual([
      'unsent dropped',
      'asked the agent',
      'profile saved',
      'settings saved',
      'unsent dropped',
      'settings applied',
    ])
  })
})

describe('a key', () => {
  it('goes to memory alone where the agent wants it for this run', async () => {
    await saved()
    await handlers.saveAuthKey({ authKey: 'KEY-1', forThisRun: true })
    expect(acts.filter(act => act.includes('saved in'))).toEqual([`KEY-1 of ${ONE} saved in memory`])
  })

  it('that is not saved opens no gate', async () => {
    await saved()
    keychainSays = fail({ code: 'KEYCHAIN_LOCKED' })
    expect(await handlers.saveAuthKey({ authKey: 'KEY-1', forThisRun: false })).toEqual(keychainSays)
    expect(acts).not.toContain(`gate opened for ${ONE}`)
  })

  it('that is not deleted is said not to be', async () => {
    await saved()
    keychainSays = fail({ code: 'KEYCHAIN_LOCKED' })
    expect(await handlers.deleteKeys()).toEqual(keychainSays)
  })

  it('belongs to a profile: without one it goes nowhere', async () => {
    const refused = fail({ code: 'IPC_REFUSED' })
    expect(await handlers.saveAuthKey({ authKey: 'KEY-1', forThisRun: false })).toEqual(refused)
    expect(await handlers.deleteKeys()).toEqual(refused)
    expect(acts).toEqual([])
  })
})

describe('a host that may not be asked', () => {
  it('is not saved, and the screen is told why', async () => {
    await saved()
    const draft = newProfile({ name: 'New', carrier: { kind: 'host', origin: 'http://one.example.jp' } })
    expect(await handlers.saveProfile(draft)).toEqual(fail({ code: 'HOST_REFUSED' }))
    expect(profiles.all()).toHaveLength(1)
    expect(acts).not.toContain('profile saved')
  })
})

describe('a shorter retention', () => {
  const keepFor = (retentionDays: number) => handlers.changeSettings({ retentionDays })

  function recordFrom(daysAgo: number): void {
    const at = clock.now() - daysAgo * DAY
    lookups.record({
      profileId: '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10',
      origin: ONE,
      account: LINE,
      askedAt: at,
      repliedAt: at,
      durationMs: 12,
      agent: 'sato',
      result: fail({ code: 'TIMEOUT' }),
      rawReply: null,
    })
  }

  it('erases what is older from every file, the backups too', async () => {
    recordFrom(40)
    await store.backUp(clock.now())
    const [backup] = backupsOf(path)
    expect(readFileSync(backup?.file ?? '').includes(LINE.id)).toBe(true)
    expect(await keepFor(30)).toMatchObject({ ok: true, value: { settings: { retentionDays: 30 } } })
    await erased
    expect(aboutLine()).toEqual([])
    expect(backupsOf(path)).toHaveLength(1)
  })

  it('is the only change that erases: not a longer one, the same one, or another setting', async () => {
    recordFrom(80)
    await keepFor(90)
    await keepFor(365)
    await handlers.changeSettings({ theme: 'dark' })
    expect(retained).toEqual([])
    await keepFor(364)
    await erased
    expect(retained).toEqual([364])
    expect(aboutLine()).not.toEqual([])
  })

  it('that the disk does not take erases nothing', async () => {
    recordFrom(40)
    store.database.exec('PRAGMA query_only = ON')
    expect(await keepFor(30)).toEqual(fail({ code: 'STORE_READ_ONLY' }))
    expect(retained).toEqual([])
    expect(profiles.settings().retentionDays).toBe(defaultSettings.retentionDays)
  })
})

describe('the settings as a file', () => {
  it('name no chosen profile and hold no key, and are taken back as they were', async () => {
    const first = await saved('First')
    clock.advance(1)
    const second = await saved('Second')
    await handlers.changeSettings({ language: 'en' })
    expect(await handlers.exportSettings()).toEqual(ok('traffic-desk settings.json'))
    const [text = ''] = files
    expect(JSON.parse(text)).toMatchObject({ program: 'traffic-desk', profiles: [first, second] })
    expect(text).not.toMatch(/profileId|key/i)
    await handlers.changeSettings({ language: 'ja' })
    await handlers.selectProfile(first.id)
    expect(await handlers.importSettings(text)).toMatchObject({
      ok: true,
      value: { language: 'en', profiles: [first, second], current: { profile: first } },
    })
  })

  it.each(['', '{', '[]', '{"program":"another"}'])('are refused where they are none: %j', async text => {
    const profile = await saved()
    expect(await handlers.importSettings(text)).toEqual(fail({ code: 'FILE_UNREADABLE' }))
    expect(acts).toEqual([])
    expect(profiles.all()).toEqual([profile])
  })
})

describe('a profile that is removed', () => {
  it('goes with its key, its lookups and its lines, and another one is chosen', async () => {
    const first = await saved('One', ONE)
    const second = await saved('Two', TWO)
    const lines = createSavedAccounts(store.database, clock)
    for (const { id } of [first, second]) {
      lines.add(id, { account: LINE, label: '', note: '', pinned: false })
    }
    const outcome = await handlers.removeProfile(second.id)
    expect(outcome).toMatchObject({ ok: true, value: { current: { profile: { id: first.id } } } })
    expect(acts).toContain(`key of ${TWO} deleted from the keychain`)
    expect(profiles.all().map(({ id }) => id)).toEqual([first.id])
    expect(lines.find(second.id, LINE.id)).toBeNull()
    expect(lines.find(first.id, LINE.id)).not.toBeNull()
  })

  it('stays where the keychain does not let its key go', async () => {
    const profile = await saved()
    keychainSays = fail({ code: 'KEYCHAIN_LOCKED' })
    expect(await handlers.removeProfile(profile.id)).toEqual(fail({ code: 'KEYCHAIN_LOCKED' }))
    expect(profiles.all()).toHaveLength(1)
  })

  it('has to be one that is there', async () => {
    expect(await handlers.removeProfile(crypto.randomUUID())).toEqual(fail({ code: 'IPC_REFUSED' }))
  })
})
