import type { BrowserWindow, Dialog } from 'electron'
import type { Profile } from '../../contract/settings.ts'
import type { Language } from '../../domain/language.ts'

/** Asks the agent in a native dialog, which no script in the page can answer. */
export type Confirm = (change: NetworkChange) => Promise<boolean>

/** Something that decides who can read what is sent to the carrier. */
export interface NetworkChange {
  readonly profile: string
  readonly proxy: Profile['proxy']
  readonly caFile: string | null
}

const words = {
  ja: {
    message: (name: string) => `「${name}」の通信経路を変更しますか？`,
    detail: (proxy: string, ca: string) =>
      `プロキシ: ${proxy}\n追加のCAファイル: ${ca}\n\n認証キーと照会内容が、この経路を通ります。心当たりがない場合は変更しないでください。`,
    change: '変更する',
    keep: '変更しない',
    none: 'なし',
    system: 'OSの設定',
  },
  en: {
    message: (name: string) => `Change the way to the carrier for “${name}”?`,
    detail: (proxy: string, ca: string) =>
      `Proxy: ${proxy}\nExtra CA file: ${ca}\n\nThe authKey and every question go this way. If you did not mean to change it, keep it as it is.`,
    change: 'Change',
    keep: 'Keep as it is',
    none: 'none',
    system: 'as the system',
  },
} as const

/** Enter and Esc keep things as they are: a change is never confirmed by a key that was meant for something else. */
export const createConfirm =
  ({
    dialog,
    window,
    language,
  }: {
    readonly dialog: Pick<Dialog, 'showMessageBox'>
    readonly window: () => BrowserWindow | null
    readonly language: () => Language
  }): Confirm =>
  async ({ profile, proxy, caFile }) => {
    const word = words[language()]
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
