import type * as z from 'zod'
import { type Database, tryRead, tryWrite } from './sqlite.ts'

/** One small thing that the program notes for its next run. */
export interface Noted<T> {
  /** null where nothing was noted, or it can't be read. */
  read(): T | null
  write(value: T): void
}

export function createNoted<T>(database: Database, name: string, schema: z.ZodType<T>): Noted<T> {
  const select = database.prepare('SELECT value FROM setting WHERE name = ?')
  const replace = database.prepare('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)')
  return {
    read: () =>
      tryRead(database, null, () => {
        try {
          return schema.parse(JSON.parse(String(select.get(name)?.['value'])))
        } catch {
          return null
        }
      }),
    write(value) {
      tryWrite(database, () => replace.run(name, JSON.stringify(value)))
    },
  }
}
