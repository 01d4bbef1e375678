import * as z from 'zod'
import type { GateLedger } from '../lookup/rate-gate.ts'
import { type Database, tryRead, tryWrite, withoutSync } from './database.ts'

const query = z.object({ startedAt: z.number(), endedAt: z.number().nullable() })
const closure = z.object({
  reason: z.enum(['rate-limited', 'key-rejected']),
  closedAt: z.number(),
  until: z.number().nullable(),
})

const KEPT_MS = 24 * 3_600_000

/** What the gate remembers across restarts: an origin and times, no account. */
export function createGateLedger(database: Database): GateLedger {
  const since = database.prepare(`
    SELECT started_at AS startedAt, ended_at AS endedAt FROM gate_query
    WHERE origin = ? AND started_at >= ? ORDER BY started_at`)
  const start = database.prepare('INSERT INTO gate_query (origin, started_at) VALUES (?, ?)')
  const end = database.prepare(
    `UPDATE gate_query SET ended_at = ? WHERE rowid = (
      SELECT rowid FROM gate_query WHERE origin = ? AND started_at = ? AND ended_at IS NULL LIMIT 1
    )`,
  )
  const forget = database.prepare('DELETE FROM gate_query WHERE started_at < ?')
  // A clock that was ahead and is right again must not close the gate until then.
  const redate = database.prepare(
    'UPDATE gate_query SET started_at = ?1, ended_at = min(ended_at, ?1) WHERE started_at > ?1',
  )
  const readClosure = database.prepare(
    'SELECT reason, closed_at AS closedAt, until FROM gate_closure WHERE origin = ?',
  )
  const close = database.prepare(`
    INSERT INTO gate_closure (origin, reason, closed_at, until) VALUES (?, ?, ?, ?)
    ON CONFLICT (origin) DO UPDATE SET reason = excluded.reason, closed_at = excluded.closed_at, until = excluded.until`)
  const reopen = database.prepare('DELETE FROM gate_closure WHERE origin = ?')

  return {
    // Asked once a run of each origin, which is often enough to forget what is long over.
    queries(origin, from, now = Number.MAX_SAFE_INTEGER) {
      tryWrite(database, () => forget.run(from - KEPT_MS))
      tryWrite(database, () => redate.run(now))
      return tryRead(database, [], () => since.all(origin, from).map(row => query.parse(row)))
    },
    // What the disk does not take, the gate still holds in memory for this run.
    started(origin, at) {
      tryWrite(database, () =>
        // It outlives the program, and the power too once the answer is recorded behind it.
        withoutSync(database, () => start.run(origin, at)),
      )
    },
    ended(origin, startedAt, at) {
      // Lost with the power it costs one cool-down at the next start.
      tryWrite(database, () => withoutSync(database, () => end.run(at, origin, startedAt)))
    },
    closure: origin => tryRead(database, null, () => closure.safeParse(readClosure.get(origin)).data ?? null),
    close(origin, { reason, closedAt, until }) {
      tryWrite(database, () => close.run(origin, reason, closedAt, until))
    },
    reopen(origin) {
      tryWrite(database, () => reopen.run(origin))
    },
  }
}
