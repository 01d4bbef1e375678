import type { StoredReply } from '../../contract/bridge.ts'
import type { RecentLookup } from '../../contract/state.ts'
import { type Listing, listingOf } from '../../domain/listing.ts'
import { summaryOf } from '../../domain/lookup-summary.ts'
import {
  type GoodLookup,
  goodLookup,
  HISTORY_PAGE,
  type Lookup,
  type StoredLookup,
} from '../../domain/traffic.ts'
import { type Exclusive, NEVER_EXCLUSIVE } from './exclusive.ts'
import { createLookupPages, type LookupPages } from './lookup-pages.ts'
import { LOOKUP_COLUMNS, lookupOf, replyOf } from './lookup-row.ts'
import { type Database, transaction, tryRead, tryWrite } from './sqlite.ts'

/** A lookup about to be written, with the carrier's reply as it came. */
export interface NewLookup extends Omit<Lookup, 'id'> {
  /** The host that was asked, as the gate and the keychain name it. */
  readonly origin: string
  readonly rawReply: string | null
}

export interface Lookups extends LookupPages {
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
  /** A page of good and failed ones, newest first, older than one of them where that is given. */
  history(profileId: string, account: string, before?: number | null): readonly StoredLookup[]
  /** A page of the good ones alone, and where the next begins; null where this is the last. */
  good(
    profileId: string,
    account: string,
    before?: number | null,
  ): { readonly lookups: readonly GoodLookup[]; readonly next: number | null }
  /** One lookup; null where it is gone, or not this profile's. */
  find(profileId: string, id: number): StoredLookup | null
  /** An agent's lookups since a moment, newest first, each in a line. */
  recent(profileId: string, agent: string, since: number): readonly RecentLookup[]
  /** Marks the lookup whose ticket was copied. Nothing depends on the mark, so that a disk which does not take it is no failure. */
  markCopied(profileId: string, id: number, at: number): void
  /** Since when an account is in the state that one of its lookups found it in. */
  listing(profileId: string, id: number): Listing | null
  /** The carrier's reply as it came; `not-kept` also where the lookup is gone, or not this profile's. */
  rawReply(profileId: string, id: number): StoredReply
}

const MOST_LISTED = 500
const GOOD_PAGE = 200
/** More than an agent can look up in a day and a night. */
const MOST_RECENT = 1_000

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
    WHERE profile_id = ? AND account = ? AND id < ? ORDER BY id DESC LIMIT ${HISTORY_PAGE}`)
  const good = database.prepare(`
    SELECT ${LOOKUP_COLUMNS} FROM lookup
    WHERE profile_id = ? AND account = ? AND report IS NOT NULL AND id < ? ORDER BY id DESC LIMIT ${GOOD_PAGE}`)
  const one = database.prepare(`SELECT ${LOOKUP_COLUMNS} FROM lookup WHERE profile_id = ? AND id = ?`)
  const ofAgent = database.prepare(`
    SELECT ${LOOKUP_COLUMNS}, copied_at FROM lookup WHERE profile_id = ? AND agent = ? AND asked_at >= ? ORDER BY id DESC LIMIT ${MOST_RECENT}`)
  const mark = database.prepare('UPDATE lookup SET copied_at = ? WHERE profile_id = ? AND id = ?')
  const upTo = database.prepare(`
    SELECT ${LOOKUP_COLUMNS} FROM lookup
    WHERE profile_id = ? AND account = ? AND report IS NOT NULL AND id <= ? ORDER BY id DESC LIMIT ${MOST_LISTED}`)
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

  function find(profileId: string, id: number): StoredLookup | null {
    const waiting = deferred.find(lookup => lookup.profileId === profileId && lookup.id === id)
    if (waiting !== undefined) {
      const { rawReply: _rawReply, origin: _origin, ...lookup } = waiting
      return lookup
    }
    return tryRead(database, null, () => {
      const found = one.get(profileId, id)
      return found === undefined ? null : lookupOf(found)
    })
  }

  return {
    ...createLookupPages(database),
    find,
    recent: (profileId, agent, since) =>
      tryRead(database, [], () => [
        ...deferred
          .filter(lookup => lookup.profileId === profileId && lookup.agent === agent)
          .map(lookup => recentOf(lookup, false))
          .reverse(),
        ...ofAgent
          .all(profileId, agent, since)
          .map(found => recentOf(lookupOf(found), found['copied_at'] !== null)),
      ]),
    markCopied(profileId, id, at) {
      void exclusive.ended().then(() => tryWrite(database, () => mark.run(at, profileId, id)))
    },
    listing(profileId, id) {
      const lookup = find(profileId, id)
      if (lookup === null) return null
      const account = lookup.account.id
      // A row at a time: no more are read than it takes to find the change.
      function* answers() {
        for (const found of upTo.iterate(profileId, account, id)) {
          const answer = goodLookup(lookupOf(found))
          if (answer !== null) yield answer
        }
      }
      return tryRead(database, null, () => listingOf(answers()))
    },
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
    history: (profileId, account, before = null) =>
      tryRead(database, [], () =>
        all.all(profileId, account, before ?? Number.MAX_SAFE_INTEGER).map(lookupOf),
      ),
    good: (profileId, account, before = null) =>
      tryRead(database, { lookups: [], next: null }, () => {
        const found = good.all(profileId, account, before ?? Number.MAX_SAFE_INTEGER).map(lookupOf)
        return {
          lookups: found.flatMap(lookup => goodLookup(lookup) ?? []),
          next: found.length < GOOD_PAGE ? null : (found.at(-1)?.id ?? null),
        }
      }),
    rawReply(profileId, id) {
      return replyOf(tryRead(database, undefined, () => raw.get(profileId, id)))
    },
  }
}

const recentOf = (lookup: StoredLookup, copied: boolean): RecentLookup => ({
  ...summaryOf(lookup),
  id: lookup.id,
  copied,
})
