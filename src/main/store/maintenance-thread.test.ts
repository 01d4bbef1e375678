import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Account } from '../../domain/account.ts'
import { ok } from '../../domain/result.ts'
import type { StoredLookup } from '../../domain/traffic.ts'
import { systemClock as clock } from '../clock.ts'
import { backupsOf } from './backups.ts'
import { setPending } from './erasure.ts'
import { createLookups, type Lookups } from './lookups.ts'
import { openStore, type Store } from './open-store.ts'
import { createSavedAccounts } from './saved-accounts.ts'
import { everyAccount } from './testing/every-account.ts'

const PROFILE = '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'
const OTHER_PROFILE = '9c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'
const LINE: Account = { kind: 'line', id: '09012345678' }
const THREAD = new URL('./maintenance-thread.ts', import.meta.url)

let folder: string
let path: string
let store: Store
let lookups: Lookups
let refused: number

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-thread-'))
  path = join(folder, 'traffic-desk.sqlite')
  refused = 0
  open()
})

afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

function open(): void {
  store = openStore(path, clock, THREAD)
  lookups = createLookups(store.database, { exclusive: store.exclusive, onRefused: () => refused++ })
}

const record = (profileId = PROFILE, account = LINE): StoredLookup =>
  lookups.record({
    profileId,
    origin: 'https://carrier.example',
    account,
    askedAt: clock.now(),
    repliedAt: clock.now(),
    durationMs: 1,
    agent: 'sato',
    result: ok({
      todayKb: 100,
      recentDays: null,
      blacklist: 'not-listed',
      carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
      clockOffMs: 0,
    }),
    rawReply: null,
  }) as StoredLookup

/** So many lookups, written the fast way. */
const fill = (rows: number) =>
  store.database
    .prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
       INSERT INTO lookup (profile_id, account, asked_at, replied_at, duration_ms, agent, failure, raw_reply)
       SELECT ?, printf('0801%07d', i % 100), 1, 1, 300, 'agent', '{"code":"TIMEOUT"}', hex(zeroblob(200)) FROM n`,
    )
    .run(PROFILE)

const countOf = (profileId: string) =>
  store.database.prepare('SELECT count(*) AS n FROM lookup WHERE profile_id = ?').get(profileId)?.['n']

const filesWith = (text: string) =>
  readdirSync(folder).filter(name => readFileSync(join(folder, name)).includes(text))

describe('long work on the store', () => {
  it.each([
    ['clear', { kind: 'clear', profileId: PROFILE }],
    ['retain', { kind: 'retain', before: 1 }],
  ] as const)(
    'is done beside the program, which records lookups meanwhile and loses none: %s',
    async (_, erasure) => {
      fill(20_000)
      let isDone = false
      const erased = store.erase(erasure).then(done => {
        isDone = true
        return done
      })
      const kept: number[] = []
      while (!isDone) {
        kept.push(record(OTHER_PROFILE).id)
        await pause(2)
      }
      expect(await erased).toBe(true)
      expect(kept.length).toBeGreaterThan(10)
      expect(refused).toBe(0)
      expect(countOf(PROFILE)).toBe(0)
      const filter = { profileId: OTHER_PROFILE, account: LINE.id }
      const range = { after: 0, upTo: Number.MAX_SAFE_INTEGER, limit: kept.length + 1 }
      expect(lookups.page(filter, range).map(({ id }) => id)).toEqual(kept)
      expect(countOf(OTHER_PROFILE)).toBe(kept.length)
    },
  )

  it('tells how far it is', async () => {
    fill(20_000)
    const told: number[] = []
    await store.erase(
      { kind: 'retain', before: 1 },
      {
        onProgress({ done, total }) {
          expect(total).toBe(20_000)
          told.push(done)
        },
      },
    )
    expect(told.length).toBeGreaterThan(0)
    expect(told).toEqual([...told].sort((a, b) => a - b))
  })

  it('is one after the other: a backup that was asked for during an erasure holds nothing of it', async () => {
    record()
    const erased = store.erase({ kind: 'forget', profileId: PROFILE, account: LINE.id })
    const backedUp = store.backUp(clock.now() + 1)
    expect(await Promise.all([erased, backedUp])).toEqual([true, true])
    expect(filesWith(LINE.id)).toEqual([])
    expect(backupsOf(path)).toHaveLength(2)
  })

  it('that is an export can be given up, and leaves no file', async () => {
    fill(20_000)
    const controller = new AbortController()
    const { outcome } = await store.run(
      {
        kind: 'export',
        path: join(folder, 'lookups.csv'),
        filter: { profileId: PROFILE, agent: 'agent', since: 0 },
        options: {
          format: 'csv',
          language: 'en',
          days: { order: 'newest-first', includesToday: false },
          masked: true,
          isDemo: false,
        },
      },
      { signal: controller.signal, onProgress: () => controller.abort() },
    )
    expect(outcome).toBe('given up')
    expect(readdirSync(folder).filter(name => name.includes('csv'))).toEqual([])
  })

  it('that can not be begun is said to have failed', async () => {
    await store.close()
    store = openStore(path, clock, new URL('./no-such-thread.ts', import.meta.url))
    expect(await store.backUp(clock.now())).toBe(false)
    expect(backupsOf(path)).toEqual([])
  })
})

describe('clearing a profile', () => {
  it('whose lookups are nearly all keeps the few others whole, with what is asked meanwhile', async () => {
    fill(5_000)
    const other = record(OTHER_PROFILE)
    const erased = store.erase({ kind: 'clear', profileId: PROFILE })
    expect(await erased).toBe(true)
    const later = record()
    expect(later.id).toBeGreaterThan(other.id)
    expect(lookups.history(OTHER_PROFILE, LINE.id)).toEqual([other])
    expect(countOf(PROFILE)).toBe(1)
  })

  it('that is one of several large ones keeps the others', async () => {
    fill(3_000)
    store.database.prepare('UPDATE lookup SET profile_id = ? WHERE id % 10 <> 0').run(OTHER_PROFILE)
    expect(await store.erase({ kind: 'clear', profileId: PROFILE })).toBe(true)
    expect([countOf(PROFILE), countOf(OTHER_PROFILE)]).toEqual([0, 2_700])
  })
})

describe('while writers are kept out', () => {
  /** Another connection that holds the file as a clean-up of it does. */
  function hold() {
    const other = new DatabaseSync(path)
    other.exec('BEGIN IMMEDIATE')
    const exclusive = store.exclusive as typeof store.exclusive & { set(isOn: boolean): void }
    exclusive.set(true)
    return () => {
      other.exec('COMMIT')
      other.close()
      exclusive.set(false)
    }
  }

  it('a lookup is shown at once, found by who looks for it, and written afterwards under the same id', async () => {
    const before = record()
    const release = hold()
    const [one, two] = [record(), record(OTHER_PROFILE)]
    expect([one.id, two.id]).toEqual([before.id + 1, before.id + 2])
    expect(lookups.lastGood(PROFILE, LINE.id)?.id).toBe(one.id)
    expect(lookups.lastGood(OTHER_PROFILE, LINE.id)?.id).toBe(two.id)
    release()
    await vi.waitFor(() => expect(countOf(OTHER_PROFILE)).toBe(1), { timeout: 60_000 })
    expect(lookups.history(PROFILE, LINE.id).map(({ id }) => id)).toEqual([one.id, before.id])
    expect(refused).toBe(0)
    expect(record().id).toBe(before.id + 3)
  })

  it('one that can not be written afterwards is told of', async () => {
    const release = hold()
    record()
    store.database.exec('PRAGMA query_only = ON')
    release()
    await vi.waitFor(() => expect(refused).toBe(1), { timeout: 60_000 })
  })
})

it('a file that is gone is not made anew by long work', async () => {
  await store.backUp(clock.now())
  rmSync(path)
  expect(record().id).toBeNull()
  const job = { kind: 'import', profileId: PROFILE, json: '[]', now: clock.now() } as const
  expect((await store.run(job)).outcome).toBe('failed')
  expect(existsSync(path)).toBe(false)
})

describe('an import', () => {
  const importing = (lines: readonly unknown[]) =>
    store.run({ kind: 'import', profileId: PROFILE, json: JSON.stringify(lines), now: clock.now() })
  const line = (id: string) => ({ account: { kind: 'line', id }, label: '', note: '', pinned: false })
  const kept = () =>
    everyAccount(createSavedAccounts(store.database, clock), PROFILE).map(({ account }) => account.id)

  it('is read and written by the thread', async () => {
    expect(await importing([line('09012345678'), line('08011112222')])).toEqual({ outcome: 'done', rows: 2 })
    expect(kept()).toEqual(['09012345678', '08011112222'])
  })

  it('in which one line is none is refused as a whole', async () => {
    expect((await importing([line('09012345678'), line('0312345678')])).outcome).toBe('refused')
    expect(kept()).toEqual([])
  })
})

describe('an erasure that was cut off', () => {
  it('is finished after the next start, with the rows that it had not come to', async () => {
    record()
    record(OTHER_PROFILE)
    createSavedAccounts(store.database, clock).add(PROFILE, {
      account: LINE,
      label: '',
      note: '',
      pinned: false,
    })
    await store.backUp(clock.now())
    setPending(store.database, { kind: 'forget', profileId: PROFILE, account: LINE.id })
    await store.close()
    open()
    await store.afterStart()
    expect(countOf(PROFILE)).toBe(0)
    expect(everyAccount(createSavedAccounts(store.database, clock), PROFILE)).toEqual([])
    expect(countOf(OTHER_PROFILE)).toBe(1)
    await store.erase({ kind: 'clear', profileId: OTHER_PROFILE })
    expect(filesWith(LINE.id)).toEqual([])
  })
})

describe('a large file with a damaged page', () => {
  it('is found out after the start, said, and mended by the next one', async () => {
    fill(60_000)
    await store.backUp(clock.now())
    await store.close()
    const bytes = readFileSync(path)
    expect(bytes.length).toBeGreaterThan(32_000_000)
    bytes.fill(0xa5, 20_000_000, 20_004_096)
    writeFileSync(path, bytes)
    open()
    expect(store.condition().kind).toBe('ok')
    let told = 0
    store.onDamaged(() => told++)
    await store.afterStart()
    expect([told, store.condition().kind]).toEqual([1, 'damaged'])
    await store.close()
    open()
    expect(store.condition().kind).toBe('restored')
    expect(countOf(PROFILE)).toBe(60_000)
    await store.close()
    open()
    expect(store.condition().kind).toBe('ok')
  })
})
