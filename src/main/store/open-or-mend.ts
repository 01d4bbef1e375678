import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { removeHeldSync } from '../files/held-files.ts'
import { backUpNow, backupsOf, putInPlace, setAside } from './backups.ts'
import { migrations } from './migrations.ts'
import { hasOurColumns, inspect, isLarge, migrate } from './schema.ts'
import { type Database, pragma } from './sqlite.ts'

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

/** A database that can be worked with, and how its file was found. */
interface Opened {
  readonly database: Database
  readonly condition: StoreCondition
}

export function openOrMend(path: string, now: number): Opened {
  const isQuick = !existsSync(path) || !isLarge(path)
  const found = inspect(path, isQuick || existsSync(suspectMark(path)) ? 'every page' : 'the header')
  if (found === 'unusable') return inMemory()
  if (found === 'newer') return readOnly(path)
  // The database is missing but has backups: somebody removed it, or the program was killed while it restored
  // one.
  const isLost = found === 'new' && backupsOf(path).length > 0
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    removeHeldSync(suspectMark(path))
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

/**
 * A marker file, written when a check after the start finds a damaged page: the next start then reads the
 * whole file.
 */
export const suspectMark = (path: string): string => `${path}.suspect`

export function tryMark(path: string): void {
  try {
    writeFileSync(suspectMark(path), '')
  } catch {
    // The disk may be full. The check after the next start will find the damage again.
  }
}

/**
 * Opens the database for reading only. In a folder that can't be written, SQLite needs it as immutable for
 * that.
 */
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
    // Writes the header into the file itself, not only into its log: it identifies the file later on.
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    // From here on the window waits for every write.
    database.exec('PRAGMA busy_timeout = 40')
  } catch (error) {
    database.close()
    throw error
  }
  return database
}
