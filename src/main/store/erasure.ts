import * as z from 'zod'
import type { Database } from './sqlite.ts'

/**
 * What to delete for good: a profile's lookups, one account's lookups and its saved account, or old lookups.
 */
export type Erasure = Readonly<z.infer<typeof erasureSchema>>

const erasureSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('clear'), profileId: z.string() }),
  z.object({ kind: z.literal('forget'), profileId: z.string(), account: z.string() }),
  /** `before` in milliseconds since the epoch; null for every lookup that no saved line needs. */
  z.object({ kind: z.literal('retain'), before: z.number().nullable() }),
])

const PENDING = "'erase-pending'"

/** What a program that was killed had begun to erase; `scrub` where the rows themselves are gone already. */
export function pendingErasure(database: Database): Erasure | 'scrub' | null {
  const row = database.prepare(`SELECT value FROM setting WHERE name = ${PENDING}`).get()
  if (row === undefined) return null
  try {
    return erasureSchema.parse(JSON.parse(String(row['value'])))
  } catch {
    return 'scrub'
  }
}

/** Remembers what is being erased, so that the next start can finish it. `scrub` names no customer. */
export function setPending(database: Database, erasure: Erasure | 'scrub' | null): void {
  if (erasure === null) database.exec(`DELETE FROM setting WHERE name = ${PENDING}`)
  else
    database
      .prepare(`INSERT OR REPLACE INTO setting (name, value) VALUES (${PENDING}, ?)`)
      .run(erasure === 'scrub' ? '' : JSON.stringify(erasure))
}

/** The ids of the lookups that an erasure takes, as of now: what is asked later is not part of it. */
export function idsOf(database: Database, erasure: Erasure): readonly number[] {
  switch (erasure.kind) {
    case 'clear':
      return ids(database, 'profile_id = ?', erasure.profileId)
    case 'forget':
      return ids(database, 'profile_id = ? AND account = ?', erasure.profileId, erasure.account)
    case 'retain': {
      const before = erasure.before ?? Number.MAX_SAFE_INTEGER
      const kept = new Set(lastGoodOfSavedAccounts(database))
      return ids(database, 'replied_at <= ?', before).filter(id => !kept.has(id))
    }
  }
}

const ids = (database: Database, where: string, ...values: readonly (string | number)[]): number[] =>
  database
    .prepare(`SELECT id FROM lookup WHERE ${where}`)
    .all(...values)
    .map(row => Number(row['id']))

/** The answer that each saved line shows stays, however old it is. */
const lastGoodOfSavedAccounts = (database: Database): number[] =>
  database
    .prepare(
      `SELECT (
         SELECT id FROM lookup
         WHERE profile_id = line.profile_id AND account = line.account AND report IS NOT NULL
         ORDER BY id DESC LIMIT 1
       ) AS id FROM saved_line AS line`,
    )
    .all()
    .flatMap(({ id }) => (id === null ? [] : [Number(id)]))
