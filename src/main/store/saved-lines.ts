import * as z from 'zod'
import { parseAccount } from '../../shared/account.ts'
import type { SavedLine } from '../../shared/bridge.ts'
import type { LineDraft } from '../../shared/saved-line.ts'
import { goodLookup } from '../../shared/traffic.ts'
import type { Clock } from '../clock.ts'
import { LOOKUP_COLUMNS, lookupOf } from './lookups.ts'
import { type Database, transaction, tryRead, tryWrite } from './sqlite.ts'

/** What became of a write: `refused` where the disk did not take it, or there was nothing to change. */
export type Written = 'done' | 'exists' | 'refused'

export interface SavedLines {
  /** In the order they were kept, each with its last two good answers. */
  list(profileId: string): readonly SavedLine[]
  /** The kept line of one account; null where there is none. */
  find(profileId: string, account: string): SavedLine | null
  add(profileId: string, line: LineDraft): Written
  edit(profileId: string, id: number, words: Pick<LineDraft, 'label' | 'note' | 'pinned'>): Written
  remove(profileId: string, id: number): Written
  /** Adds or changes many, all or none. */
  importAll(profileId: string, lines: readonly LineDraft[]): Written
}

const row = z.object({
  id: z.number(),
  account: z.string(),
  label: z.string(),
  note: z.string(),
  pinned: z.number(),
})

export function createSavedLines(database: Database, clock: Pick<Clock, 'now'>): SavedLines {
  const columns = 'id, account, label, note, pinned'
  const all = database.prepare(
    `SELECT ${columns} FROM saved_line WHERE profile_id = ? ORDER BY created_at, id`,
  )
  const one = database.prepare(`SELECT ${columns} FROM saved_line WHERE profile_id = ? AND account = ?`)
  const insert = database.prepare(`
    INSERT INTO saved_line (profile_id, account, label, note, pinned, created_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (profile_id, account) DO NOTHING`)
  const upsert = database.prepare(`
    INSERT INTO saved_line (profile_id, account, label, note, pinned, created_at) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT (profile_id, account) DO UPDATE
    SET label = excluded.label, note = excluded.note, pinned = excluded.pinned`)
  const update = database.prepare(
    'UPDATE saved_line SET label = ?, note = ?, pinned = ? WHERE profile_id = ? AND id = ?',
  )
  const remove = database.prepare('DELETE FROM saved_line WHERE profile_id = ? AND id = ?')
  const lastTwo = database.prepare(`
    SELECT ${LOOKUP_COLUMNS} FROM lookup
    WHERE profile_id = ? AND account = ? AND report IS NOT NULL ORDER BY id DESC LIMIT 2`)

  function lineOf(profileId: string, raw: unknown): SavedLine | null {
    const { id, account: code, label, note, pinned } = row.parse(raw)
    const account = parseAccount(code)
    if (account === null) return null
    const [last = null, before = null] = lastTwo
      .all(profileId, code)
      .map(found => goodLookup(lookupOf(found)))
    return { id, account, label, note, pinned: pinned === 1, last, before }
  }

  const valuesOf = (profileId: string, { account, label, note, pinned }: LineDraft) =>
    [profileId, account.id, label, note, pinned ? 1 : 0, clock.now()] as const

  const written = (work: () => number | bigint): Written => {
    let changed: number | bigint = 0
    return tryWrite(database, () => {
      changed = work()
    }) && changed > 0
      ? 'done'
      : 'refused'
  }

  return {
    list: profileId =>
      tryRead(database, [], () => all.all(profileId).flatMap(raw => lineOf(profileId, raw) ?? [])),
    find(profileId, account) {
      return tryRead(database, null, () => {
        const found = one.get(profileId, account)
        return found === undefined ? null : lineOf(profileId, found)
      })
    },
    add(profileId, line) {
      let added = false
      const took = tryWrite(database, () => {
        added = insert.run(...valuesOf(profileId, line)).changes === 1
      })
      return took ? (added ? 'done' : 'exists') : 'refused'
    },
    edit: (profileId, id, { label, note, pinned }) =>
      written(() => update.run(label, note, pinned ? 1 : 0, profileId, id).changes),
    remove: (profileId, id) => written(() => remove.run(profileId, id).changes),
    importAll: (profileId, lines) =>
      written(() =>
        transaction(database, () => {
          for (const line of lines) upsert.run(...valuesOf(profileId, line))
          return lines.length
        }),
      ),
  }
}
