import * as z from 'zod'
import { type Database, tryRead, tryWrite } from './sqlite.ts'

const heardSchema = z.object({ at: z.number(), version: z.string().nullable() })

/** The version that was announced last, and when. */
export type StoredUpdate = Readonly<z.infer<typeof heardSchema>>

export function createHeardUpdate(database: Database) {
  const select = database.prepare("SELECT value FROM setting WHERE name = 'update'")
  const replace = database.prepare("INSERT OR REPLACE INTO setting (name, value) VALUES ('update', ?)")
  return {
    read: (): StoredUpdate | null =>
      tryRead(database, null, () => heardSchema.parse(JSON.parse(String(select.get()?.['value'])))),
    write(heard: StoredUpdate): void {
      tryWrite(database, () => replace.run(JSON.stringify(heard)))
    },
  }
}
