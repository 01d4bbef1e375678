import * as z from 'zod'
import type { GateStore } from '../gate/local/gate-store.ts'
import { type Exclusive, NEVER_EXCLUSIVE } from './exclusive.ts'
import { createGateFallback, type GateFallback, hashOf } from './gate-fallback.ts'
import { type Database, tryRead, tryWrite, withoutSync } from './sqlite.ts'

const query = z.object({ startedAt: z.number(), endedAt: z.number().nullable() })
const closure = z.object({
  reason: z.enum(['rate-limited', 'key-rejected', 'sign-in-refused']),
  closedAt: z.number(),
  until: z.number().nullable(),
})

const KEPT_MS = 24 * 3_600_000

/**
 * Stores what the gate remembers across restarts: an origin and times, no account. What the database can't
 * take goes to the fallback.
 */
export function createGateStore(
  database: Database,
  {
    fallback = createGateFallback(null),
    exclusive = NEVER_EXCLUSIVE,
  }: { readonly fallback?: GateFallback; readonly exclusive?: Exclusive } = {},
): GateStore {
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
  // The clock may have been ahead when a query was stored. Without this, the gate would stay closed until
  // that time.
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

  // A query does not wait for the store's long work.
  const write = (work: () => void): boolean => !exclusive.isOn() && tryWrite(database, work)

  const dropFromFallback = (origin: string): void => {
    const hash = hashOf(origin)
    fallback.change(entry => ('reason' in entry && entry.origin === hash ? null : entry))
  }

  return {
    // Called once per run for each origin, which is often enough to remove old queries.
    queries(origin, from, now) {
      write(() => forget.run(from - KEPT_MS))
      write(() => redate.run(now))
      const hash = hashOf(origin)
      const fallen = fallback.entries().flatMap(entry =>
        'startedAt' in entry && entry.origin === hash && entry.startedAt >= from
          ? [
              {
                startedAt: Math.min(entry.startedAt, now),
                endedAt: entry.endedAt === null ? null : Math.min(entry.endedAt, now),
              },
            ]
          : [],
      )
      const kept = tryRead(database, [], () => since.all(origin, from).map(row => query.parse(row)))
      return fallen.length === 0 ? kept : [...kept, ...fallen].sort((a, b) => a.startedAt - b.startedAt)
    },
    started(origin, at) {
      // Not flushed: the row survives the end of the program, and a power cut too once the lookup has been
      // recorded after it.
      if (write(() => withoutSync(database, () => start.run(origin, at)))) return
      fallback.add({ origin: hashOf(origin), startedAt: at, endedAt: null })
    },
    ended(origin, startedAt, at) {
      const hash = hashOf(origin)
      let isInFallback = false
      fallback.change(entry => {
        const isIt =
          !isInFallback &&
          'startedAt' in entry &&
          entry.origin === hash &&
          entry.startedAt === startedAt &&
          entry.endedAt === null
        if (!isIt) return entry
        isInFallback = true
        return { ...entry, endedAt: at }
      })
      // If a power cut or a full disk loses this row, it costs one cool-down at the next start.
      if (!isInFallback) write(() => withoutSync(database, () => end.run(at, origin, startedAt)))
    },
    closure(origin) {
      const hash = hashOf(origin)
      for (const entry of fallback.entries()) {
        if (!('reason' in entry) || entry.origin !== hash) continue
        const { reason, closedAt, until } = entry
        return { reason, closedAt, until }
      }
      return tryRead(database, null, () => closure.safeParse(readClosure.get(origin)).data ?? null)
    },
    close(origin, { reason, closedAt, until }) {
      dropFromFallback(origin)
      if (write(() => close.run(origin, reason, closedAt, until))) return
      fallback.add({ origin: hashOf(origin), reason, closedAt, until })
    },
    reopen(origin) {
      dropFromFallback(origin)
      // If the write fails, the gate is closed again at the next start, which is the safe side.
      write(() => reopen.run(origin))
    },
  }
}
