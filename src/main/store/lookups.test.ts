import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Account } from '../../domain/account.ts'
import type { Failure } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import { HISTORY_PAGE } from '../../domain/traffic.ts'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import type { LookupFilter } from './lookup-pages.ts'
import { createLookups, type Lookups, type NewLookup } from './lookups.ts'
import { openStore, type Store } from './open-store.ts'
import { createSavedAccounts, type SavedAccounts } from './saved-accounts.ts'

const SATO = '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'
const SUZUKI = '9c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'
const LINE: Account = { kind: 'line', id: '09012345678' }
const OTHER_LINE: Account = { kind: 'line', id: '08011112222' }
const GROUP: Account = { kind: 'group', id: 'AAA0_00000000001' }
const DAY = 86_400_000
const NONE = { count: 0, lastId: 0 }

const report = (todayKb: number) =>
  ok({
    todayKb,
    recentDays: '1,2,3',
    blacklist: 'not-listed' as const,
    carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
    clockOffMs: 0,
  })

let folder: string
let clock: FakeClock
let store: Store
let lookups: Lookups
let savedAccounts: SavedAccounts

beforeEach(() => {
  clock = createFakeClock()
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-lookups-'))
  store = openStore(join(folder, 'traffic-desk.sqlite'), clock)
  lookups = createLookups(store.database)
  savedAccounts = createSavedAccounts(store.database, clock)
})

afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

function record(given: Partial<NewLookup> & { readonly daysAgo?: number } = {}): number {
  const { daysAgo = 0, ...lookup } = given
  const at = clock.now() - daysAgo * DAY
  const { id } = lookups.record({
    profileId: SATO,
    origin: 'https://carrier.example',
    account: LINE,
    askedAt: at,
    repliedAt: at,
    durationMs: 12,
    agent: 'sato',
    result: report(100),
    rawReply: null,
    ...lookup,
  })
  if (id === null) throw new Error('not recorded')
  return id
}

const keep = (profileId: string, account: Account) =>
  savedAccounts.add(profileId, { account, label: '', note: '', pinned: false })

const idsOf = (profileId: string, account = LINE) =>
  lookups.history(profileId, account.id).map(({ id }) => id)

describe('retention', () => {
  it('keeps the last good lookup of each saved line of each profile, also where they are the same line', async () => {
    for (const profileId of [SATO, SUZUKI]) {
      keep(profileId, LINE)
      keep(profileId, GROUP)
    }
    const kept = [SATO, SUZUKI].map(profileId =>
      [LINE, GROUP].map(account => {
        record({ profileId, account, daysAgo: 120 })
        return record({ profileId, account, daysAgo: 110 })
      }),
    )
    await store.retain(clock.now() - 90 * DAY)
    expect(
      [SATO, SUZUKI].map(profileId => [LINE, GROUP].flatMap(account => idsOf(profileId, account))),
    ).toEqual(kept)
  })

  it('keeps nothing for a line that only another profile saved, or for another account', async () => {
    keep(SATO, LINE)
    record({ profileId: SUZUKI, daysAgo: 100 })
    record({ account: OTHER_LINE, daysAgo: 100 })
    const kept = record({ daysAgo: 100 })
    await store.retain(clock.now() - 90 * DAY)
    expect([idsOf(SATO), idsOf(SUZUKI), idsOf(SATO, OTHER_LINE)]).toEqual([[kept], [], []])
  })

  it('removes the failed ones of a saved line, and keeps the good one before them', async () => {
    keep(SATO, LINE)
    const good = record({ daysAgo: 110 })
    record({ daysAgo: 100, result: fail({ code: 'TIMEOUT' }) })
    await store.retain(clock.now() - 90 * DAY)
    expect(idsOf(SATO)).toEqual([good])
  })

  it('removes the failed ones of a saved line that was never answered', async () => {
    keep(SATO, LINE)
    keep(SATO, OTHER_LINE)
    record({ daysAgo: 100, result: fail({ code: 'TIMEOUT' }) })
    const good = record({ account: OTHER_LINE, daysAgo: 100 })
    await store.retain(clock.now() - 90 * DAY)
    expect([idsOf(SATO), idsOf(SATO, OTHER_LINE)]).toEqual([[], [good]])
  })

  it('keeps what is younger, good and failed, saved or not, in every profile', async () => {
    const young = { repliedAt: clock.now() - 90 * DAY + 1 }
    const kept = [
      record(young),
      record({ ...young, result: fail({ code: 'TIMEOUT' }) }),
      record({ ...young, profileId: SUZUKI }),
    ]
    record({ repliedAt: clock.now() - 90 * DAY })
    await store.retain(clock.now() - 90 * DAY)
    expect([...idsOf(SATO).reverse(), ...idsOf(SUZUKI)]).toEqual(kept)
  })
})

describe('the carrier’s reply to a lookup', () => {
  it('is given as it came to the profile that asked, and to no other', () => {
    const id = record({ rawReply: '{"resultCode":"100"} ' })
    expect(lookups.rawReply(SATO, id)).toEqual({ kind: 'kept', text: '{"resultCode":"100"} ' })
    expect(lookups.rawReply(SUZUKI, id)).toEqual({ kind: 'not-kept' })
  })

  it('is none where no reply came, and not kept where one came without being stored', () => {
    const failed = (failure: Failure) => record({ rawReply: null, result: fail(failure) })
    const kindOf = (id: number) => lookups.rawReply(SATO, id).kind
    expect(kindOf(failed({ code: 'TIMEOUT' }))).toBe('none')
    expect(kindOf(failed({ code: 'PROXY', httpStatus: 407 }))).toBe('none')
    expect(kindOf(failed({ code: 'TOO_LARGE' }))).toBe('not-kept')
    expect(kindOf(failed({ code: 'SERVER', httpStatus: 503 }))).toBe('not-kept')
  })

  it('never belongs to an id that another lookup had before', async () => {
    const first = record({ rawReply: 'of the first' })
    await store.erase({ kind: 'forget', profileId: SATO, account: LINE.id })
    const next = record({ account: OTHER_LINE, rawReply: null })
    expect(next).toBeGreaterThan(first)
  })

  it('is that lookup’s own, and gone with it', async () => {
    const gone = record({ account: OTHER_LINE, rawReply: 'gone' })
    const first = record({ rawReply: 'one' })
    const second = record({ rawReply: 'two' })
    const without = record({ rawReply: null })
    await store.erase({ kind: 'forget', profileId: SATO, account: OTHER_LINE.id })
    expect([gone, first, second, without].map(id => lookups.rawReply(SATO, id))).toEqual([
      { kind: 'not-kept' },
      { kind: 'kept', text: 'one' },
      { kind: 'kept', text: 'two' },
      { kind: 'not-kept' },
    ])
  })
})

describe('forgetting an account', () => {
  it('leaves the same account of another profile, and other accounts', async () => {
    record()
    const others = [record({ profileId: SUZUKI }), record({ account: OTHER_LINE })]
    await store.erase({ kind: 'forget', profileId: SATO, account: LINE.id })
    expect([...idsOf(SATO), ...idsOf(SUZUKI), ...idsOf(SATO, OTHER_LINE)]).toEqual(others)
  })
})

describe('clearing a profile', () => {
  it('leaves the other profile’s lookups', async () => {
    record()
    record({ account: OTHER_LINE })
    const other = record({ profileId: SUZUKI })
    await store.erase({ kind: 'clear', profileId: SATO })
    expect([idsOf(SATO), idsOf(SATO, OTHER_LINE), idsOf(SUZUKI)]).toEqual([[], [], [other]])
  })
})

describe('the last lookup of an account', () => {
  it('is its profile’s: good ones alone, or failed ones too', () => {
    const good = record()
    const failed = record({ result: fail({ code: 'TIMEOUT' }) })
    const otherGood = record({ profileId: SUZUKI })
    record({ account: OTHER_LINE })
    expect(lookups.lastGood(SATO, LINE.id)?.id).toBe(good)
    expect(lookups.history(SATO, LINE.id).map(({ id }) => id)).toEqual([failed, good])
    expect(lookups.lastGood(SUZUKI, LINE.id)?.id).toBe(otherGood)
    expect(lookups.lastGood(SUZUKI, OTHER_LINE.id)).toBeNull()
  })

  it('is among all good ones, newest first, of its account and its profile', () => {
    const first = record()
    record({ result: fail({ code: 'TIMEOUT' }) })
    record({ profileId: SUZUKI })
    record({ account: OTHER_LINE })
    const last = record()
    expect(lookups.good(SATO, LINE.id)).toMatchObject({ lookups: [{ id: last }, { id: first }], next: null })
  })
})

describe('the pages of one account', () => {
  it('have each lookup once, newest first, also where a failed one is the last of a page', () => {
    const ids = Array.from({ length: 2 * HISTORY_PAGE + 3 }, (_, at) =>
      record(at % 7 === 0 ? { result: fail({ code: 'TIMEOUT' }) } : {}),
    )
    record({ account: OTHER_LINE })
    const read: (number | null)[] = []
    for (let page = lookups.history(SATO, LINE.id); ; ) {
      read.push(...page.map(({ id }) => id))
      if (page.length < HISTORY_PAGE) break
      page = lookups.history(SATO, LINE.id, page.at(-1)?.id)
    }
    expect(read).toEqual(ids.toReversed())
  })

  it('of the good ones alone tell where the next one begins', () => {
    const ids = Array.from({ length: 201 }, () => record())
    const first = lookups.good(SATO, LINE.id)
    expect(first.lookups.map(({ id }) => id)).toEqual(ids.toReversed().slice(0, 200))
    expect(lookups.good(SATO, LINE.id, first.next)).toMatchObject({ lookups: [{ id: ids[0] }], next: null })
  })
})

describe('what an export finds', () => {
  const found = (filter: LookupFilter) => {
    const { lastId } = lookups.extent(filter)
    return lookups.page(filter, { after: 0, upTo: lastId, limit: 100 }).map(({ id }) => id)
  }

  it('of an account is all of it in its profile, good and failed, of every agent', () => {
    const ids = [record(), record({ agent: 'suzuki' }), record({ result: fail({ code: 'TIMEOUT' }) })]
    record({ profileId: SUZUKI })
    record({ account: OTHER_LINE })
    const filter = { profileId: SATO, account: LINE.id }
    expect(lookups.extent(filter)).toEqual({ count: 3, lastId: ids.at(-1) })
    expect(found(filter)).toEqual(ids)
  })

  it('of an agent is what that agent asked in that profile since the moment, about any account', () => {
    const since = clock.now() - DAY
    record({ askedAt: since - 1, repliedAt: since + 1 })
    const ids = [record({ askedAt: since }), record({ account: GROUP })]
    record({ agent: 'suzuki' })
    record({ profileId: SUZUKI })
    const filter = { profileId: SATO, agent: 'sato', since }
    expect(lookups.extent(filter)).toEqual({ count: 2, lastId: ids.at(-1) })
    expect(found(filter)).toEqual(ids)
  })

  it('comes in pages, oldest first: after one id, up to another, so many at most', () => {
    const ids = [1, 2, 3, 4, 5].map(kb => record({ result: report(kb) }))
    const [one = 0, , three = 0, four = 0] = ids
    for (const filter of [
      { profileId: SATO, account: LINE.id },
      { profileId: SATO, agent: 'sato', since: 0 },
    ]) {
      const page = (after: number, upTo: number, limit: number) =>
        lookups.page(filter, { after, upTo, limit }).map(({ id }) => id)
      expect(page(0, four, 2)).toEqual(ids.slice(0, 2))
      expect(page(one, four, 100)).toEqual(ids.slice(1, 4))
      expect(page(three, four, 100)).toEqual([four])
      expect(page(four, four, 100)).toEqual([])
    }
  })

  it('is nothing where nobody asked', () => {
    record()
    for (const filter of [
      { profileId: SUZUKI, account: LINE.id },
      { profileId: SUZUKI, agent: 'sato', since: 0 },
    ]) {
      expect(lookups.extent(filter)).toEqual(NONE)
    }
  })
})
