import { randomUUID } from 'node:crypto'
import { open } from 'node:fs/promises'
import { removeHeld, renameHeld } from './held-files.ts'

/** Remembers which file is not whole yet, so that the next start can remove what a killed program left. */
export interface PartialFiles {
  begun(path: string): void
  ended(path: string): void
}

/** Characters: a file of many rows is not written row by row. */
const WRITTEN_AT_ONCE = 65_536

/** All of it or nothing: a partial file never stays behind, and an old one is not lost to a failed write. */
export async function writeWhole(
  path: string,
  text: Iterable<string> | AsyncIterable<string>,
  partialFiles: PartialFiles,
  signal?: AbortSignal,
): Promise<'done' | 'given up' | 'failed'> {
  // Nobody else's file has this name.
  const partial = `${path}.${randomUUID()}.part`
  partialFiles.begun(partial)
  try {
    const file = await open(partial, 'wx', 0o600)
    try {
      let pending = ''
      for await (const piece of text) {
        if (signal?.aborted) break
        pending += piece
        if (pending.length < WRITTEN_AT_ONCE) continue
        // Unlike `write`, this goes on where the system takes only a part.
        await file.appendFile(pending)
        pending = ''
      }
      await file.appendFile(pending)
      await file.sync()
    } finally {
      await file.close()
    }
    if (!signal?.aborted) await renameHeld(partial, path)
    return signal?.aborted ? 'given up' : 'done'
  } catch {
    return 'failed'
  } finally {
    await removeHeld(partial).catch(() => {})
    partialFiles.ended(partial)
  }
}
