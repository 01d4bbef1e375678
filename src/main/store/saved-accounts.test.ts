import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { WantedAccounts } from '../../contract/state.ts'
import type { AccountDraft } from '../../domain/saved-account.ts'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import { openStore, type Store } from './open-store.ts'
import { createSavedAccounts, type SavedAccounts } from './saved-accounts.ts'
import { everyAccount } from './testing/every-account.ts'

const SATO = '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'
const SUZUKI = '9c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'

const lineOf = (n: number, given: Partial<AccountDraft> = {}): AccountDraft => ({
  account: { kind: 'line', id: `090${String(10_000_000 + n)}` },
  label: `label ${n}`,
  note: '',
  pinned: false,
  ...given,
})

let folder: string
let path: string
let clock: FakeClock
let store: Store
let lines: SavedAccounts

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-lines-'))
  path = join(folder, 'traffic-desk.sqlite')
  clock = createFakeClock()
  store = openStore(path, clock)
  lines = createSavedAccounts(store.database, clock)
})

afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const labelsOf = (profileId: string) => everyAccount(lines, profileId).map(({ label }) => label)

function idOf(profileId: string, { account }: AccountDraft): number {
  const found = lines.find(profileId, account.id)
  if (found === null) throw new Error('not kept')
  return found.id
}

describe('a saved line', () => {
  it('is its profile’s: another may keep the same account in other words', () => {
    expect(lines.add(SATO, lineOf(1, { label: 'sato’s' }))).toBe('done')
    expect(lines.add(SUZUKI, lineOf(1, { label: 'suzuki’s', pinned: true }))).toBe('done')
    expect(lines.add(SATO, lineOf(1, { label: 'twice' }))).toBe('exists')
    expect(labelsOf(SATO)).toEqual(['sato’s'])
    expect(lines.find(SUZUKI, lineOf(1).account.id)).toMatchObject({ label: 'suzuki’s', pinned: true })
  })

  it('is not found, edited or removed through another profile', () => {
    lines.add(SATO, lineOf(1))
    const id = idOf(SATO, lineOf(1))
    expect(lines.find(SUZUKI, lineOf(1).account.id)).toBeNull()
    expect(lines.edit(SUZUKI, id, { label: 'changed', note: 'changed', pinned: true })).toBe('refused')
    expect(lines.remove(SUZUKI, id)).toBe('refused')
    expect(everyAccount(lines, SATO)).toMatchObject([{ ...lineOf(1), id }])
  })

  it('is the only one that an edit or a removal touches', () => {
    for (const n of [1, 2, 3]) lines.add(SATO, lineOf(n))
    expect(lines.edit(SATO, idOf(SATO, lineOf(2)), { label: 'changed', note: 'why', pinned: true })).toBe(
      'done',
    )
    expect(lines.remove(SATO, idOf(SATO, lineOf(3)))).toBe('done')
    expect(everyAccount(lines, SATO)).toMatchObject([
      { ...lineOf(2), label: 'changed', note: 'why', pinned: true },
      lineOf(1),
    ])
  })

  it('that is gone is not said to be changed', () => {
    lines.add(SATO, lineOf(1))
    const id = idOf(SATO, lineOf(1))
    lines.remove(SATO, id)
    expect(lines.edit(SATO, id, { label: '', note: '', pinned: false })).toBe('refused')
    expect(lines.remove(SATO, id)).toBe('refused')
  })
})

describe('an import of lines', () => {
  it('adds what is new and changes what is known, in its own profile alone', () => {
    for (const profileId of [SATO, SUZUKI]) lines.add(profileId, lineOf(1))
    const changed = lineOf(1, { label: 'changed', note: 'why', pinned: true })
    expect(lines.importAll(SATO, [changed, lineOf(2)])).toBe('done')
    expect(everyAccount(lines, SATO)).toMatchObject([changed, lineOf(2)])
    expect(everyAccount(lines, SUZUKI)).toMatchObject([lineOf(1)])
  })

  it('that the disk takes a part of takes none: what was kept is as it was, and a smaller one goes in', () => {
    lines.add(SATO, lineOf(1))
    const { page_count: pages } = store.database.prepare('PRAGMA page_count').get() ?? {}
    store.database.exec(`PRAGMA max_page_count = ${Number(pages) + 5}`)
    const many = Array.from({ length: 500 }, (_, n) =>
      lineOf(n, { label: 'imported', note: 'x'.repeat(500) }),
    )
    expect(lines.importAll(SATO, many)).toBe('refused')
    expect(everyAccount(lines, SATO)).toMatchObject([lineOf(1)])
    expect(lines.importAll(SATO, many.slice(0, 3))).toBe('done')
    expect(labelsOf(SATO)).toEqual(['imported', 'imported', 'imported'])
  })

  it('that ends in an error takes none either', () => {
    const bad = { ...lineOf(3), account: { kind: 'line', id: null as unknown as string } } as const
    expect(() => lines.importAll(SATO, [lineOf(1), lineOf(2), bad])).toThrow(TypeError)
    expect(everyAccount(lines, SATO)).toEqual([])
    expect(lines.add(SATO, lineOf(1))).toBe('done')
  })
})

describe('the list', () => {
  const pageOf = (wanted: Partial<WantedAccounts> = {}) =>
    lines.page(SATO, { search: '', order: 'kept', offset: 0, limit: 100, ...wanted })
  const numbers = (wanted: Partial<WantedAccounts> = {}) =>
    pageOf(wanted).lines.map(({ account }) => account.id)

  it('has pinned lines first, each part in the order they were kept, whatever the clock said', () => {
    for (const [n, pinned] of [false, true, false, true].entries()) {
      clock.advance(n === 2 ? -5_000 : 1_000)
      lines.add(SATO, lineOf(n, { pinned }))
    }
    expect(numbers()).toEqual([1, 3, 0, 2].map(n => lineOf(n).account.id))
  })

  it('is given a part at a time, with how many there are', () => {
    lines.importAll(
      SATO,
      Array.from({ length: 25 }, (_, n) => lineOf(n)),
    )
    lines.add(SUZUKI, lineOf(1))
    const { lines: part, ...counts } = pageOf({ offset: 20, limit: 10 })
    expect(counts).toEqual({ search: '', order: 'kept', total: 25, found: 25, offset: 20 })
    expect(part.map(({ label }) => label)).toEqual([20, 21, 22, 23, 24].map(n => `label ${n}`))
    expect(pageOf({ offset: 90 })).toMatchObject({ total: 25, found: 25, lines: [] })
  })

  it('says of a search how many it finds among all', () => {
    lines.importAll(
      SATO,
      Array.from({ length: 25 }, (_, n) => lineOf(n)),
    )
    expect(pageOf({ search: 'label 1', limit: 4 })).toMatchObject({ total: 25, found: 11 })
    expect(pageOf({ search: 'label 1', limit: 4, offset: 8 }).lines).toHaveLength(3)
    expect(lines.page(SUZUKI, { search: 'label', order: 'kept', offset: 0, limit: 9 })).toMatchObject({
      total: 0,
      found: 0,
    })
  })

  const YAMADA: AccountDraft = {
    account: { kind: 'line', id: '09012345678' },
    label: '山田様',
    note: '平日ＡＭのみ',
    pinned: false,
  }

  it.each([
    '山田',
    '平日',
    'am',
    'ＡＭ',
    '09012345678',
    '090-1234',
    '０９０－１２３４',
    '+81 90 1234',
    '5678',
    '(090) 1234',
    'tel:09012345678',
    '090.1234.5678',
    '+81(0)90-1234-5678',
    '12345',
    '',
    '  ',
  ])('finds a line by %j', query => {
    lines.add(SATO, YAMADA)
    expect(numbers({ search: query })).toEqual([YAMADA.account.id])
  })

  it.each(['鈴木', '080', '099', 'x', '山田1', '-', '1234-x', '%', '_', "'", '様\n平日x'])(
    'does not find it by %j',
    query => {
      lines.add(SATO, YAMADA)
      expect(numbers({ search: query })).toEqual([])
    },
  )

  it('finds a group by any part of its code, in any case', () => {
    lines.add(SATO, { ...YAMADA, account: { kind: 'group', id: 'AAA0_00000000001' } })
    for (const search of ['aaa0', 'AAA0_0000', '0001', 'ＡＡＡ０'])
      expect(numbers({ search })).toHaveLength(1)
    expect(numbers({ search: 'BBB0' })).toEqual([])
  })

  it('finds a line by its new words once it is edited or imported, and no longer by its old ones', () => {
    lines.add(SATO, YAMADA)
    lines.edit(SATO, idOf(SATO, YAMADA), { label: '鈴木様', note: '', pinned: false })
    expect([numbers({ search: '山田' }), numbers({ search: '鈴木' })]).toEqual([[], [YAMADA.account.id]])
    lines.importAll(SATO, [{ ...YAMADA, label: '佐藤様' }])
    expect([numbers({ search: '鈴木' }), numbers({ search: '佐藤' })]).toEqual([[], [YAMADA.account.id]])
  })
})

describe('what is written of kept lines', () => {
  it('is given for those accounts alone that are kept in the profile', () => {
    for (const n of [1, 2, 3]) lines.add(SATO, lineOf(n))
    lines.add(SUZUKI, lineOf(4))
    const asked = [3, 1, 4, 5].map(n => lineOf(n).account.id)
    const byNumber = (a: AccountDraft, b: AccountDraft) => a.account.id.localeCompare(b.account.id)
    expect([...lines.drafts(SATO, asked)].sort(byNumber)).toEqual([lineOf(1), lineOf(3)])
  })

  it('goes to a file in the order they were kept, every line once', () => {
    const many = Array.from({ length: 1_001 }, (_, n) => lineOf(n, { pinned: n % 7 === 0 }))
    lines.importAll(SATO, many)
    lines.add(SUZUKI, lineOf(1))
    expect([...lines.everyDraft(SATO)]).toMatchObject(many)
  })
})

it('lines that an older program kept are found by their words', async () => {
  lines.add(SATO, lineOf(1, { label: 'Ｙａｍａｄａ' }))
  const { database } = store
  database.exec(`
    DROP INDEX saved_line_in_order; ALTER TABLE saved_line DROP COLUMN searchable;
    PRAGMA user_version = 5`)
  await store.close()
  store = openStore(path, clock)
  lines = createSavedAccounts(store.database, clock)
  expect(lines.page(SATO, { search: 'yamada', order: 'kept', offset: 0, limit: 9 })).toMatchObject({
    found: 1,
  })
})
