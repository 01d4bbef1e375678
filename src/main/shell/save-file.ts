import { rename, rm, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import type { Outcome } from '../../shared/failure.ts'
import { fail, ok } from '../../shared/result.ts'

/** Asks where to and writes there; null where the agent called it off, else the file's name. */
export type SaveFile = (file: {
  readonly name: string
  readonly extension: string
  readonly text: string
}) => Promise<Outcome<string | null>>

export const createSaveFile =
  (window: () => BrowserWindow | null): SaveFile =>
  async ({ name, extension, text }) => {
    const options = {
      // A profile's name may hold what a file's name may not.
      defaultPath: name.replaceAll(/[\\/:*?"<>|]/g, '_'),
      filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
    }
    const parent = window()
    const { canceled, filePath } = parent
      ? await dialog.showSaveDialog(parent, options)
      : await dialog.showSaveDialog(options)
    if (canceled || filePath === '') return ok(null)
    return (await writeWhole(filePath, text)) ? ok(basename(filePath)) : fail({ code: 'FILE_NOT_WRITTEN' })
  }

/** All of it or nothing: a partial file never stays behind, and an old one is not lost to a failed write. */
async function writeWhole(path: string, text: string): Promise<boolean> {
  const partial = `${path}.part`
  try {
    await writeFile(partial, text, { mode: 0o600 })
    await rename(partial, path)
    return true
  } catch {
    await rm(partial, { force: true }).catch(() => {})
    return false
  }
}
