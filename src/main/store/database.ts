import { chmodSync, existsSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { migrations } from './migrations.ts'

/** An open connection; statements are prepared by the modules that own the tables. */
export type Database = DatabaseSync

/** `TfDk` in ASCII: tells our files from any other SQLite file, and from an empty one. */
export const APPLICATION_ID = 0x5466_446b

/**
 * Opens (or makes) the program's database and brings its schema up to date.
 *
 * WAL with synchronous=FULL: a row that was acknowledged is on disk. Files are readable by their owner alone.
 *
 * @throws where the file is not ours, is newer than this program, or can't be opened
 */
export function openDatabase(path: string): Database {
  const isNew = !existsSync(path)
  const database = new DatabaseSync(path)
  try {
    if (isNew) chmodSync(path, 0o600)
    database.exec(`
      PRAGMA busy_timeout = 2000;
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA foreign_keys = ON;
      PRAGMA secure_delete = ON;
    `)
    migrate(database)
  } catch (error) {
    database.close()
    throw error
  }
  return database
}

function migrate(database: Database): void {
  const id = pragma(database, 'application_id')
  const version = pragma(database, 'user_version')
  if (id !== APPLICATION_ID && (id !== 0 || version !== 0)) throw new Error('not a Traffic Desk database')
  if (version > migrations.length) throw new Error('the database is newer than this program')
  for (const [index, sql] of migrations.entries()) {
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

function pragma(database: Database, name: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0)
}
