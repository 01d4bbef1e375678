import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LineDraft } from '../../shared/saved-line.ts'
import { createFakeClock } from '../testing/fake-clock.ts'
import { openStore, type Store } from './open-store.ts'
import { createSavedLines, type SavedLines } from './saved-lines.ts'

const SATO = '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'
const SUZUKI = '9c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'

const lineOf = (n: number, given: Partial<LineDraft> = {}): LineDraft => ({
  account: { kind: 'line', id: `090${String(10_000_000 + n)}` },
  label: `label ${n}`,
  note: '',
  pinned: false,
  ...given,
})

let folder: string
let store: Store
let lines: SavedLines

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-lines-'))
  const clock = createFakeClock()
  store = openStore(join(folder, 'traffic-desk.sqlite'), clock)
  lines = createSavedLines(store.database, clock)
})

afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

const labelsOf = (profileId: string) => lines.list(profileId).map(({ label }) => label)

function idOf(profileId: string, { account }: LineDraft): number {
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
    expect(lines.list(SATO)).toMatchObject([{ ...lineOf(1), id }])
  })

  it('is the only one that an edit or a removal touches', () => {
    for (const n of [1, 2, 3]) lines.add(SATO, lineOf(n))
    expect(lines.edit(SATO, idOf(SATO, lineOf(2)), { label: 'changed', note: 'why', pinned: true })).toBe(
      'done',
    )
    expect(lines.remove(SATO, idOf(SATO, lineOf(3)))).toBe('done')
    expect(lines.list(SATO)).toMatchObject([
      lineOf(1),
      { ...lineOf(2), label: 'changed', note: 'why', pinned: true },
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
    expect(lines.list(SATO)).toMatchObject([changed, lineOf(2)])
    expect(lines.list(SUZUKI)).toMatchObject([lineOf(1)])
  })

  it('that the disk takes a part of takes none: what was kept is as it was, and a smaller one goes in', () => {
    lines.add(SATO, lineOf(1))
    const { page_count: pages } = store.database.prepare('PRAGMA page_count').get() ?? {}
    store.database.exec(`PRAGMA max_page_count = ${Number(pages) + 5}`)
    const many = Array.from({ length: 500 }, (_, n) =>
      lineOf(n, { label: 'imported', note: 'x'.repeat(500) }),
    )
    expect(lines.importAll(SATO, many)).toBe('refused')
    expect(lines.list(SATO)).toMatchObject([lineOf(1)])
    expect(lines.importAll(SATO, many.slice(0, 3))).toBe('done')
    expect(labelsOf(SATO)).toEqual(['imported', 'imported', 'imported'])
  })

  it('that ends in an error takes none either', () => {
    const bad = { ...lineOf(3), label: null as unknown as string }
    expect(() => lines.importAll(SATO, [lineOf(1), lineOf(2), bad])).toThrow(/NOT NULL/)
    expect(lines.list(SATO)).toEqual([])
    expect(lines.add(SATO, lineOf(1))).toBe('done')
  })
})
