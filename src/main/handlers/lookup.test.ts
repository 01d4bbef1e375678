import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Profile } from '../../contract/profile.ts'
import { newProfile } from '../../contract/profile-defaults.ts'
import type { Account } from '../../domain/account.ts'
import { fail, ok } from '../../domain/result.ts'
import type { Lookup } from '../../domain/traffic.ts'
import { createLookups, type Lookups } from '../store/lookups.ts'
import { openStore, type Store } from '../store/open-store.ts'
import { createSavedAccounts, type SavedAccounts } from '../store/saved-accounts.ts'
import { everyAccount } from '../store/testing/every-account.ts'
import { written } from '../store/written.ts'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import { lookupHandlers } from './lookup.ts'
import { createWithProfile } from './with-profile.ts'

const LINE: Account = { kind: 'line', id: '09012345678' }
const OTHER_LINE: Account = { kind: 'line', id: '08011112222' }

const profileOf = (id: string): Profile => ({
  ...newProfile({ name: id, carrier: { kind: 'host', origin: 'https://ONE.example.jp' } }),
  id,
})
const sato = profileOf('8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10')
const suzuki = profileOf('9c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10')

let folder: string
let path: string
let clock: FakeClock
let store: Store
let lookups: Lookups
let savedAccounts: SavedAccounts
let current: Profile | null
let retentionDays: number
let isErasing: boolean
let isAnswered: boolean
let answer: Lookup | null
/** The removal of old lookups that an answer starts. */
let retained: Promise<unknown>
/** What was done, in its order. */
let acts: string[]
let handlers: ReturnType<typeof lookupHandlers>

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-lookup-'))
  path = join(folder, 'traffic-desk.sqlite')
  clock = createFakeClock()
  store = openStore(path, clock)
  lookups = createLookups(store.database)
  savedAccounts = createSavedAccounts(store.database, clock)
  current = sato
  retentionDays = 90
  isErasing = true
  isAnswered = false
  answer = null
  retained = Promise.resolve()
  acts = []
  const act = (name: string) => () => {
    acts.push(name)
  }
  handlers = lookupHandlers({
    withProfile: createWithProfile({ current: () => current }),
    lookUp: {
      async lookUp({ account }) {
        acts.push(`asked about ${account.id}`)
        answer = record()
        return isAnswered ? ok({ lookup: answer, stored: false }) : fail({ code: 'TIMEOUT' })
      },
      join: async () => ok(answer && { lookup: answer, stored: false }),
      asked: () => null,
      erased: act('what was asked forgotten'),
      cancel: act('cancelled'),
      dropUnsent: act('unsent dropped'),
      stop: act('stopped'),
    },
    gate: {
      async tryKeyAgain({ origin }) {
        acts.push(`key tried again at ${origin}`)
        return ok(null)
      },
    },
    keychain: { retry: act('keychain tried again') },
    lookups,
    savedAccounts,
    async erase(erasure) {
      acts.push('erased')
      return written(isErasing && (await store.erase(erasure)))
    },
    store: {
      retain(before) {
        const done = store.retain(before)
        retained = done
        return done
      },
    },
    retentionDays: () => retentionDays,
  })
})

afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const record = (profileId = sato.id, account = LINE) =>
  lookups.record({
    profileId,
    origin: 'https://one.example.jp',
    account,
    askedAt: clock.now(),
    repliedAt: clock.now(),
    durationMs: 12,
    agent: 'sato',
    result: ok({
      todayKb: 100,
      recentDays: '1,2,3',
      blacklist: 'not-listed',
      carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
      clockOffMs: 0,
    }),
    rawReply: `{"account":"${account.id}"}`,
  })

const keep = (profileId: string, account = LINE) =>
  savedAccounts.add(profileId, { account, label: '', note: '', pinned: false })

const filesWith = (text: string) =>
  readdirSync(folder).filter(name => readFileSync(join(folder, name)).includes(text))

describe('forgetting a customer', () => {
  it('stops what waits or flies first, for it would file the number again, and erases then', async () => {
    record()
    expect(await handlers.forgetCustomer(LINE)).toEqual(ok(null))
    expect(acts).toEqual(['what was asked forgotten', 'stopped', 'erased'])
  })

  it('leaves the number in no file: saved line, lookups, replies, backups', async () => {
    keep(sato.id)
    record()
    record()
    await store.backUp(clock.now())
    expect(filesWith(LINE.id).length).toBeGreaterThan(1)
    await handlers.forgetCustomer(LINE)
    expect(filesWith(LINE.id)).toEqual([])
  })

  it('leaves other customers, and the same one of another profile', async () => {
    for (const [profileId, account] of [
      [sato.id, LINE],
      [sato.id, OTHER_LINE],
      [suzuki.id, LINE],
    ] as const) {
      keep(profileId, account)
      record(profileId, account)
    }
    await handlers.forgetCustomer(LINE)
    const left = (profileId: string, account: Account) => [
      savedAccounts.find(profileId, account.id)?.account.id ?? null,
      lookups.history(profileId, account.id).length,
    ]
    expect(left(sato.id, LINE)).toEqual([null, 0])
    expect(left(sato.id, OTHER_LINE)).toEqual([OTHER_LINE.id, 1])
    expect(left(suzuki.id, LINE)).toEqual([LINE.id, 1])
  })

  it('is not said to be done where the files could not be erased', async () => {
    isErasing = false
    expect(await handlers.forgetCustomer(LINE)).toEqual(fail({ code: 'STORE_READ_ONLY' }))
  })

  it('needs a profile: without one nothing is stopped or erased', async () => {
    current = null
    expect(await handlers.forgetCustomer(LINE)).toEqual(fail({ code: 'IPC_REFUSED' }))
    expect(acts).toEqual([])
  })
})

describe('clearing the history', () => {
  it('forgets what was asked, erases the profile’s lookups and keeps its lines and the other profile’s', async () => {
    for (const profileId of [sato.id, suzuki.id]) {
      keep(profileId)
      record(profileId)
    }
    expect(await handlers.clearHistory()).toEqual(ok(null))
    expect(acts).toEqual(['what was asked forgotten', 'erased'])
    expect(lookups.history(sato.id, LINE.id)).toEqual([])
    expect(everyAccount(savedAccounts, sato.id)).toHaveLength(1)
    expect(lookups.history(suzuki.id, LINE.id)).toHaveLength(1)
  })

  it('is not said to be done where the files could not be erased', async () => {
    isErasing = false
    expect(await handlers.clearHistory()).toEqual(fail({ code: 'STORE_READ_ONLY' }))
  })
})

describe('a lookup', () => {
  const ask = (again: boolean) => handlers.lookUp({ account: LINE, again, profileId: sato.id })

  it('lets the keychain be tried once more where the agent asks again, and only there', async () => {
    await ask(false)
    expect(acts).toEqual([`asked about ${LINE.id}`])
    acts.length = 0
    await ask(true)
    expect(acts).toEqual(['keychain tried again', `asked about ${LINE.id}`])
  })

  it('is answered with the kept line of its account, which has that answer by then; joined as well', async () => {
    isAnswered = true
    expect(await handlers.joinLookup(LINE)).toEqual(ok(null))
    expect(await ask(false)).toMatchObject(ok({ stored: false, savedAccount: null }))
    keep(suzuki.id)
    keep(sato.id)
    const answered = ok({
      lookup: { account: LINE },
      savedAccount: { account: LINE, last: { id: 2 }, before: { id: 1 } },
    })
    expect(await ask(false)).toMatchObject(answered)
    expect(await handlers.joinLookup(LINE)).toMatchObject(answered)
  })

  it('that lands after a change of profile is answered with its own profile’s line', async () => {
    isAnswered = true
    keep(suzuki.id)
    current = suzuki
    expect(await ask(false)).toMatchObject(ok({ lookup: { profileId: sato.id }, savedAccount: null }))
  })

  it('stays in the store for as long as the settings say', async () => {
    await ask(false)
    expect(lookups.history(sato.id, LINE.id)).toHaveLength(1)
  })

  it('does not stay where nothing is kept, but for the last one of a saved line', async () => {
    retentionDays = 0
    record(sato.id, OTHER_LINE)
    await ask(false)
    await retained
    expect(lookups.history(sato.id, LINE.id)).toEqual([])
    keep(sato.id)
    await ask(false)
    await ask(false)
    await retained
    expect(lookups.history(sato.id, LINE.id)).toHaveLength(1)
    expect(lookups.history(sato.id, OTHER_LINE.id)).toEqual([])
  })
})

describe('what is stored', () => {
  it('is shown to the profile that asked for it alone', async () => {
    keep(sato.id)
    const lookup = record()
    const shown = () =>
      Promise.all([
        handlers.rawReply(lookup.id ?? 0),
        handlers.storedLookup(LINE),
        handlers.history(LINE, null),
        handlers.storedDays(LINE, null),
      ])
    expect(await shown()).toMatchObject([
      ok({ kind: 'kept', text: `{"account":"${LINE.id}"}` }),
      ok({ lookup: { id: lookup.id }, savedAccount: { account: LINE } }),
      ok([{ id: lookup.id }]),
      ok({ days: expect.arrayContaining([expect.anything()]), next: null }),
    ])
    current = suzuki
    const nothing = ok({ lookup: null, savedAccount: null })
    expect(await shown()).toEqual([
      ok({ kind: 'not-kept' }),
      nothing,
      ok([]),
      ok({ days: [], until: null, next: null }),
    ])
    current = null
    expect(await shown()).toEqual(Array(4).fill(fail({ code: 'IPC_REFUSED' })))
  })
})

it('a refused key is tried again at the current profile’s carrier, as the gate knows it', async () => {
  expect(await handlers.tryKeyAgain()).toEqual(ok(null))
  expect(acts).toEqual(['key tried again at https://one.example.jp'])
})
