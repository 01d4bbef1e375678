import * as z from 'zod'
import type { StoredReply } from '../../contract/bridge.ts'
import { type GoodLookup, goodLookup, type Lookup, type StoredLookup } from '../../domain/traffic.ts'
import { type Exclusive, NEVER_EXCLUSIVE } from './exclusive.ts'
import { LOOKUP_COLUMNS, lookupOf, replyOf } from './lookup-row.ts'
import { type Database, transaction, tryRead, tryWrite } from './sqlite.ts'

/** A lookup about to be written, with the carrier's reply as it came. */
export interface NewLookup extends Omit<Lookup, 'id'> {
  /** The host that was asked, as the gate and the keychain name it. */
  readonly origin: string
  readonly rawReply: string | null
}

/** Lookups of one profile: of one account, or of one agent since a moment (milliseconds since the epoch). */
export type LookupFilter = { readonly profileId: string } & (
  | { readonly account: string }
  | { readonly agent: string; readonly since: number }
)

export interface Lookups {
  /**
   * Writes a lookup and gives it back as stored; its id is null where the disk did not take it. While the store's long work
   * keeps writers out it is written a little later.
   */
  record(lookup: NewLookup): Lookup
  /**
   * The last lookup with figures of one account in one profile: last as they came, whatever the wall clock said.
   *
   * @param origin where given, only what this host answered counts: a profile's host may have been another before
   */
  lastGood(profileId: string, account: string, origin?: string): GoodLookup | null
  /** Good and failed, newest first. */
  history(profileId: string, account: string): readonly StoredLookup[]
  /** Every good lookup of an account, oldest first. */
  good(profileId: string, account: string): readonly GoodLookup[]
  /** The carrier's reply as it came; `not-kept` also where the lookup is gone, or not this profile's. */
  rawReply(profileId: string, id: number): StoredReply
  /** How many lookups a filter finds, and the newest one's id (0 for none). */
  extent(filter: LookupFilter): { readonly count: number; readonly lastId: number }
  /** Some of what a filter finds, oldest first, from after one id up to another. Throws where the file is damaged. */
  page(
    filter: LookupFilter,
    range: { readonly after: number; readonly upTo: number; readonly limit: number },
  ): readonly StoredLookup[]
}

const MOST_HISTORY = 500

/** @param onRefused told of each lookup that the disk did not take */
export function createLookups(
  database: Database,
  {
    exclusive = NEVER_EXCLUSIVE,
    onRefused = () => {},
  }: { readonly exclusive?: Exclusive; readonly onRefused?: () => void } = {},
): Lookups {
  const insert = database.prepare(`
    INSERT INTO lookup (id, profile_id, account, asked_at, replied_at, duration_ms, agent, report, failure, raw_reply, origin)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
  const last = database.prepare(`
    SELECT ${LOOKUP_COLUMNS} FROM lookup
    WHERE profile_id = ?1 AND account = ?2 AND report IS NOT NULL AND (?3 IS NULL OR origin = ?3)
    ORDER BY id DESC LIMIT 1`)
  const all = database.prepare(`
    SELECT ${LOOKUP_COLUMNS} FROM lookup
    WHERE profile_id = ? AND account = ? ORDER BY id DESC LIMIT ${MOST_HISTORY}`)
  const good = database.prepare(`
    SELECT ${LOOKUP_COLUMNS} FROM lookup
    WHERE profile_id = ? AND account = ? AND report IS NOT NULL ORDER BY id`)
  const OF_ACCOUNT = 'profile_id = ? AND account = ?'
  const OF_AGENT = 'profile_id = ? AND agent = ? AND asked_at >= ?'
  const extentOf = (where: string) =>
    database.prepare(`SELECT count(*) AS count, coalesce(max(id), 0) AS lastId FROM lookup WHERE ${where}`)
  const pageOf = (where: string) =>
    database.prepare(
      `SELECT ${LOOKUP_COLUMNS} FROM lookup WHERE ${where} AND id > ? AND id <= ? ORDER BY id LIMIT ?`,
    )
  const extents = { account: extentOf(OF_ACCOUNT), agent: extentOf(OF_AGENT) }
  const pages = { account: pageOf(OF_ACCOUNT), agent: pageOf(OF_AGENT) }
  const raw = database.prepare('SELECT raw_reply AS raw, failure FROM lookup WHERE profile_id = ? AND id = ?')
  const lastId = database.prepare("SELECT seq AS id FROM sqlite_sequence WHERE name = 'lookup'")

  /** Lookups that will be written once the store's long work lets others write again. */
  let deferred: readonly (NewLookup & StoredLookup)[] = []

  /** All of them or none. */
  const write = (given: readonly (NewLookup & StoredLookup)[]): boolean =>
    tryWrite(database, () =>
      transaction(database, () => {
        for (const lookup of given) {
          const { id, profileId, account, askedAt, repliedAt, durationMs, agent, result, rawReply, origin } =
            lookup
          insert.run(
            id,
            profileId,
            account.id,
            askedAt,
            repliedAt,
            durationMs,
            agent,
            result.ok ? JSON.stringify(result.value) : null,
            result.ok ? null : JSON.stringify(result.failure),
            rawReply,
            origin,
          )
        }
      }),
    )

  function writeDeferred(): void {
    const waiting = deferred
    deferred = []
    if (!write(waiting)) onRefused()
  }

  /** The next id: an id is never given twice, and nobody else writes lookups. */
  const nextId = (): number => (deferred.at(-1)?.id ?? Number(lastId.get()?.['id'] ?? 0)) + 1

  const deferredOf = (profileId: string, account: string) =>
    deferred.filter(lookup => lookup.profileId === profileId && lookup.account.id === account)

  return {
    record(lookup) {
      const { rawReply: _rawReply, origin: _origin, ...shown } = lookup
      const given = { ...lookup, durationMs: Math.round(lookup.durationMs) }
      const id = tryRead(database, 0, nextId)
      if (id > 0 && exclusive.isOn()) {
        if (deferred.length === 0) void exclusive.ended().then(writeDeferred)
        deferred = [...deferred, { ...given, id }]
        return { ...shown, durationMs: given.durationMs, id }
      }
      // Figures are shown even where they can't be kept.
      const isKept = id > 0 && write([{ ...given, id }])
      if (!isKept) onRefused()
      return { ...shown, durationMs: given.durationMs, id: isKept ? id : null }
    },
    lastGood(profileId, account, origin) {
      const waiting = deferredOf(profileId, account)
        .filter(lookup => origin === undefined || lookup.origin === origin)
        .flatMap(lookup => goodLookup(lookup) ?? [])
      return (
        waiting.at(-1) ??
        tryRead(database, null, () => {
          const found = last.get(profileId, account, origin ?? null)
          return found === undefined ? null : goodLookup(lookupOf(found))
        })
      )
    },
    extent: filter =>
      tryRead(database, { count: 0, lastId: 0 }, () =>
        extent.parse(extents[kindOf(filter)].get(...valuesOf(filter))),
      ),
    page: (filter, { after, upTo, limit }) =>
      pages[kindOf(filter)].all(...valuesOf(filter), after, upTo, limit).map(lookupOf),
    history: (profileId, account) => tryRead(database, [], () => all.all(profileId, account).map(lookupOf)),
    good: (profileId, account) =>
      tryRead(database, [], () =>
        good.all(profileId, account).flatMap(found => goodLookup(lookupOf(found)) ?? []),
      ),
    rawReply(profileId, id) {
      return replyOf(tryRead(database, undefined, () => raw.get(profileId, id)))
    },
  }
}

const extent = z.object({ count: z.number(), lastId: z.number() })

const kindOf = (filter: LookupFilter) => ('account' in filter ? 'account' : 'agent')

const valuesOf = (filter: LookupFilter) =>
  'account' in filter ? [filter.profileId, filter.account] : [filter.profileId, filter.agent, filter.since]
