import type { BrowserWindow, Dialog } from 'electron'
import { words } from '../../domain/words/words.ts'
import type { NetworkChange } from '../profiles/profiles.ts'

/** Asks the agent in a native dialog, which no script in the page can answer. */
export type Confirm = (change: NetworkChange) => Promise<boolean>

/** Enter and Esc keep things as they are: a change is never confirmed by a key that was meant for something else. */
export const createConfirm =
  ({
    dialog,
    window,
  }: {
    readonly dialog: Pick<Dialog, 'showMessageBox'>
    readonly window: () => BrowserWindow | null
  }): Confirm =>
  async ({ profile, proxy, caFile, language }) => {
    const word = words[language].dialogs.network
    const options = {
      type: 'warning' as const,
      message: word.message(profile),
      detail: word.detail(proxy.kind === 'manual' ? proxy.url : word[proxy.kind], caFile ?? word.none),
      buttons: [word.keep, word.change],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
    }
    const parent = window()
    const { response } = parent
      ? await dialog.showMessageBox(parent, options)
      : await dialog.showMessageBox(options)
    return response === 1
  }
