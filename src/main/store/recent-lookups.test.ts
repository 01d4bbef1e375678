import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Account } from '../../domain/account.ts'
import { fail, ok } from '../../domain/result.ts'
import type { Blacklist } from '../../domain/traffic.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { createExclusive } from './exclusive.ts'
import { createLookups, type Lookups, type NewLookup } from './lookups.ts'
import { createSavedAccounts } from './saved-accounts.ts'
import { migrate } from './schema.ts'
import type { Database } from './sqlite.ts'

const SATO = '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'
const SUZUKI = '9c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'
const LINE: Account = { kind: 'line', id: '09012345678' }
const OTHER: Account = { kind: 'line', id: '08011112222' }
const AT = Date.parse('2026-11-23T13:05:00+09:00')

let database: Database
let exclusive: ReturnType<typeof createExclusive>
let lookups: Lookups

beforeEach(() => {
  database = new DatabaseSync(':memory:')
  migrate(database)
  exclusive = createExclusive()
  lookups = createLookups(database, { exclusive })
})

const answered = (blacklist: Blacklist = 'not-listed') =>
  ok({
    todayKb: 100,
    recentDays: '1,2,3',
    blacklist,
    carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
    clockOffMs: 0,
  })

function record(given: Partial<NewLookup> = {}): number {
  const { id } = lookups.record({
    profileId: SATO,
    origin: 'https://carrier.example',
    account: LINE,
    askedAt: AT,
    repliedAt: AT,
    durationMs: 1,
    agent: 'sato',
    rawReply: null,
    result: answered(),
    ...given,
  })
  if (id === null) throw new Error('not kept')
  return id
}

describe('an agent’s lookups of the day', () => {
  it('are their own in this profile since a moment, newest first, good and failed', () => {
    record({ askedAt: AT - 1 })
    record()
    record({ agent: 'suzuki' })
    record({ profileId: SUZUKI })
    record({ account: OTHER, result: fail({ code: 'TIMEOUT' }) })
    expect(lookups.recent(SATO, 'sato', AT)).toEqual([
      {
        id: 5,
        account: OTHER,
        askedAt: AT,
        blacklist: null,
        todayKb: null,
        failure: 'TIMEOUT',
        copied: false,
      },
      {
        id: 2,
        account: LINE,
        askedAt: AT,
        blacklist: 'not-listed',
        todayKb: 100,
        failure: null,
        copied: false,
      },
    ])
  })

  it('are marked where their ticket was copied, and only in their own profile', async () => {
    const id = record()
    lookups.markCopied(SUZUKI, id, AT)
    await exclusive.ended()
    expect(lookups.recent(SATO, 'sato', AT)).toMatchObject([{ copied: false }])
    lookups.markCopied(SATO, id, AT)
    await exclusive.ended()
    expect(lookups.recent(SATO, 'sato', AT)).toMatchObject([{ copied: true }])
  })

  it('hold those that wait for the store’s long work, too', () => {
    record()
    exclusive.set(true)
    record({ account: OTHER })
    expect(lookups.recent(SATO, 'sato', AT).map(({ account }) => account)).toEqual([OTHER, LINE])
    expect(lookups.find(SATO, 2)).toMatchObject({ id: 2, account: OTHER })
  })
})

describe('one lookup', () => {
  it('is found by its id in its own profile alone, and not once it is deleted', () => {
    const id = record()
    expect(lookups.find(SATO, id)).toMatchObject({ id, account: LINE, result: { ok: true } })
    expect(lookups.find(SUZUKI, id)).toBeNull()
    database.exec('DELETE FROM lookup')
    expect(lookups.find(SATO, id)).toBeNull()
  })

  it('tells since when its account is in its state: by what came up to it, of this account alone', () => {
    record({ result: answered('not-listed'), repliedAt: AT - 3 })
    const first = record({ result: answered('listed'), repliedAt: AT - 2 })
    record({ account: OTHER, result: answered('not-listed') })
    const second = record({ result: answered('listed'), repliedAt: AT - 1 })
    record({ result: answered('not-listed') })
    const before = { state: 'not-listed', at: AT - 3 }
    expect(lookups.listing(SATO, first)).toEqual({ state: 'listed', since: AT - 2, before })
    expect(lookups.listing(SATO, second)).toEqual({ state: 'listed', since: AT - 2, before })
    expect(lookups.listing(SUZUKI, second)).toBeNull()
  })
})

it('the list is ordered by label or by the last lookup, pinned lines first in each', () => {
  const lines = createSavedAccounts(database, createFakeClock())
  for (const [id, label, pinned] of [
    ['09000000001', 'b', false],
    ['09000000002', '', false],
    ['09000000003', 'a', false],
    ['09000000004', 'z', true],
  ] as const) {
    lines.add(SATO, { account: { kind: 'line', id }, label, note: '', pinned })
  }
  record({ account: { kind: 'line', id: '09000000003' } })
  record({ account: { kind: 'line', id: '09000000002' } })
  record({ account: { kind: 'line', id: '09000000001' }, result: fail({ code: 'TIMEOUT' }) })
  const ordered = (order: 'kept' | 'label' | 'recent', search = '') =>
    lines
      .page(SATO, { search, order, offset: 0, limit: 9 })
      .lines.map(({ account }) => account.id.at(-1))
      .join('')
  expect(ordered('kept')).toBe('4123')
  expect(ordered('label')).toBe('4312')
  expect(ordered('recent')).toBe('4231')
  expect(ordered('recent', '0900000000')).toBe('4231')
})
