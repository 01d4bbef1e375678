import * as z from 'zod'
import type { SavedAccount, SavedAccountsPage, WantedAccounts } from '../../contract/state.ts'
import { parseAccount } from '../../domain/account.ts'
import {
  type AccountDraft,
  MOST_WANTED,
  readSearch,
  type SavedOrder,
  savedOrders,
  searchableText,
} from '../../domain/saved-account.ts'
import { goodLookup } from '../../domain/traffic.ts'
import type { Clock } from '../clock.ts'
import { LOOKUP_COLUMNS, lookupOf } from './lookup-row.ts'
import { type Database, transaction, tryRead, tryWrite } from './sqlite.ts'

/** What became of a write: `refused` where the disk did not take it, or there was nothing to change. */
export type Written = 'done' | 'exists' | 'refused'

export interface SavedAccounts {
  /** A part of the list, each line with its last two good answers. */
  page(profileId: string, wanted: WantedAccounts): SavedAccountsPage
  /** The saved account for one account; null where the agent has not saved it. */
  find(profileId: string, account: string): SavedAccount | null
  /** The saved ones among these accounts, as the agent entered them: without their lookups. */
  drafts(profileId: string, accounts: readonly string[]): readonly AccountDraft[]
  /** Every saved account as the agent entered it, in the order in which they were saved. */
  everyDraft(profileId: string): Iterable<AccountDraft>
  add(profileId: string, line: AccountDraft): Written
  edit(profileId: string, id: number, words: Pick<AccountDraft, 'label' | 'note' | 'pinned'>): Written
  remove(profileId: string, id: number): Written
  /** Removes all of a profile's. */
  removeAll(profileId: string): Written
  /** Adds or changes many, all or none. */
  importAll(profileId: string, lines: readonly AccountDraft[]): Written
}

/** One of a kind for each order. */
const perOrder = <T>(make: (order: SavedOrder) => T): Readonly<Record<SavedOrder, T>> =>
  Object.fromEntries(savedOrders.map(order => [order, make(order)])) as Record<SavedOrder, T>

/** A file of many lines is read a few at a time. */
const EXPORTED_AT_ONCE = 500

const row = z.object({
  id: z.number(),
  account: z.string(),
  label: z.string(),
  note: z.string(),
  pinned: z.number(),
})

export function createSavedAccounts(database: Database, clock: Pick<Clock, 'now'>): SavedAccounts {
  const columns = 'id, account, label, note, pinned'
  const count = database.prepare('SELECT count(*) AS n FROM saved_line WHERE profile_id = ?')
  const orders: Readonly<Record<SavedOrder, string>> = {
    kept: 'ORDER BY pinned DESC, id',
    label: "ORDER BY pinned DESC, label = '', label, id",
    recent: `ORDER BY pinned DESC, (
      SELECT max(id) FROM lookup
      WHERE profile_id = saved_line.profile_id AND account = saved_line.account AND report IS NOT NULL
    ) DESC NULLS LAST, id`,
  }
  const part = perOrder(order =>
    database.prepare(
      `SELECT ${columns} FROM saved_line WHERE profile_id = ? ${orders[order]} LIMIT ? OFFSET ?`,
    ),
  )
  // The placeholders that a search does not use are null, and `instr` finds null in no text.
  const holdsOne = Array(MOST_WANTED).fill('instr(searchable, ?)').join(' OR ')
  const found = perOrder(order =>
    database.prepare(`SELECT id FROM saved_line WHERE profile_id = ? AND (${holdsOne}) ${orders[order]}`),
  )
  const byId = database.prepare(`SELECT ${columns} FROM saved_line WHERE id = ?`)
  const next = database.prepare(
    `SELECT ${columns} FROM saved_line WHERE profile_id = ? AND id > ? ORDER BY id LIMIT ${EXPORTED_AT_ONCE}`,
  )
  const some = database.prepare(
    `SELECT ${columns} FROM saved_line WHERE profile_id = ? AND account IN (SELECT value FROM json_each(?))`,
  )
  const one = database.prepare(`SELECT ${columns} FROM saved_line WHERE profile_id = ? AND account = ?`)
  const insert = database.prepare(`
    INSERT INTO saved_line (profile_id, account, label, note, pinned, searchable, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (profile_id, account) DO NOTHING`)
  const upsert = database.prepare(`
    INSERT INTO saved_line (profile_id, account, label, note, pinned, searchable, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (profile_id, account) DO UPDATE
    SET label = excluded.label, note = excluded.note, pinned = excluded.pinned, searchable = excluded.searchable`)
  const update = database.prepare(
    'UPDATE saved_line SET label = ?, note = ?, pinned = ?, searchable = ? WHERE id = ?',
  )
  const removeAll = database.prepare('DELETE FROM saved_line WHERE profile_id = ?')
  const accountOf = database.prepare('SELECT account FROM saved_line WHERE profile_id = ? AND id = ?')
  const remove = database.prepare('DELETE FROM saved_line WHERE profile_id = ? AND id = ?')
  const lastTwo = database.prepare(`
    SELECT ${LOOKUP_COLUMNS} FROM lookup
    WHERE profile_id = ? AND account = ? AND report IS NOT NULL ORDER BY id DESC LIMIT 2`)

  function lineOf(profileId: string, raw: unknown): SavedAccount | null {
    const line = draftOf(raw)
    if (line === null) return null
    const [last = null, before = null] = lastTwo
      .all(profileId, line.account.id)
      .map(found => goodLookup(lookupOf(found)))
    return { ...line, last, before }
  }

  function page(profileId: string, { search, order, offset, limit }: WantedAccounts): SavedAccountsPage {
    const wanted = readSearch(search)
    const total = Number(count.get(profileId)?.['n'])
    const ids = wanted.length === 0 ? null : idsWith(profileId, wanted, order)
    const rows =
      ids === null
        ? part[order].all(profileId, limit, offset)
        : ids.slice(offset, offset + limit).map(id => byId.get(id))
    return {
      search,
      order,
      total,
      found: ids?.length ?? total,
      offset,
      lines: rows.flatMap(raw => lineOf(profileId, raw) ?? []),
    }
  }

  function idsWith(profileId: string, wanted: readonly string[], order: SavedOrder): readonly number[] {
    const texts = Array.from({ length: MOST_WANTED }, (_, at) => wanted[at] ?? null)
    return found[order].all(profileId, ...texts).map(({ id }) => Number(id))
  }

  function* everyDraft(profileId: string): Generator<AccountDraft, undefined> {
    let after = 0
    for (;;) {
      const rows = tryRead(database, [], () => next.all(profileId, after).map(raw => row.parse(raw)))
      const last = rows.at(-1)
      if (last === undefined) return
      yield* rows.flatMap(found => draftOf(found) ?? [])
      after = last.id
    }
  }

  const values = (profileId: string, line: AccountDraft) =>
    [
      profileId,
      line.account.id,
      line.label,
      line.note,
      line.pinned ? 1 : 0,
      searchableText(line),
      clock.now(),
    ] as const

  const written = (work: () => number | bigint): Written => {
    let changed: number | bigint = 0
    return tryWrite(database, () => {
      changed = work()
    }) && changed > 0
      ? 'done'
      : 'refused'
  }

  return {
    page: (profileId, wanted) =>
      tryRead(database, { ...wanted, total: 0, found: 0, lines: [] }, () => page(profileId, wanted)),
    drafts: (profileId, accounts) =>
      tryRead(database, [], () =>
        some.all(profileId, JSON.stringify(accounts)).flatMap(raw => {
          const line = draftOf(raw)
          if (line === null) return []
          const { id: _, ...draft } = line
          return [draft]
        }),
      ),
    everyDraft,
    find(profileId, account) {
      return tryRead(database, null, () => {
        const found = one.get(profileId, account)
        return found === undefined ? null : lineOf(profileId, found)
      })
    },
    add(profileId, line) {
      let added = false
      const took = tryWrite(database, () => {
        added = insert.run(...values(profileId, line)).changes === 1
      })
      return took ? (added ? 'done' : 'exists') : 'refused'
    },
    edit: (profileId, id, words) =>
      written(() => {
        const code = accountOf.get(profileId, id)?.['account']
        if (code === undefined) return 0
        const searchable = searchableText({ ...words, account: { id: String(code) } })
        return update.run(words.label, words.note, words.pinned ? 1 : 0, searchable, id).changes
      }),
    remove: (profileId, id) => written(() => remove.run(profileId, id).changes),
    removeAll: profileId =>
      written(() => {
        removeAll.run(profileId)
        return 1
      }),
    importAll: (profileId, lines) =>
      written(() =>
        transaction(database, () => {
          for (const line of lines) upsert.run(...values(profileId, line))
          return lines.length
        }),
      ),
  }
}

/** What a row holds besides its lookups; null where its account can't be read. */
function draftOf(raw: unknown): (AccountDraft & { readonly id: number }) | null {
  const { id, account: code, label, note, pinned } = row.parse(raw)
  const account = parseAccount(code)
  return account && { id, account, label, note, pinned: pinned === 1 }
}
