import { basename } from 'node:path'
import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import { type PartialFiles, writeWhole } from './write-whole.ts'

interface Wanted {
  readonly name: string
  /** The kinds to choose from, the first one by default. */
  readonly extensions: readonly [string, ...string[]]
}

/** Asks where to write a file; null where the agent called it off. */
export type ChooseFile = (
  wanted: Wanted,
) => Promise<{ readonly path: string; readonly extension: string } | null>

/** Asks where to and writes there; null where the agent called it off, else the file's name. */
export type SaveFile = (
  file: Wanted & {
    /** The text in pieces. */
    readonly text: () => Iterable<string> | AsyncIterable<string>
  },
) => Promise<Outcome<string | null>>

export const createSaveFile =
  (chooseFile: ChooseFile, partialFiles: PartialFiles): SaveFile =>
  async ({ text, ...wanted }) => {
    const file = await chooseFile(wanted)
    if (file === null) return ok(null)
    const written = await writeWhole(file.path, text(), partialFiles)
    return written === 'done' ? ok(basename(file.path)) : fail({ code: 'FILE_NOT_WRITTEN' })
  }
