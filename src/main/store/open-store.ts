import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as pause } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import type { Clock } from '../clock.ts'
import { backUpNow, backupsOf, putInPlace, redateBackups, setAside } from './backups.ts'
import { type Erasure, pendingErasure } from './erasure.ts'
import { createExclusive, type Exclusive } from './exclusive.ts'
import { type Job, type JobResult, runJob } from './maintenance.ts'
import { createMaintenanceThread, type JobOptions, type Maintenance } from './maintenance-client.ts'
import { migrations } from './migrations.ts'
import { createPartialFiles } from './partial-files.ts'
import { hasOurColumns, inspect, isLarge, migrate } from './schema.ts'
import { type Database, guard, isDamaged, markDamaged, onDamaged, pragma } from './sqlite.ts'

/** How the program's data was found at start. */
export type StoreCondition =
  | { readonly kind: 'ok' }
  /** It was damaged and set aside; the backup of that time is in its place. */
  | { readonly kind: 'restored'; readonly backupAt: number }
  /** It was damaged and set aside, and there was no good backup. */
  | { readonly kind: 'reset' }
  /** A newer program wrote it: it can be read, not changed. */
  | { readonly kind: 'read-only' }
  /** Its folder can't be written, or another program holds it: this run is kept in memory alone. */
  | { readonly kind: 'in-memory' }
  /** Good at start, and damaged, truncated or gone since: nothing is kept until the next start mends it. */
  | { readonly kind: 'damaged' }

export interface Store {
  readonly database: Database
  /** Whether long work keeps writers out; acts of a person wait for its end. */
  readonly exclusive: Exclusive
  condition(): StoreCondition
  /** Tells once that the file was damaged while the program runs. */
  onDamaged(listener: () => void): void
  /** Finishes what a killed program began, and reads a file whole that was too large for that at start. */
  afterStart(): Promise<void>
  /** Takes a verified backup; two are kept. False where the disk does not take it. */
  backUp(now: number): Promise<boolean>
  /** Milliseconds since the epoch; null where there is no backup. */
  lastBackupAt(): number | null
  /** Gives backups that are dated later than `now` that date. */
  redateBackups(now: number): void
  /** Removes lookups and set-aside files from before a time, but for what saved lines show; null for every such lookup. */
  retain(before: number | null): Promise<boolean>
  /**
   * Deletes for good: unreadable in the file, its write-ahead log, set-aside files and backups. A kill on the way is made
   * good at the next start. False where it could not be done.
   */
  erase(erasure: Erasure, options?: JobOptions): Promise<boolean>
  /** Long work of the other modules. */
  run(job: Job & { readonly kind: 'export' | 'import' }, options?: JobOptions): Promise<JobResult>
  /** Waits for what can't be cut short; nothing may be written afterwards. */
  close(): Promise<void>
}

/**
 * Opens (or makes) the program's database, mends what can be mended, and brings its schema up to date.
 *
 * WAL with synchronous=FULL: a row that was acknowledged is on disk. Files are readable by their owner alone. Never
 * throws: where the file can't be used, the program still works and says so.
 *
 * @param thread the module of the thread for long work; null does that work here, which keeps everything waiting
 */
export function openStore(path: string, clock: Pick<Clock, 'now'>, thread: URL | null = null): Store {
  const { database, condition } = openOrMend(path, clock.now())
  const kept = condition.kind !== 'in-memory' && condition.kind !== 'read-only'
  const exclusive = createExclusive()
  const urgent = new Int32Array(new SharedArrayBuffer(4))
  const endGuard = kept ? guard(database, path, urgent) : () => {}
  const maintenance =
    thread === null || !kept
      ? createInline(database, path)
      : createMaintenanceThread(thread, { path, urgent }, exclusive)
  const isDone = async (job: Job, options?: JobOptions): Promise<boolean> =>
    kept && !isDamaged(database) && (await maintenance.run(job, options)).outcome === 'done'

  return {
    database,
    exclusive,
    condition: () => (isDamaged(database) ? { kind: 'damaged' } : condition),
    onDamaged: listener => onDamaged(database, listener),
    async afterStart() {
      if (!kept) return
      if (pendingErasure(database) !== null) await isDone({ kind: 'finish-erasing', now: clock.now() })
      if (!isLarge(path)) return
      if ((await maintenance.run({ kind: 'check' })).rows === 0) return
      tryMark(path)
      markDamaged(database)
    },
    backUp: now => isDone({ kind: 'back-up', now }),
    lastBackupAt: () => backupsOf(path)[0]?.at ?? null,
    redateBackups: now => redateBackups(path, now),
    retain: async before =>
      condition.kind === 'in-memory'
        ? (await maintenance.run({ kind: 'retain', before })).outcome === 'done'
        : isDone({ kind: 'retain', before }),
    erase: (erasure, options) => isDone({ kind: 'erase', erasure, now: clock.now() }, options),
    run: async (job, options) =>
      isDamaged(database) ? { outcome: 'failed', rows: 0 } : maintenance.run(job, options),
    async close() {
      if (!database.isOpen) return
      await maintenance.close()
      database.close()
      endGuard()
    },
  }
}

/** Does the store's long work on its own connection, here and now. */
function createInline(database: Database, path: string): Maintenance {
  return {
    async run(job, { onProgress, signal } = {}) {
      try {
        return await runJob(job, {
          database,
          path,
          partialFiles: createPartialFiles(database),
          signal: signal ?? new AbortController().signal,
          report: (done, total) => onProgress?.({ done, total }),
          breathe: pause,
          exclusively: async work => work(),
        })
      } catch {
        return { outcome: 'failed', rows: 0 }
      }
    },
    async close() {},
  }
}

interface Opened {
  readonly database: Database
  readonly condition: StoreCondition
}

function openOrMend(path: string, now: number): Opened {
  const isQuick = !existsSync(path) || !isLarge(path)
  const found = inspect(path, isQuick || existsSync(suspectMark(path)) ? 'every page' : 'the header')
  if (found === 'unusable') return inMemory()
  if (found === 'newer') return readOnly(path)
  // Gone but for its backups: somebody removed it, or the program was killed while it restored one.
  const isLost = found === 'new' && backupsOf(path).length > 0
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    rmSync(suspectMark(path), { force: true })
    if (found !== 'damaged' && !isLost) return { database: openCurrent(path, now), condition: { kind: 'ok' } }
    setAside(path, now)
    for (const backup of backupsOf(path)) {
      if (inspect(backup.file, 'every page') !== 'ours') continue
      putInPlace(backup.file, path)
      return { database: openCurrent(path, now), condition: { kind: 'restored', backupAt: backup.at } }
    }
    return { database: openCurrent(path, now), condition: { kind: 'reset' } }
  } catch {
    return found === 'ours' ? readOnly(path) : inMemory()
  }
}

/** Beside a database in which a damaged page was found after the start: the next one reads it whole. */
const suspectMark = (path: string): string => `${path}.suspect`

function tryMark(path: string): void {
  try {
    writeFileSync(suspectMark(path), '')
  } catch {
    // On a full disk the next start finds the damage as this one did.
  }
}

/** A file that can't be written can still be read; in a folder that can't be written only as an immutable one. */
function readOnly(path: string): Opened {
  for (const location of [path, new URL('?immutable=1', pathToFileURL(path))]) {
    try {
      const database = new DatabaseSync(location, { readOnly: true })
      if (hasOurColumns(database)) return { database, condition: { kind: 'read-only' } }
      database.close()
    } catch {
      // the next way
    }
  }
  return inMemory()
}

function inMemory(): Opened {
  const database = new DatabaseSync(':memory:')
  migrate(database)
  return { database, condition: { kind: 'in-memory' } }
}

function openCurrent(path: string, now: number): Database {
  const database = new DatabaseSync(path)
  try {
    chmodSync(path, 0o600)
    database.exec(`
      PRAGMA busy_timeout = 2000;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA secure_delete = ON;
    `)
    const version = pragma(database, 'user_version')
    if (version > 0 && version < migrations.length && !backUpNow(database, path, now)) {
      throw new Error('no migration without a backup')
    }
    migrate(database)
    // So that the file itself begins with our header, by which it is known later on.
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    // From here on the window waits for every write.
    database.exec('PRAGMA busy_timeout = 40')
  } catch (error) {
    database.close()
    throw error
  }
  return database
}
