import type { MenuItemConstructorOptions } from 'electron'
import {
  acceleratorOf,
  type Command,
  type CommandInfo,
  commandIds,
  commands,
} from '../../contract/commands.ts'
import type { Language } from '../../domain/language.ts'
import type { Words } from '../../domain/words/ja.ts'
import { words } from '../../domain/words/words.ts'

export interface MenuOptions {
  readonly platform: string
  /** The program's, as macOS says it in its first menu. */
  readonly name: string
  readonly language: Language
  readonly devTools: boolean
  readonly run: (command: Command) => void
}

type Item = MenuItemConstructorOptions

/**
 * What the native menu is built from. A command's key is handled in one place, so that nothing fires twice: by the menu
 * on macOS, where `registerAccelerator: false` has no effect, by the page elsewhere, where the menu only shows it.
 */
export function menuTemplate({ platform, name, language, devTools, run }: MenuOptions): Item[] {
  const word = words[language].menus
  const isMac = platform === 'darwin'
  const item = (id: Command): Item => {
    const { shortcut }: CommandInfo = commands[id]
    return {
      id,
      label: words[language].commands[id],
      ...(shortcut && { accelerator: acceleratorOf(shortcut, platform), registerAccelerator: isMac }),
      click: () => run(id),
    }
  }
  const itemsOf = (menu: CommandInfo['menu']) => commandIds.filter(id => commands[id].menu === menu).map(item)
  const line: Item = { type: 'separator' }
  // Electron's own labels are English on every system.
  const roles = (...names: (keyof Words['menus']['roles'])[]): Item[] =>
    names.map(role => {
      const label = word.roles[role]
      return { role, label: typeof label === 'string' ? label : label(name) }
    })
  const program: Item = {
    label: name,
    submenu: [...roles('about'), line, ...roles('hide', 'hideOthers', 'unhide'), line, ...roles('quit')],
  }
  return [
    ...(isMac ? [program] : []),
    { label: word.file, submenu: [...itemsOf('file'), line, ...roles(isMac ? 'close' : 'quit')] },
    {
      label: word.edit,
      role: 'editMenu',
      submenu: [
        ...roles('undo', 'redo'),
        line,
        ...roles('cut', 'copy', 'paste'),
        line,
        ...roles('selectAll'),
      ],
    },
    { label: word.lookup, submenu: itemsOf('lookup') },
    {
      label: word.view,
      submenu: [
        ...itemsOf('view'),
        line,
        ...roles('resetZoom', 'zoomIn', 'zoomOut'),
        line,
        ...roles('togglefullscreen'),
        ...(devTools ? [line, ...roles('toggleDevTools')] : []),
      ],
    },
    {
      label: word.window,
      role: 'windowMenu',
      submenu: isMac ? [...roles('minimize', 'zoom'), line, ...roles('front')] : roles('minimize', 'close'),
    },
    { label: word.help, submenu: itemsOf('help') },
  ]
}
