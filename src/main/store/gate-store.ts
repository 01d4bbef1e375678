import * as z from 'zod'
import type { GateLedger } from '../gate/local/queue.ts'
import { type Exclusive, NEVER_EXCLUSIVE } from './exclusive.ts'
import { createGateReserve, type GateReserve, hashOf } from './gate-fallback.ts'
import { type Database, tryRead, tryWrite, withoutSync } from './sqlite.ts'

const query = z.object({ startedAt: z.number(), endedAt: z.number().nullable() })
const closure = z.object({
  reason: z.enum(['rate-limited', 'key-rejected']),
  closedAt: z.number(),
  until: z.number().nullable(),
})

const KEPT_MS = 24 * 3_600_000

/**
 * What the gate remembers across restarts: an origin and times, no account. What the database does not take goes to the
 * reserve.
 */
export function createGateLedger(
  database: Database,
  {
    reserve = createGateReserve(null),
    exclusive = NEVER_EXCLUSIVE,
  }: { readonly reserve?: GateReserve; readonly exclusive?: Exclusive } = {},
): GateLedger {
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

  // A query does not wait for the store's long work.
  const write = (work: () => void): boolean => !exclusive.isOn() && tryWrite(database, work)

  const dropReserved = (origin: string): void => {
    const hash = hashOf(origin)
    reserve.change(entry => ('reason' in entry && entry.origin === hash ? null : entry))
  }

  return {
    // Asked once a run of each origin, which is often enough to forget what is long over.
    queries(origin, from, now) {
      write(() => forget.run(from - KEPT_MS))
      write(() => redate.run(now))
      const hash = hashOf(origin)
      const reserved = reserve.entries().flatMap(entry =>
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
      return reserved.length === 0 ? kept : [...kept, ...reserved].sort((a, b) => a.startedAt - b.startedAt)
    },
    started(origin, at) {
      // It outlives the program, and the power too once the answer is recorded behind it.
      if (write(() => withoutSync(database, () => start.run(origin, at)))) return
      reserve.add({ origin: hashOf(origin), startedAt: at, endedAt: null })
    },
    ended(origin, startedAt, at) {
      const hash = hashOf(origin)
      let isReserved = false
      reserve.change(entry => {
        const isIt =
          !isReserved &&
          'startedAt' in entry &&
          entry.origin === hash &&
          entry.startedAt === startedAt &&
          entry.endedAt === null
        if (!isIt) return entry
        isReserved = true
        return { ...entry, endedAt: at }
      })
      // Lost with the power, or on a full disk, it costs one cool-down at the next start.
      if (!isReserved) write(() => withoutSync(database, () => end.run(at, origin, startedAt)))
    },
    closure(origin) {
      const hash = hashOf(origin)
      for (const entry of reserve.entries()) {
        if (!('reason' in entry) || entry.origin !== hash) continue
        const { reason, closedAt, until } = entry
        return { reason, closedAt, until }
      }
      return tryRead(database, null, () => closure.safeParse(readClosure.get(origin)).data ?? null)
    },
    close(origin, { reason, closedAt, until }) {
      dropReserved(origin)
      if (write(() => close.run(origin, reason, closedAt, until))) return
      reserve.add({ origin: hashOf(origin), reason, closedAt, until })
    },
    reopen(origin) {
      dropReserved(origin)
      // What the disk does not give back stays closed at the next start, which errs on the safe side.
      write(() => reopen.run(origin))
    },
  }
}
