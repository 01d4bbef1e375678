import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'

/** An open connection; statements are prepared by the modules that own the tables. */
export type Database = DatabaseSync

/** `TfDk` in ASCII: tells our files from any other SQLite file, and from an empty one. */
export const APPLICATION_ID = 0x5466_446b

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
  const urgent = guards.get(database)?.urgent
  try {
    if (urgent) Atomics.add(urgent, 0, 1)
    work()
  } catch (error) {
    const code = sqliteCode(error)
    if (code === null || !REFUSALS.has(code)) throw error
    if (DAMAGE.has(code)) markDamaged(database)
    return false
  } finally {
    if (urgent) Atomics.sub(urgent, 0, 1)
  }
  if (guards.get(database)?.isIntact() === false) {
    markDamaged(database)
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
    markDamaged(database)
    return otherwise
  }
}

/** What watches over an open database's file. */
interface Guard {
  readonly isIntact: () => boolean
  /** Above 0 while something is written: a thread that works on the same file lets it pass. */
  readonly urgent: Int32Array
  isDamaged: boolean
  readonly listeners: Set<() => void>
}

const guards = new WeakMap<Database, Guard>()

/** Whether an open database's file was found to be damaged. */
export const isDamaged = (database: Database): boolean => guards.get(database)?.isDamaged ?? false

/** Says of an open database that its file is damaged, to whoever listens, once. */
export function markDamaged(database: Database): void {
  const guard = guards.get(database)
  if (guard === undefined || guard.isDamaged) return
  guard.isDamaged = true
  for (const listener of guard.listeners) listener()
}

/** Calls `listener` once, when an open database is found to be damaged. */
export function onDamaged(database: Database, listener: () => void): void {
  guards.get(database)?.listeners.add(listener)
}

/**
 * Watches whether a database's file is still the one that was opened: in its place, no shorter than a page, with our
 * header. SQLite itself goes on writing to a file that was removed, and does not look at a header that it has read.
 *
 * @param urgent is above 0 while something is written
 * @returns what ends it, once the database is closed: closing any handle of the file earlier would drop SQLite's locks
 */
export function guard(database: Database, path: string, urgent: Int32Array): () => void {
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
  guards.set(database, { isIntact, urgent, isDamaged: false, listeners: new Set() })
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
export const SQLITE = {
  BUSY: 5,
  READONLY: 8,
  IOERR: 10,
  CORRUPT: 11,
  FULL: 13,
  CANTOPEN: 14,
  NOTADB: 26,
} as const
const REFUSALS: ReadonlySet<number> = new Set(Object.values(SQLITE))
/** What says that the file itself is no longer good, whoever reads or writes it. */
const DAMAGE: ReadonlySet<number> = new Set([SQLITE.CORRUPT, SQLITE.NOTADB, SQLITE.IOERR])

/** The primary code of node:sqlite's errors (the low byte of an extended one); null for any other error. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null
  return error.errcode & 0xff
}

/** A pragma's number; 0 where it has none. */
export function pragma(database: Database, name: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0] ?? 0)
}
