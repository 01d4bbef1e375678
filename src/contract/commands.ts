import type { Language } from '../domain/language.ts'

/** A key with Ctrl, or Cmd on macOS. */
export interface Shortcut {
  readonly key: string
  readonly shift: boolean
}

export interface CommandInfo {
  readonly title: Readonly<Record<Language, string>>
  readonly shortcut: Shortcut | null
  /** Which native menu shows it. */
  readonly menu: 'file' | 'lookup' | 'view' | 'help'
}

const ctrl = (key: string): Shortcut => ({ key, shift: false })
const ctrlShift = (key: string): Shortcut => ({ key, shift: true })

/** Everything the page can be asked to do, once: the native menus, the palette and the shortcut sheet are made of this. */
export const commands = {
  'focus-lookup': {
    title: { ja: '照会先を入力', en: 'Enter an account' },
    shortcut: ctrl('l'),
    menu: 'lookup',
  },
  'look-up-again': {
    title: { ja: 'もう一度照会', en: 'Look up again' },
    shortcut: ctrl('r'),
    menu: 'lookup',
  },
  'copy-ticket': {
    title: { ja: 'チケット用にコピー', en: 'Copy for the ticket' },
    shortcut: ctrlShift('c'),
    menu: 'lookup',
  },
  'copy-sentence': {
    title: { ja: 'お客様への案内文をコピー', en: 'Copy what to say' },
    shortcut: ctrlShift('s'),
    menu: 'lookup',
  },
  'copy-chart': {
    title: { ja: 'グラフを画像でコピー', en: 'Copy the chart as an image' },
    shortcut: null,
    menu: 'lookup',
  },
  'copy-with-chart': {
    title: { ja: 'グラフ付きでコピー（メール用）', en: 'Copy with the chart (for mail)' },
    shortcut: null,
    menu: 'lookup',
  },
  star: {
    title: { ja: '回線を保存／解除', en: 'Keep this line, or stop' },
    shortcut: ctrl('d'),
    menu: 'lookup',
  },
  'find-line': {
    title: { ja: '保存した回線を検索', en: 'Search the saved lines' },
    shortcut: ctrl('f'),
    menu: 'lookup',
  },
  'add-line': { title: { ja: '回線を追加…', en: 'Add a line…' }, shortcut: ctrl('n'), menu: 'file' },
  'import-lines': {
    title: { ja: '回線をCSVから読み込む…', en: 'Import lines from CSV…' },
    shortcut: null,
    menu: 'file',
  },
  'export-lines': {
    title: { ja: '回線をCSVに書き出す…', en: 'Export lines to CSV…' },
    shortcut: null,
    menu: 'file',
  },
  'export-history': {
    title: { ja: 'この回線の履歴を書き出す…', en: "Export this line's history…" },
    shortcut: null,
    menu: 'file',
  },
  'export-shift': {
    title: {
      ja: '自分の照会を書き出す（直近12時間、番号は伏せ字）…',
      en: "Export my shift's lookups (last 12 hours, numbers masked)…",
    },
    shortcut: null,
    menu: 'file',
  },
  'edit-templates': {
    title: { ja: 'チケットのテンプレート…', en: 'Ticket templates…' },
    shortcut: null,
    menu: 'file',
  },
  'open-settings': { title: { ja: '設定…', en: 'Settings…' }, shortcut: ctrl(','), menu: 'file' },
  palette: { title: { ja: 'コマンドパレット', en: 'Command palette' }, shortcut: ctrl('k'), menu: 'view' },
  veil: {
    title: { ja: '番号を隠す／表示', en: 'Mask or show numbers' },
    shortcut: ctrlShift('h'),
    menu: 'view',
  },
  'toggle-ticket': {
    title: { ja: 'チケット欄の表示／非表示', en: 'Show or hide the ticket' },
    shortcut: ctrlShift('t'),
    menu: 'view',
  },
  shortcuts: {
    title: { ja: 'キーボードショートカット', en: 'Keyboard shortcuts' },
    shortcut: ctrl('/'),
    menu: 'help',
  },
} as const satisfies Record<string, CommandInfo>

export type Command = keyof typeof commands

export const commandIds = Object.keys(commands) as readonly Command[]

/** As Electron's menus write it: `CmdOrCtrl+Shift+C`. */
export const acceleratorOf = ({ key, shift }: Shortcut): string =>
  `CmdOrCtrl+${shift ? 'Shift+' : ''}${key.toUpperCase()}`

/** As people read it: `Ctrl+Shift+C`, `⇧⌘C`. */
export const shortcutText = ({ key, shift }: Shortcut, platform: string): string =>
  platform === 'darwin'
    ? `${shift ? '⇧' : ''}⌘${key.toUpperCase()}`
    : `Ctrl+${shift ? 'Shift+' : ''}${key.toUpperCase()}`

/** The command a key press means, null for none. Where the menu owns the keys (macOS) nobody asks. */
export function commandOf(event: {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}): Command | null {
  if (!event.ctrlKey || event.metaKey || event.altKey) return null
  const pressed = event.key.toLowerCase()
  const found = commandIds.find(id => {
    const shortcut: Shortcut | null = commands[id].shortcut
    return shortcut?.key === pressed && shortcut.shift === event.shiftKey
  })
  return found ?? null
}
