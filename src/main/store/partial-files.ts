import { rmSync } from 'node:fs'
import * as z from 'zod'
import { isHeld } from '../files/held-files.ts'
import type { PartialFiles } from '../files/write-whole.ts'
import { type Database, tryRead, tryWrite } from './sqlite.ts'

const PREFIX = 'partial-file:'
const rows = z.array(z.object({ path: z.string().endsWith('.part') }))

/** The files that are being written, by name, so that one that was cut off can be removed. */
export function createPartialFiles(database: Database): PartialFiles & {
  /** Removes what a program that ended in the middle left: at the end of this one, and at the start of the next. */
  cleanUp(): void
} {
  const remember = database.prepare(
    `INSERT OR REPLACE INTO setting (name, value) VALUES ('${PREFIX}' || ?, '')`,
  )
  const forget = database.prepare(`DELETE FROM setting WHERE name = '${PREFIX}' || ?`)
  const read = database.prepare(
    `SELECT substr(name, ${PREFIX.length + 1}) AS path FROM setting WHERE name LIKE '${PREFIX}%.part'`,
  )
  const ended = (path: string) => {
    tryWrite(database, () => forget.run(path))
  }
  return {
    begun(path) {
      tryWrite(database, () => remember.run(path))
    },
    ended,
    cleanUp() {
      for (const { path } of rows.safeParse(tryRead(database, [], () => read.all())).data ?? []) {
        try {
          rmSync(path, { force: true })
        } catch (error) {
          // The start does not wait for it; the next one tries again.
          if (isHeld(error)) continue
          // A folder that is gone holds nothing that could be mended.
        }
        ended(path)
      }
    },
  }
}
