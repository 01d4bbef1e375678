import * as z from 'zod'
import { type Account, parseAccount } from '../../shared/account.ts'
import type { SavedLine } from '../../shared/bridge.ts'
import type { Clock } from '../clock.ts'
import type { Database } from './database.ts'
import type { Lookups } from './lookups.ts'

export interface SavedLines {
  /** In the order they were kept, each with the last good answer about it. */
  list(profileId: string): readonly SavedLine[]
  /** Keeps a line, or gives a kept one another label. */
  save(profileId: string, account: Account, label: string): void
  remove(profileId: string, id: number): void
}

const row = z.object({ id: z.number(), account: z.string(), label: z.string() })

export function createSavedLines(database: Database, lookups: Lookups, clock: Clock): SavedLines {
  const all = database.prepare(
    'SELECT id, account, label FROM saved_line WHERE profile_id = ? ORDER BY created_at, id',
  )
  const upsert = database.prepare(`
    INSERT INTO saved_line (profile_id, account, label, created_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (profile_id, account) DO UPDATE SET label = excluded.label`)
  const remove = database.prepare('DELETE FROM saved_line WHERE profile_id = ? AND id = ?')

  return {
    list: profileId =>
      all.all(profileId).flatMap(raw => {
        const { id, account: code, label } = row.parse(raw)
        const account = parseAccount(code)
        return account === null ? [] : [{ id, account, label, last: lookups.lastGood(profileId, code) }]
      }),
    save(profileId, account, label) {
      upsert.run(profileId, account.id, label, clock.now())
    },
    remove(profileId, id) {
      remove.run(profileId, id)
    },
  }
}
