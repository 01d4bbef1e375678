import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
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
  /** Good at start, and damaged, truncated or gone since: nothing is kept until the next start mends it. */
  | { readonly kind: 'damaged' }

export interface Store {
  readonly database: Database
  condition(): StoreCondition
  /** Tells once that the file was damaged while the program runs. */
  onDamaged(listener: () => void): void
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
  const unguard = kept ? guard(database, path) : () => {}
  return {
    database,
    condition: () => (isDamaged(database) ? { kind: 'damaged' } : condition),
    onDamaged(listener) {
      guards.get(database)?.listeners.add(listener)
    },
    backUpDaily() {
      const newest = backupsOf(path)[0]
      const age = newest === undefined ? DAY_MS : clock.now() - newest.at
      if (kept && (age >= DAY_MS - SLACK_MS || age < 0)) backUpOrLeaveNothing(database, path, clock)
    },
    erase(work) {
      if (!kept) return false
      const done = tryWrite(database, () =>
        transaction(database, () => {
          database.exec(`INSERT OR REPLACE INTO setting (name, value) VALUES (${PENDING}, '')`)
          work()
        }),
      )
      return done && erased()
    },
    close() {
      if (!database.isOpen) return
      database.close()
      unguard()
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

interface Opened {
  readonly database: Database
  readonly condition: StoreCondition
}

function openOrMend(path: string, clock: Clock): Opened {
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

function inMemory(): Opened {
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
    // So that the file itself begins with our header, by which it is known later on.
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
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

/**
 * Runs a write; false where the disk or the file does not take it, or the file is no longer what was opened: what is
 * written then is lost at the next start. Any other error is a bug and thrown.
 */
export function tryWrite(database: Database, work: () => void): boolean {
  if (isDamaged(database)) return false
  try {
    work()
  } catch (error) {
    const code = sqliteCode(error)
    if (code === null || !REFUSALS.has(code)) throw error
    if (DAMAGE.has(code)) damaged(database)
    return false
  }
  if (guards.get(database)?.isIntact() === false) {
    damaged(database)
    return false
  }
  return true
}

/** Runs a read; where the file is damaged it gives `otherwise`, so that what does not need the store goes on. */
export function tryRead<T>(database: Database, otherwise: T, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const code = sqliteCode(error)
    if (code === null || !(DAMAGE.has(code) || isDamaged(database))) throw error
    damaged(database)
    return otherwise
  }
}

/** What watches over an open database's file. */
interface Guard {
  readonly isIntact: () => boolean
  isDamaged: boolean
  readonly listeners: Set<() => void>
}

const guards = new WeakMap<Database, Guard>()

const isDamaged = (database: Database): boolean => guards.get(database)?.isDamaged ?? false

function damaged(database: Database): void {
  const guard = guards.get(database)
  if (guard === undefined || guard.isDamaged) return
  guard.isDamaged = true
  for (const listener of guard.listeners) listener()
}

/**
 * Watches whether a database's file is still the one that was opened: in its place, no shorter than a page, with our
 * header. SQLite itself goes on writing to a file that was removed, and does not look at a header that it has read.
 *
 * @returns what ends it, once the database is closed: closing any handle of the file earlier would drop SQLite's locks
 */
function guard(database: Database, path: string): () => void {
  const file = openSync(path, 'r')
  const { ino } = fstatSync(file)
  const header = Buffer.alloc(HEADER.length + 4)
  const isIntact = () => {
    try {
      if (statSync(path).ino !== ino) return false
      if (readSync(file, header, 0, HEADER.length, 0) < HEADER.length) return false
      if (readSync(file, header, HEADER.length, 4, APPLICATION_ID_AT) < 4) return false
      return (
        header.toString('latin1', 0, HEADER.length) === HEADER &&
        header.readUInt32BE(HEADER.length) === APPLICATION_ID
      )
    } catch {
      return false
    }
  }
  guards.set(database, { isIntact, isDamaged: false, listeners: new Set() })
  return () => closeSync(file)
}

/** The first bytes of every SQLite file, and where the application's id stands. https://www.sqlite.org/fileformat.html */
const HEADER = 'SQLite format 3\0'
const APPLICATION_ID_AT = 68

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
  SQLITE.NOTADB,
])
/** What says that the file itself is no longer good, whoever reads or writes it. */
const DAMAGE: ReadonlySet<number> = new Set([SQLITE.CORRUPT, SQLITE.NOTADB, SQLITE.IOERR])

/** The primary code of node:sqlite's errors (the low byte of an extended one); null for any other error. */
function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode & 0xff
}

/**
 * A backup that the disk has no room for, or no right to, is tried again later: the program goes on without it, and
 * nothing of it stays behind.
 */
function backUpOrLeaveNothing(database: Database, path: string, clock: Clock): boolean {
  try {
    return backUp(database, path, clock)
  } catch {
    for (const suffix of ['.partial', '.partial-journal']) tryRemove(path + suffix)
    return false
  }
}

function tryRemove(file: string): void {
  try {
    rmSync(file, { force: true })
  } catch {
    // Its folder is gone, and it with that.
  }
}

/** Copies the database, and keeps the copy only once it has been read back whole. Needs room for one copy, not two. */
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
  flushed(partial)
  renameSync(partial, `${path}.backup-${at}`)
  for (const old of backupsOf(path).slice(BACKUPS_KEPT)) rmSync(old.file, { force: true })
  return true
}

function flushed(path: string): void {
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}

/** A copy that is there whole or not at all, whenever the program is killed. */
function putInPlace(from: string, to: string): void {
  const copy = `${to}.copying`
  copyFileSync(from, copy)
  chmodSync(copy, 0o600)
  flushed(copy)
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
