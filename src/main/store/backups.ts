import { chmodSync, closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { copyHeldSync, removeHeldSync, renameHeldSync } from '../files/held-files.ts'
import { inspect } from './schema.ts'
import { type Database, pragma } from './sqlite.ts'

const BACKUPS_KEPT = 2

/** A file beside the database whose name ends with when it was made, milliseconds since the epoch. */
export interface Dated {
  readonly file: string
  readonly at: number
}

/** The backups beside a database, newest first. */
export const backupsOf = (path: string): readonly Dated[] => datedFiles(path, 'backup')

/** The damaged databases that were set aside, with the logs that belong to them. */
export const setAsideOf = (path: string): readonly Dated[] => datedFiles(path, 'damaged')

/**
 * Copies a database, and keeps the copy only once it has been read back whole. Needs room for one copy, not two.
 *
 * @param now milliseconds since the epoch, for its name
 * @param exclusively runs the one part that keeps the disk busy for a moment, and with it whoever else writes
 * @returns false where the copy is not whole; rejects where the disk does not take it, and leaves nothing of it
 */
export async function backUp(
  database: Database,
  path: string,
  now: number,
  exclusively: (work: () => void) => Promise<void>,
): Promise<boolean> {
  try {
    if (!copied(database, path)) return false
    await exclusively(() => flush(partialOf(path)))
    keep(path, now)
    return true
  } finally {
    leaveNothing(path)
  }
}

/**
 * As `backUp`, but synchronous: before a migration nobody else writes yet. Throws where the disk refuses the
 * write.
 */
export function backUpNow(database: Database, path: string, now: number): boolean {
  try {
    if (!copied(database, path)) return false
    flush(partialOf(path))
    keep(path, now)
    return true
  } finally {
    leaveNothing(path)
  }
}

const partialOf = (path: string): string => `${path}.partial`

/** Writes a copy that is not on the disk for sure yet; false where it does not read back whole. */
function copied(database: Database, path: string): boolean {
  leaveNothing(path)
  const synchronous = pragma(database, 'synchronous')
  database.exec('PRAGMA synchronous = OFF')
  try {
    database.prepare('VACUUM INTO ?').run(partialOf(path))
  } finally {
    database.exec(`PRAGMA synchronous = ${synchronous}`)
  }
  chmodSync(partialOf(path), 0o600)
  return inspect(partialOf(path), 'every page') === 'ours'
}

function keep(path: string, now: number): void {
  // Its name must be later than that of every other backup, even if the wall clock was set back since.
  const at = Math.max(now, (backupsOf(path)[0]?.at ?? 0) + 1)
  renameHeldSync(partialOf(path), `${path}.backup-${at}`)
  for (const old of backupsOf(path).slice(BACKUPS_KEPT)) removeHeldSync(old.file)
}

function leaveNothing(path: string): void {
  for (const suffix of ['', '-journal']) tryRemove(partialOf(path) + suffix)
}

/** Gives backups that are dated later than `now` that date, in their order: the clock was ahead when they were made. */
export function redateBackups(path: string, now: number): void {
  const late = backupsOf(path).filter(({ at }) => at > now)
  for (const [index, { file }] of late.entries()) {
    try {
      renameSync(file, `${path}.backup-${now - index}`)
    } catch {
      // It keeps its name, and is tried again with the next one.
    }
  }
}

/** The name of a copy that is not whole yet. */
export const copyOf = (file: string): string => `${file}.copying`

/** Copies a file so that the copy is either complete or missing, even if the program is killed meanwhile. */
export function putInPlace(from: string, to: string): void {
  const copy = copyOf(to)
  copyHeldSync(from, copy)
  chmodSync(copy, 0o600)
  flush(copy)
  renameHeldSync(copy, to)
}

/** Moves a damaged database out of the way, with the log that belongs to it: neither may touch its successor. */
export function setAside(path: string, now: number): void {
  // Itself last: a log without its database would be taken for its successor's.
  for (const suffix of ['-journal', '-wal', '-shm', '']) {
    if (existsSync(path + suffix)) renameHeldSync(path + suffix, `${path}.damaged-${now}${suffix}`)
  }
}

/** Removes every file beside a database that may hold a copy of its rows: backups, what was set aside, halves. */
export function removeCopies(path: string): void {
  const prefix = `${basename(path)}.`
  for (const name of siblings(path)) {
    if (name.startsWith(prefix)) removeHeldSync(join(dirname(path), name))
  }
}

function datedFiles(path: string, kind: 'backup' | 'damaged'): readonly Dated[] {
  const prefix = `${basename(path)}.${kind}-`
  return siblings(path)
    .filter(name => name.startsWith(prefix))
    .flatMap(name => {
      const at = (kind === 'backup' ? /^(\d+)$/ : /^(\d+)(?:-\w+)?$/).exec(name.slice(prefix.length))?.[1]
      return at === undefined ? [] : [{ file: join(dirname(path), name), at: Number(at) }]
    })
    .sort((a, b) => b.at - a.at)
}

function flush(path: string): void {
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}

function tryRemove(file: string): void {
  try {
    removeHeldSync(file)
  } catch {
    // Its folder is gone, and it with that.
  }
}

function siblings(path: string): readonly string[] {
  try {
    return readdirSync(dirname(path))
  } catch {
    return []
  }
}
