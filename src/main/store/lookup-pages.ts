import * as z from 'zod'
import type { StoredLookup } from '../../domain/traffic.ts'
import { LOOKUP_COLUMNS, lookupOf } from './lookup-row.ts'
import { type Database, tryRead } from './sqlite.ts'

/** Lookups of one profile: of one account, or of one agent since a moment (milliseconds since the epoch). */
export type LookupFilter = { readonly profileId: string } & (
  | { readonly account: string }
  | { readonly agent: string; readonly since: number }
)

/** Many lookups, a page at a time, for a file. */
export interface LookupPages {
  /** How many lookups a filter finds, and the newest one's id (0 for none). */
  extent(filter: LookupFilter): { readonly count: number; readonly lastId: number }
  /** Some of what a filter finds, oldest first, from after one id up to another. Throws where the file is damaged. */
  page(
    filter: LookupFilter,
    range: { readonly after: number; readonly upTo: number; readonly limit: number },
  ): readonly StoredLookup[]
}

export function createLookupPages(database: Database): LookupPages {
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
  return {
    extent: filter =>
      tryRead(database, { count: 0, lastId: 0 }, () =>
        extent.parse(extents[kindOf(filter)].get(...valuesOf(filter))),
      ),
    page: (filter, { after, upTo, limit }) =>
      pages[kindOf(filter)].all(...valuesOf(filter), after, upTo, limit).map(lookupOf),
  }
}

const extent = z.object({ count: z.number(), lastId: z.number() })

const kindOf = (filter: LookupFilter) => ('account' in filter ? 'account' : 'agent')

const valuesOf = (filter: LookupFilter) =>
  'account' in filter ? [filter.profileId, filter.account] : [filter.profileId, filter.agent, filter.since]
