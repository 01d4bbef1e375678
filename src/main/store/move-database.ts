import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { removeHeldSync } from '../files/held-files.ts'
import { copyOf, putInPlace } from './backups.ts'

const NAME = 'traffic-desk.sqlite'
/** Stands in the new folder from before the first copy until the last old file is gone. */
const MARK = `${NAME}-moving`

/** The database in the program's folder. */
export const databaseIn = (folder: string): string => join(folder, NAME)

/**
 * Moves the database of an earlier version, with its log, its backups and whatever else belongs to it. The files
 * are copied and the database itself is put in place last: a program that was killed meanwhile finds either the
 * old place whole or the new one, and the next start finishes the move. Nobody else may have them open.
 *
 * Never throws: where the disk does not take the copy, the old place stays in use, and the next start tries again.
 *
 * @returns the folder that holds the database now
 */
export function moveDatabase(former: string | null, current: string): string {
  if (former === null) return current
  const mark = join(current, MARK)
  const isThere = existsSync(databaseIn(current))
  const files = filesIn(former)
  // Without the mark, a database in the old place is no remainder: an earlier version has run again since.
  if (isThere ? !existsSync(mark) : files.length === 0) return current
  if (!isThere && !copied(former, current, files)) return former
  try {
    for (const name of filesIn(former)) removeHeldSync(join(former, name))
    rmSync(join(former, 'logs'), { recursive: true, force: true })
    removeHeldSync(mark)
  } catch {
    // The mark stands: the next start removes what is left.
  }
  return current
}

function copied(former: string, current: string, files: readonly string[]): boolean {
  try {
    mkdirSync(current, { recursive: true, mode: 0o700 })
    writeFileSync(join(current, MARK), '')
    // What an earlier attempt left may belong to an older state of the database: its log most of all.
    for (const name of filesIn(current)) removeHeldSync(join(current, name))
    const itselfLast = [...files.filter(name => name !== NAME), ...files.filter(name => name === NAME)]
    for (const name of itselfLast) putInPlace(join(former, name), join(current, name))
    return true
  } catch {
    for (const name of [...files, MARK]) tryRemove(join(current, name))
    return false
  }
}

/** The database and what belongs to it. */
function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter(name => name.startsWith(NAME) && name !== MARK)
  } catch {
    return []
  }
}

function tryRemove(file: string): void {
  try {
    removeHeldSync(file)
    removeHeldSync(copyOf(file))
  } catch {
    // The next start copies over it.
  }
}
