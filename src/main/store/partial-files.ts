import { rmSync } from 'node:fs'
import * as z from 'zod'
import type { PartialFiles } from '../shell/write-whole.ts'
import { type Database, tryWrite } from './database.ts'

const row = z.object({ path: z.string().endsWith('.part') })

/** The export that is being written, by name, so that one that was cut off can be removed. */
export function createPartialFiles(database: Database): PartialFiles & {
  /** Removes what a program that ended in the middle left: at the end of this one, and at the start of the next. */
  cleanUp(): void
} {
  const remember = database.prepare("INSERT OR REPLACE INTO setting (name, value) VALUES ('partial-file', ?)")
  const forget = database.prepare("DELETE FROM setting WHERE name = 'partial-file'")
  const read = database.prepare("SELECT value AS path FROM setting WHERE name = 'partial-file'")
  const ended = () => {
    tryWrite(() => forget.run())
  }
  return {
    begun(path) {
      tryWrite(() => remember.run(path))
    },
    ended,
    cleanUp() {
      const leftOver = row.safeParse(read.get())
      if (!leftOver.success) return
      try {
        rmSync(leftOver.data.path, { force: true })
      } catch {
        // A folder that is gone or no longer ours holds nothing that could be mended.
      }
      ended()
    },
  }
}
