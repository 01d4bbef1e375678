import { open } from 'node:fs/promises'

/** A file's bytes; null where it can't be read, is no file, or is larger than that. */
export async function readSmall(path: string, most: number): Promise<Uint8Array | null> {
  try {
    const file = await open(path, 'r')
    try {
      const stat = await file.stat()
      return stat.isFile() && stat.size <= most ? await file.readFile() : null
    } finally {
      await file.close()
    }
  } catch {
    return null
  }
}

/** More than the log ever holds. */
const LARGEST_TEXT = 8_000_000

/** A text's lines; none where it can't be read. */
export async function linesOf(path: string): Promise<readonly string[]> {
  const bytes = await readSmall(path, LARGEST_TEXT)
  return bytes === null ? [] : Buffer.from(bytes).toString().trimEnd().split('\n')
}
