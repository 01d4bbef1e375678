import { extname } from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import type { ChooseFile } from '../files/save-file.ts'

/** Asks for a setup file to open. */
export const createChooseSetupFile =
  (window: () => BrowserWindow | null) => async (): Promise<string | null> => {
    const options = {
      properties: ['openFile' as const],
      filters: [{ name: 'Traffic Desk', extensions: ['tdsetup'] }],
    }
    const parent = window()
    const { canceled, filePaths } = parent
      ? await dialog.showOpenDialog(parent, options)
      : await dialog.showOpenDialog(options)
    return canceled ? null : (filePaths[0] ?? null)
  }

export const createChooseFile =
  (window: () => BrowserWindow | null): ChooseFile =>
  async ({ name, extensions }) => {
    const options = {
      // A profile's name may hold what a file's name may not.
      defaultPath: name.replaceAll(/[\\/:*?"<>|]/g, '_'),
      filters: extensions.map(extension => ({ name: extension.toUpperCase(), extensions: [extension] })),
    }
    const parent = window()
    const { canceled, filePath } = parent
      ? await dialog.showSaveDialog(parent, options)
      : await dialog.showSaveDialog(options)
    if (canceled || filePath === '') return null
    const chosen = extname(filePath).slice(1).toLowerCase()
    return { path: filePath, extension: extensions.includes(chosen) ? chosen : extensions[0] }
  }
