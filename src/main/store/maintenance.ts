import { type ExportOptions, exportText } from '../../domain/lookup-export.ts'
import type { Lookup } from '../../domain/traffic.ts'
import { removeHeldSync } from '../files/held-files.ts'
import { type PartialFiles, writeWhole } from '../files/write-whole.ts'
import { backUp, backUpNow, removeCopies, setAsideOf } from './backups.ts'
import { type Erasure, idsOf, pendingErasure, setPending } from './erasure.ts'
import { readImportedAccounts } from './imported-accounts.ts'
import type { LookupFilter } from './lookup-pages.ts'
import { createLookups } from './lookups.ts'
import { createSavedAccounts } from './saved-accounts.ts'
import { isDamagedFile } from './schema.ts'
import { type Database, transaction } from './sqlite.ts'

/** Work on the whole store, which takes seconds where it is large. Times are milliseconds since the epoch. */
export type Job =
  | { readonly kind: 'back-up'; readonly now: number }
  /** Removes lookups and set-aside files from before a time; null for every lookup that no saved line needs. */
  | { readonly kind: 'retain'; readonly before: number | null }
  /** Deletes for good: nothing of it stays in the file, its log, set-aside files and backups. */
  | { readonly kind: 'erase'; readonly erasure: Erasure; readonly now: number }
  /** Goes on with what a program that was killed had begun to erase. */
  | { readonly kind: 'finish-erasing'; readonly now: number }
  /** Reads every page; `rows` is 1 where one is damaged. */
  | { readonly kind: 'check' }
  | {
      readonly kind: 'export'
      readonly path: string
      readonly filter: LookupFilter
      readonly options: ExportOptions
    }
  | {
      readonly kind: 'import'
      readonly profileId: string
      /** As the contract has them. */
      readonly json: string
      readonly now: number
    }

/** `rows` is how many were written or removed. `refused` is an import that is not what the contract says. */
export interface JobResult {
  readonly outcome: 'done' | 'given up' | 'failed' | 'refused'
  readonly rows: number
}

/** What a job needs of the thread that it runs in. */
export interface JobContext {
  readonly database: Database
  readonly path: string
  readonly partialFiles: PartialFiles
  /** Aborted where somebody calls the job off; only an export heeds it. */
  readonly signal: AbortSignal
  report(done: number, total: number): void
  /** Lets messages in, and others write, between two short transactions. */
  breathe(): Promise<void>
  /** Runs what keeps every other writer out for longer than a moment. */
  exclusively<T>(work: () => T): Promise<T>
}

const ROWS_AT_ONCE = 200
const PAGE = 500

/** Does one job. Rejects where the disk or the file does not take it. */
export async function runJob(job: Job, context: JobContext): Promise<JobResult> {
  const { database, path } = context
  switch (job.kind) {
    case 'back-up':
      return resultOf(await backUp(database, path, job.now, context.exclusively))
    case 'check':
      return { outcome: 'done', rows: isDamagedFile(database) ? 1 : 0 }
    case 'retain':
      return retain(job.before, context)
    case 'erase':
      setPending(database, job.erasure)
      return erase(job.erasure, job.now, context)
    case 'finish-erasing': {
      const pending = pendingErasure(database)
      return pending === null ? resultOf(true) : erase(pending, job.now, context)
    }
    case 'export':
      return exportTo(job, context)
    case 'import':
      return importSavedAccounts(job, context)
  }
}

const resultOf = (done: boolean, rows = 0): JobResult => ({ outcome: done ? 'done' : 'failed', rows })

async function importSavedAccounts(
  { profileId, json, now }: Job & { readonly kind: 'import' },
  { database, exclusively }: JobContext,
): Promise<JobResult> {
  const lines = readImportedAccounts(json)
  if (lines === null) return { outcome: 'refused', rows: 0 }
  return exclusively(() =>
    resultOf(
      createSavedAccounts(database, { now: () => now }).importAll(profileId, lines) === 'done',
      lines.length,
    ),
  )
}

async function retain(before: number | null, context: JobContext): Promise<JobResult> {
  const { database, path } = context
  for (const { file, at } of setAsideOf(path)) {
    if (at <= (before ?? Number.MAX_SAFE_INTEGER)) removeHeldSync(file)
  }
  const rows = await remove(idsOf(database, { kind: 'retain', before }), context)
  // Removed rows must not stay readable in the write-ahead log either. Emptying it keeps writers out, so most of it is copied
  // before that, which keeps out nobody.
  if (rows > 0) database.exec('PRAGMA wal_checkpoint(PASSIVE); PRAGMA wal_checkpoint(TRUNCATE)')
  return resultOf(true, rows)
}

async function erase(erasure: Erasure | 'scrub', now: number, context: JobContext): Promise<JobResult> {
  const { database, path } = context
  let rows = 0
  if (erasure !== 'scrub') {
    rows = (await removeMost(erasure, context)) ?? (await remove(idsOf(database, erasure), context))
    transaction(database, () => {
      if (erasure.kind === 'forget') {
        database
          .prepare('DELETE FROM saved_line WHERE profile_id = ? AND account = ?')
          .run(erasure.profileId, erasure.account)
      }
      setPending(database, 'scrub')
    })
  }
  const done = await context.exclusively(() => {
    removeCopies(path)
    // Deleted rows are zeros, but a page that was split or merged still has copies of rows in its gaps.
    database.exec('VACUUM')
    if (database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.['busy'] !== 0) return false
    setPending(database, null)
    return backUpNow(database, path, now)
  })
  return resultOf(done, rows)
}

/** More lookups than this are not copied aside. */
const FEW = 2_000

/**
 * Clears a profile whose lookups are nearly all there are: keeping the few others is a hundred times faster than deleting
 * a million one by one.
 *
 * @returns how many were removed; null where there are too many others
 */
async function removeMost(erasure: Erasure, { database, exclusively }: JobContext): Promise<number | null> {
  if (erasure.kind !== 'clear') return null
  const count = (where: string, ...values: readonly (string | number)[]) =>
    Number(database.prepare(`SELECT count(*) AS n FROM lookup WHERE ${where}`).get(...values)?.['n'])
  const lastId = Number(database.prepare('SELECT max(id) AS id FROM lookup').get()?.['id'] ?? 0)
  const others = 'profile_id <> ? OR id > ?'
  if (count(others, erasure.profileId, lastId) > FEW) return null
  const rows = count('profile_id = ?', erasure.profileId)
  await exclusively(() => {
    database.exec('PRAGMA temp_store = MEMORY')
    transaction(database, () => {
      database
        .prepare(`CREATE TEMP TABLE others AS SELECT * FROM lookup WHERE ${others}`)
        .run(erasure.profileId, lastId)
      database.exec('DELETE FROM lookup; INSERT INTO lookup SELECT * FROM others; DROP TABLE others')
    })
  })
  return rows
}

/** Removes lookups in short transactions, so that nobody who writes meanwhile waits longer than a moment. */
async function remove(ids: readonly number[], { database, report, breathe }: JobContext): Promise<number> {
  const one = database.prepare('DELETE FROM lookup WHERE id = ?')
  for (let from = 0; from < ids.length; from += ROWS_AT_ONCE) {
    await breathe()
    transaction(database, () => {
      for (const id of ids.slice(from, from + ROWS_AT_ONCE)) one.run(id)
    })
    report(Math.min(from + ROWS_AT_ONCE, ids.length), ids.length)
  }
  return ids.length
}

async function exportTo(
  { path, filter, options }: Job & { readonly kind: 'export' },
  { database, partialFiles, signal, report, breathe }: JobContext,
): Promise<JobResult> {
  const lookups = createLookups(database)
  // What is asked meanwhile is not part of it.
  const { count: total, lastId } = lookups.extent(filter)
  let rows = 0
  function* stored(): Generator<Lookup> {
    let after = 0
    for (;;) {
      const page = lookups.page(filter, { after, upTo: lastId, limit: PAGE })
      for (const lookup of page) {
        rows += 1
        yield lookup
      }
      const last = page.at(-1)
      if (last === undefined) return
      after = last.id
    }
  }
  /** Page by page, so that the memory does not feel a long one. */
  async function* text() {
    let pieces = ''
    for (const piece of exportText(stored(), options)) {
      pieces += piece
      if (rows % PAGE !== 0) continue
      yield pieces
      pieces = ''
      report(rows, total)
      await breathe()
    }
    yield pieces
  }
  const written = await writeWhole(path, text(), partialFiles, signal)
  return { outcome: written, rows }
}
