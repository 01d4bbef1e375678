import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { Database } from './sqlite.ts'
import { tryRead, tryWrite } from './sqlite.ts'

/**
 * The UUID by which this installation stands in a team's line. It is made when it is first asked for; where it can't be
 * written down, the next run is another desk.
 */
export function createDeskId(database: Database): () => string {
  const row = z.object({ value: z.uuid() })
  let known: string | null = null
  return () => {
    known ??= tryRead(
      database,
      null,
      () =>
        row.safeParse(database.prepare("SELECT value FROM setting WHERE name = 'desk'").get()).data?.value ??
        null,
    )
    if (known !== null) return known
    const made = randomUUID()
    known = made
    tryWrite(database, () =>
      database
        .prepare("INSERT INTO setting (name, value) VALUES ('desk', ?) ON CONFLICT (name) DO NOTHING")
        .run(made),
    )
    return made
  }
}
