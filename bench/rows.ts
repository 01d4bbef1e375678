import type { Database } from '../src/main/store/sqlite.ts'

/** A line's number, by its place among the lines. */
export const accountOf = (at: number): string => `0801${String(at).padStart(7, '0')}`

/** Stores so many lookups in one statement, a line's spread over the whole time, in milliseconds since the epoch. */
export function fillLookups(
  database: Database,
  {
    profileId,
    lookups,
    ofALine,
    from,
    to,
  }: {
    readonly profileId: string
    readonly lookups: number
    readonly ofALine: number
    readonly from: number
    readonly to: number
  },
): void {
  const step = (to - from) / lookups
  database
    .prepare(
      `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${lookups})
       INSERT INTO lookup (profile_id, account, asked_at, replied_at, duration_ms, agent, report, raw_reply)
       SELECT ?1, printf('0801%07d', i % ${lookups / ofALine}), ${from} + cast(i * ${step} AS INTEGER),
         ${from} + cast(i * ${step} AS INTEGER), 300, 'sato',
         json_object('todayKb', i, 'recentDays', '100,200,300,400,500,600', 'blacklist', 'not-listed', 'carrier',
           json_object('resultCode', '100', 'statusCode', '200', 'message', 'OK')),
         '{"resultCode":100}' FROM n`,
    )
    .run(profileId)
}
