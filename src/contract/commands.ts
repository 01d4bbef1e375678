import type { CommandName } from '../domain/words/words.ts'

/** A key with Ctrl, or Cmd on macOS; with Alt in the place of Ctrl, or with nothing, where it says so. */
export interface Shortcut {
  readonly key: string
  readonly shift: boolean
  readonly alt?: true
  readonly alone?: true
  /** What it is on macOS, where Alt and an arrow move by a word, and F1 is the screen's brightness. */
  readonly mac?: string
}

export interface CommandInfo {
  readonly shortcut: Shortcut | null
  /** Which native menu shows it. */
  readonly menu: 'file' | 'lookup' | 'view' | 'help'
}

const ctrl = (key: string): Shortcut => ({ key, shift: false })
const alt = (key: string, mac: string): Shortcut => ({ key, shift: false, alt: true, mac })
const ctrlShift = (key: string): Shortcut => ({ key, shift: true })

/** Everything the page can be asked to do, once: the native menus, the palette and the shortcut sheet are made of this. */
export const commands = {
  'focus-lookup': {
    shortcut: ctrl('l'),
    menu: 'lookup',
  },
  'look-up-again': {
    shortcut: ctrl('r'),
    menu: 'lookup',
  },
  'go-back': { shortcut: alt('ArrowLeft', '['), menu: 'lookup' },
  'go-forward': { shortcut: alt('ArrowRight', ']'), menu: 'lookup' },
  'copy-ticket': {
    shortcut: ctrlShift('c'),
    menu: 'lookup',
  },
  'copy-sentence': {
    shortcut: ctrlShift('s'),
    menu: 'lookup',
  },
  'copy-chart': {
    shortcut: null,
    menu: 'lookup',
  },
  'copy-with-chart': {
    shortcut: null,
    menu: 'lookup',
  },
  star: {
    shortcut: ctrl('d'),
    menu: 'lookup',
  },
  'find-line': {
    shortcut: ctrl('f'),
    menu: 'lookup',
  },
  'add-line': { shortcut: ctrl('n'), menu: 'file' },
  'import-lines': {
    shortcut: null,
    menu: 'file',
  },
  'export-lines': {
    shortcut: null,
    menu: 'file',
  },
  'export-history': {
    shortcut: null,
    menu: 'file',
  },
  'export-shift': {
    shortcut: null,
    menu: 'file',
  },
  'edit-templates': {
    shortcut: null,
    menu: 'file',
  },
  'add-profile': { shortcut: null, menu: 'file' },
  'open-setup': { shortcut: null, menu: 'file' },
  'make-setup': { shortcut: null, menu: 'file' },
  'open-settings': { shortcut: ctrl(','), menu: 'file' },
  palette: { shortcut: ctrl('k'), menu: 'view' },
  'hide-numbers': {
    shortcut: ctrlShift('h'),
    menu: 'view',
  },
  'toggle-list': { shortcut: ctrl('b'), menu: 'view' },
  'toggle-theme': { shortcut: null, menu: 'view' },
  'toggle-ticket': {
    shortcut: ctrlShift('t'),
    menu: 'view',
  },
  guide: { shortcut: { key: 'F1', shift: false, alone: true, mac: '?' }, menu: 'help' },
  diagnose: { shortcut: null, menu: 'help' },
  shortcuts: {
    shortcut: ctrl('/'),
    menu: 'help',
  },
} as const satisfies Record<CommandName, CommandInfo>

export type Command = CommandName

export const commandIds = Object.keys(commands) as readonly Command[]

/** As Electron's menus write it: `CmdOrCtrl+Shift+C`. */
export function acceleratorOf({ key, shift, alt, alone, mac }: Shortcut, platform: string): string {
  if (alone) return platform === 'darwin' && mac ? `Cmd+${mac}` : key
  if (alt) return platform === 'darwin' && mac ? `Cmd+${mac}` : `Alt+${key.replace('Arrow', '')}`
  return `CmdOrCtrl+${shift ? 'Shift+' : ''}${key.toUpperCase()}`
}

/** As people read it: `Ctrl+Shift+C`, `⇧⌘C`. */
export function shortcutText({ key, shift, alt, alone, mac }: Shortcut, platform: string): string {
  const isMac = platform === 'darwin'
  if (alone) return isMac && mac ? `⌘${mac}` : key
  if (alt) return isMac && mac ? `⌘${mac}` : `Alt+${key === 'ArrowLeft' ? '←' : '→'}`
  return isMac
    ? `${shift ? '⇧' : ''}⌘${key.toUpperCase()}`
    : `Ctrl+${shift ? 'Shift+' : ''}${key.toUpperCase()}`
}

/** The command of a key press, or null. Not called on macOS, where the native menu handles the keys. */
export function commandOf(event: {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}): Command | null {
  if (event.metaKey || (event.ctrlKey && event.altKey)) return null
  const pressed = event.key.toLowerCase()
  const found = commandIds.find(id => {
    const shortcut: Shortcut | null = commands[id].shortcut
    return (
      shortcut?.key.toLowerCase() === pressed &&
      shortcut.shift === event.shiftKey &&
      (shortcut.alt ?? false) === event.altKey &&
      (shortcut.alt === undefined && shortcut.alone === undefined) === event.ctrlKey
    )
  })
  return found ?? null
}
