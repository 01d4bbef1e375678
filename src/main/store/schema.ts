import { existsSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { searchableText } from '../../domain/saved-account.ts'
import { migrations } from './migrations.ts'
import { APPLICATION_ID, type Database, pragma, SQLITE, sqliteCode, transaction } from './sqlite.ts'

/** What a file is, before it is trusted. `unusable` is not the file's fault: locked, or not to be read. */
export type Found = 'new' | 'ours' | 'newer' | 'damaged' | 'unusable'

/** A larger file takes more than a moment to read whole. Bytes. */
const QUICKLY_CHECKED = 32_000_000

/** Whether reading a whole file would keep somebody waiting. */
export const isLarge = (path: string): boolean => statSync(path).size > QUICKLY_CHECKED

/**
 * Looks at a file before it is trusted.
 *
 * @param pages whether every page is read too, which takes a second for half a gigabyte
 */
export function inspect(path: string, pages: 'every page' | 'the header'): Found {
  if (!existsSync(path)) return 'new'
  let database: Database | null = null
  try {
    if (statSync(path).size === 0) return 'damaged'
    database = new DatabaseSync(path)
    database.exec('PRAGMA busy_timeout = 2000')
    if (pragma(database, 'application_id') !== APPLICATION_ID) return isBlank(database) ? 'new' : 'damaged'
    if (pragma(database, 'user_version') > migrations.length) return 'newer'
    return pages === 'every page' && isDamagedFile(database) ? 'damaged' : 'ours'
  } catch (error) {
    return saysDamaged(error) ? 'damaged' : 'unusable'
  } finally {
    database?.close()
  }
}

/** Reads every page of an open database. */
export function isDamagedFile(database: Database): boolean {
  try {
    return Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {})[0] !== 'ok'
  } catch (error) {
    if (saysDamaged(error)) return true
    throw error
  }
}

function saysDamaged(error: unknown): boolean {
  const code = sqliteCode(error)
  return code === SQLITE.CORRUPT || code === SQLITE.NOTADB
}

/** A database in which nothing was ever made: the program was killed in its very first moment. */
const isBlank = (database: Database): boolean =>
  pragma(database, 'application_id') === 0 &&
  pragma(database, 'user_version') === 0 &&
  database.prepare('SELECT 1 FROM sqlite_master').get() === undefined

/** Forward only, each step all or nothing. */
export function migrate(database: Database, steps: readonly string[] = migrations): void {
  const version = pragma(database, 'user_version')
  database.function('searchable_text', { deterministic: true }, (account, label, note) =>
    searchableText({ account: { id: String(account) }, label: String(label), note: String(note) }),
  )
  for (const [index, sql] of steps.entries()) {
    if (index < version) continue
    transaction(database, () => {
      database.exec(sql)
      database.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${index + 1};`)
    })
  }
}

/** Whether our statements can run on a schema that is not ours: an older one, or a newer program's. */
export function hasOurColumns(database: Database): boolean {
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
