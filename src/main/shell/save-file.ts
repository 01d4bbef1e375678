import { basename, extname } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import type { Outcome } from '../../shared/failure.ts'
import { fail, ok } from '../../shared/result.ts'
import { type PartialFiles, writeWhole } from './write-whole.ts'

/** Asks where to and writes there; null where the agent called it off, else the file's name. */
export type SaveFile = (file: {
  readonly name: string
  /** The kinds to choose from, the first one by default. */
  readonly extensions: readonly [string, ...string[]]
  /** The text in pieces, for the kind that was chosen. */
  readonly text: (extension: string) => Iterable<string> | AsyncIterable<string>
  /** Gives up while it is written. */
  readonly signal?: AbortSignal
}) => Promise<Outcome<string | null>>

export const createSaveFile =
  (window: () => BrowserWindow | null, partialFiles: PartialFiles): SaveFile =>
  async ({ name, extensions, text, signal }) => {
    const options = {
      // A profile's name may hold what a file's name may not.
      defaultPath: name.replaceAll(/[\\/:*?"<>|]/g, '_'),
      filters: extensions.map(extension => ({ name: extension.toUpperCase(), extensions: [extension] })),
    }
    const parent = window()
    const { canceled, filePath } = parent
      ? await dialog.showSaveDialog(parent, options)
      : await dialog.showSaveDialog(options)
    if (canceled || filePath === '') return ok(null)
    const chosen = extname(filePath).slice(1).toLowerCase()
    const extension = extensions.includes(chosen) ? chosen : extensions[0]
    const written = await writeWhole(filePath, text(extension), partialFiles, signal)
    if (written === 'done') return ok(basename(filePath))
    return written === 'given up' ? ok(null) : fail({ code: 'FILE_NOT_WRITTEN' })
  }
