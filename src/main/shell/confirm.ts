import type { BrowserWindow, Dialog } from 'electron'
import type { Language } from '../../domain/language.ts'
import { words } from '../../domain/words/words.ts'
import type { NetworkChange } from '../profiles/profiles.ts'

/** Asks the agent in a native dialog, which no script in the page can answer. */
export type Confirm = (change: NetworkChange) => Promise<boolean>

/** A proxy (its origin) that would be given a login, and the language to ask in. */
export interface ProxyLoginAsk {
  readonly proxy: string
  readonly language: Language
}

interface Place {
  readonly dialog: Pick<Dialog, 'showMessageBox'>
  readonly window: () => BrowserWindow | null
}

/** Enter and Esc keep things as they are: nothing is confirmed by a key that was meant for something else. */
async function ask(
  { dialog, window }: Place,
  { message, detail, buttons }: { message: string; detail: string; buttons: [keep: string, change: string] },
): Promise<boolean> {
  const options = {
    type: 'warning' as const,
    message,
    detail,
    buttons,
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

/** Asks whether a profile's questions may take another way. */
export const createConfirm =
  (place: Place): Confirm =>
  ({ profile, proxy, caFile, team, language }) => {
    const word = words[language].dialogs.network
    return ask(place, {
      message: word.message(profile),
      detail: word.detail(
        proxy.kind === 'manual' ? proxy.url : word[proxy.kind],
        caFile ?? word.none,
        team === null
          ? word.none
          : `${team.host}:${team.port}/${team.database}${team.caFile === null ? '' : ` (${team.caFile})`}`,
      ),
      buttons: [word.keep, word.change],
    })
  }

/** Asks whether a proxy may have the login that was typed for it. */
export const createConfirmProxyLogin =
  (place: Place) =>
  ({ proxy, language }: ProxyLoginAsk): Promise<boolean> => {
    const word = words[language].dialogs.proxyLogin
    const isEncrypted = proxy.startsWith('https:')
    return ask(place, {
      message: word.message(proxy),
      detail: isEncrypted ? word.encrypted : word.plain,
      buttons: [word.keep, word.send],
    })
  }
