import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
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
  /** Makes what was deleted unreadable: in the file, its write-ahead log, set-aside files and backups. */
  scrub(): void
  close(): void
}

const BACKUPS_KEPT = 2
const DAY_MS = 86_400_000

/**
 * Opens (or makes) the program's database, mends what can be mended, and brings its schema up to date.
 *
 * WAL with synchronous=FULL: a row that was acknowledged is on disk. Files are readable by their owner alone. Never
 * throws: where the file can't be used, the program still works and says so.
 */
export function openStore(path: string, clock: Clock): Store {
  const { database, condition } = openOrMend(path, clock)
  const kept = condition.kind !== 'in-memory' && condition.kind !== 'read-only'
  return {
    database,
    condition,
    backUpDaily() {
      const newest = backupsOf(path)[0]
      const age = newest === undefined ? DAY_MS : clock.now() - newest.at
      if (kept && (age >= DAY_MS || age < 0)) tryWrite(() => backUp(database, path, clock))
    },
    scrub() {
      if (!kept) return
      for (const { file } of backupsOf(path)) rmSync(file, { force: true })
      for (const file of asideOf(path)) rmSync(file, { force: true })
      database.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE);')
      tryWrite(() => backUp(database, path, clock))
    },
    close() {
      if (database.isOpen) database.close()
    },
  }
}

function openOrMend(path: string, clock: Clock): Pick<Store, 'database' | 'condition'> {
  const found = inspect(path)
  if (found === 'unusable') return inMemory()
  if (found === 'newer') return readOnly(path)
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    if (found !== 'damaged') return { database: openCurrent(path, clock), condition: { kind: 'ok' } }
    setAside(path, clock)
    for (const backup of backupsOf(path)) {
      if (inspect(backup.file) !== 'ours') continue
      copyFileSync(backup.file, path)
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
      pragma(database, 'schema_version')
      return { database, condition: { kind: 'read-only' } }
    } catch {
      // the next way
    }
  }
  return inMemory()
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
    if (pragma(database, 'application_id') !== APPLICATION_ID) return 'damaged'
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
    if (version > 0 && version < migrations.length) backUp(database, path, clock)
    migrate(database)
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

function backUp(database: Database, path: string, clock: Clock): void {
  const file = `${path}.backup-${clock.now()}`
  rmSync(file, { force: true })
  database.prepare('VACUUM INTO ?').run(file)
  chmodSync(file, 0o600)
  if (inspect(file) !== 'ours') {
    rmSync(file, { force: true })
    return
  }
  for (const old of backupsOf(path).slice(BACKUPS_KEPT)) rmSync(old.file, { force: true })
}

/** The backups beside a database, newest first. */
export function backupsOf(path: string): readonly { readonly file: string; readonly at: number }[] {
  const prefix = `${basename(path)}.backup-`
  return siblings(path)
    .filter(name => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .map(name => ({ file: join(dirname(path), name), at: Number(name.slice(prefix.length)) }))
    .sort((a, b) => b.at - a.at)
}

function asideOf(path: string): readonly string[] {
  const prefix = `${basename(path)}.damaged-`
  return siblings(path)
    .filter(name => name.startsWith(prefix))
    .map(name => join(dirname(path), name))
}

/** Moves a damaged database out of the way, with the log that belongs to it: neither may touch its successor. */
function setAside(path: string, clock: Clock): void {
  const stamp = clock.now()
  for (const suffix of ['', '-wal', '-shm']) {
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
