import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import type { Clock } from '../clock.ts'
import { migrations } from './migrations.ts'

/** An open connection; statements are prepared by the modules that own the tables. */
export type Database = DatabaseSync

/** `TfDk` in ASCII: tells our files from any other SQLite file, and from an empty one. */
export const APPLICATION_ID = 0x5466_446b

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

export interface Store {
  readonly database: Database
  readonly condition: StoreCondition
  /** Takes today's verified backup if there is none yet; two are kept. */
  backUpDaily(): void
  /**
   * Deletes for good: what `work` deletes is made unreadable in the file, its write-ahead log, set-aside files and
   * backups. A kill on the way is made good at the next start. False where it could not be done.
   */
  erase(work: () => void): boolean
  close(): void
}

const BACKUPS_KEPT = 2
const DAY_MS = 86_400_000
/** A backup may be this much younger than a day, so that an hourly timer keeps to once a day. */
const SLACK_MS = 3_600_000
const PENDING = "'erase-pending'"

/**
 * Opens (or makes) the program's database, mends what can be mended, and brings its schema up to date.
 *
 * WAL with synchronous=FULL: a row that was acknowledged is on disk. Files are readable by their owner alone. Never
 * throws: where the file can't be used, the program still works and says so.
 */
export function openStore(path: string, clock: Clock): Store {
  const { database, condition } = openOrMend(path, clock)
  const kept = condition.kind !== 'in-memory' && condition.kind !== 'read-only'
  const erased = () => scrub(database, path, clock)
  if (kept && database.prepare(`SELECT 1 FROM setting WHERE name = ${PENDING}`).get() !== undefined) erased()
  return {
    database,
    condition,
    backUpDaily() {
      const newest = backupsOf(path)[0]
      const age = newest === undefined ? DAY_MS : clock.now() - newest.at
      if (kept && (age >= DAY_MS - SLACK_MS || age < 0)) tryWrite(() => backUp(database, path, clock))
    },
    erase(work) {
      if (!kept) return false
      const done = tryWrite(() =>
        transaction(database, () => {
          database.exec(`INSERT OR REPLACE INTO setting (name, value) VALUES (${PENDING}, '')`)
          work()
        }),
      )
      return done && erased()
    },
    close() {
      if (database.isOpen) database.close()
    },
  }
}

/** Leaves nothing of what was deleted in any file; false where some of it is still there, to be tried again. */
function scrub(database: Database, path: string, clock: Clock): boolean {
  try {
    const prefix = `${basename(path)}.`
    for (const name of siblings(path)) {
      if (name.startsWith(prefix)) rmSync(join(dirname(path), name), { force: true })
    }
    database.exec('VACUUM')
    const checkpoint = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()
    if (checkpoint?.['busy'] !== 0) return false
    database.exec(`DELETE FROM setting WHERE name = ${PENDING}`)
    return backUp(database, path, clock)
  } catch {
    return false
  }
}

function openOrMend(path: string, clock: Clock): Pick<Store, 'database' | 'condition'> {
  const found = inspect(path)
  if (found === 'unusable') return inMemory()
  if (found === 'newer') return readOnly(path)
  // Gone but for its backups: somebody removed it, or the program was killed while it restored one.
  const isLost = found === 'new' && backupsOf(path).length > 0
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    if (found !== 'damaged' && !isLost)
      return { database: openCurrent(path, clock), condition: { kind: 'ok' } }
    setAside(path, clock)
    for (const backup of backupsOf(path)) {
      if (inspect(backup.file) !== 'ours') continue
      putInPlace(backup.file, path)
      return { database: openCurrent(path, clock), condition: { kind: 'restored', backupAt: backup.at } }
    }
    return { database: openCurrent(path, clock), condition: { kind: 'reset' } }
  } catch {
    return found === 'ours' ? readOnly(path) : inMemory()
  }
}

/** A file that can't be written can still be read; in a folder that can't be written only as an immutable one. */
function readOnly(path: string): Pick<Store, 'database' | 'condition'> {
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

/** Whether our statements can run on a schema that is not ours: an older one, or a newer program's. */
function hasOurColumns(database: Database): boolean {
  const ours = new DatabaseSync(':memory:')
  migrate(ours)
  const columnsOf = (of: Database, table: string) =>
    of
      .prepare('SELECT name FROM pragma_table_info(?)')
      .all(table)
      .map(row => row['name'])
  const tables = ours.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  const fits = tables.every(({ name }) => {
    const theirs = new Set(columnsOf(database, String(name)))
    return columnsOf(ours, String(name)).every(column => theirs.has(column))
  })
  ours.close()
  return fits
}

function inMemory(): Pick<Store, 'database' | 'condition'> {
  const database = new DatabaseSync(':memory:')
  migrate(database)
  return { database, condition: { kind: 'in-memory' } }
}

/** What a file is, before it is trusted. `unusable` is not the file's fault: locked, or not to be read. */
function inspect(path: string): 'new' | 'ours' | 'newer' | 'damaged' | 'unusable' {
  if (!existsSync(path)) return 'new'
  let database: Database | null = null
  try {
    if (statSync(path).size === 0) return 'damaged'
    database = new DatabaseSync(path)
    database.exec('PRAGMA busy_timeout = 2000')
    if (pragma(database, 'application_id') !== APPLICATION_ID) return isBlank(database) ? 'new' : 'damaged'
    if (pragma(database, 'user_version') > migrations.length) return 'newer'
    const check = database.prepare('PRAGMA quick_check(1)').get()
    return Object.values(check ?? {})[0] === 'ok' ? 'ours' : 'damaged'
  } catch (error) {
    const code = sqliteCode(error)
    return code === SQLITE.CORRUPT || code === SQLITE.NOTADB ? 'damaged' : 'unusable'
  } finally {
    database?.close()
  }
}

/** A database in which nothing was ever made: the program was killed in its very first moment. */
const isBlank = (database: Database): boolean =>
  pragma(database, 'application_id') === 0 &&
  pragma(database, 'user_version') === 0 &&
  database.prepare('SELECT 1 FROM sqlite_master').get() === undefined

function openCurrent(path: string, clock: Clock): Database {
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
    if (version > 0 && version < migrations.length && !backUp(database, path, clock)) {
      throw new Error('no migration without a backup')
    }
    migrate(database)
    // From here on the window waits for every write.
    database.exec('PRAGMA busy_timeout = 100')
  } catch (error) {
    database.close()
    throw error
  }
  return database
}

/** Forward only, each step all or nothing. */
export function migrate(database: Database, steps: readonly string[] = migrations): void {
  const version = pragma(database, 'user_version')
  for (const [index, sql] of steps.entries()) {
    if (index < version) continue
    transaction(database, () => {
      database.exec(sql)
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${index + 1};`)
    })
  }
}

/** Runs `work` all or nothing. */
export function transaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const value = work()
    database.exec('COMMIT')
    return value
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

/** Runs a write; false where the disk or the file does not take it. Any other error is a bug and thrown. */
export function tryWrite(work: () => void): boolean {
  try {
    work()
    return true
  } catch (error) {
    const code = sqliteCode(error)
    if (code !== null && REFUSALS.has(code)) return false
    throw error
  }
}

/**
 * Runs a write that need not wait for the disk: it survives the program's end, though perhaps not the computer's.
 * https://www.sqlite.org/pragma.html#pragma_synchronous
 */
export function withoutSync(database: Database, write: () => void): void {
  database.exec('PRAGMA synchronous = NORMAL')
  try {
    write()
  } finally {
    database.exec('PRAGMA synchronous = FULL')
  }
}

/** SQLite's primary result codes that are used here. https://www.sqlite.org/rescode.html */
const SQLITE = { BUSY: 5, READONLY: 8, IOERR: 10, CORRUPT: 11, FULL: 13, CANTOPEN: 14, NOTADB: 26 } as const
const REFUSALS: ReadonlySet<number> = new Set([
  SQLITE.BUSY,
  SQLITE.READONLY,
  SQLITE.IOERR,
  SQLITE.FULL,
  SQLITE.CANTOPEN,
  SQLITE.CORRUPT,
])

/** The primary code of node:sqlite's errors (the low byte of an extended one); null for any other error. */
function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode & 0xff
}

/** Copies the database, and keeps the copy only once it has been read back whole. */
function backUp(database: Database, path: string, clock: Clock): boolean {
  // Later than every other by name, also where the wall clock was set back meanwhile.
  const at = Math.max(clock.now(), (backupsOf(path)[0]?.at ?? 0) + 1)
  const partial = `${path}.partial`
  rmSync(partial, { force: true })
  rmSync(`${partial}-journal`, { force: true })
  database.prepare('VACUUM INTO ?').run(partial)
  chmodSync(partial, 0o600)
  if (inspect(partial) !== 'ours') {
    rmSync(partial, { force: true })
    return false
  }
  putInPlace(partial, `${path}.backup-${at}`)
  rmSync(partial, { force: true })
  for (const old of backupsOf(path).slice(BACKUPS_KEPT)) rmSync(old.file, { force: true })
  return true
}

/** A copy that is there whole or not at all, whenever the program is killed. */
function putInPlace(from: string, to: string): void {
  const copy = `${to}.copying`
  copyFileSync(from, copy)
  chmodSync(copy, 0o600)
  const file = openSync(copy, 'r+')
  fsyncSync(file)
  closeSync(file)
  renameSync(copy, to)
}

/** The backups beside a database, newest first. */
export function backupsOf(path: string): readonly { readonly file: string; readonly at: number }[] {
  const prefix = `${basename(path)}.backup-`
  return siblings(path)
    .filter(name => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map(name => ({ file: join(dirname(path), name), at: Number(name.slice(prefix.length)) }))
    .sort((a, b) => b.at - a.at)
}

/** Moves a damaged database out of the way, with the log that belongs to it: neither may touch its successor. */
function setAside(path: string, clock: Clock): void {
  const stamp = clock.now()
  // Itself last: a log without its database would be taken for its successor's.
  for (const suffix of ['-journal', '-wal', '-shm', '']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, `${path}.damaged-${stamp}${suffix}`)
  }
}

function siblings(path: string): readonly string[] {
  try {
    return readdirSync(dirname(path))
  } catch {
    return []
  }
}

function pragma(database: Database, name: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0)
}
