import { Menu, type MenuItemConstructorOptions } from 'electron'
import {
  acceleratorOf,
  type Command,
  type CommandInfo,
  commandIds,
  commands,
} from '../../contract/commands.ts'
import type { Language } from '../../domain/language.ts'
import { words } from '../../domain/words/words.ts'

/**
 * The native menu. A command's key is handled in one place, so that nothing fires twice: by the menu on macOS, where
 * `registerAccelerator: false` has no effect, by the page elsewhere, where the menu only shows it.
 */
export function installMenu({
  platform,
  name,
  language,
  devTools,
  run,
}: {
  readonly platform: string
  readonly name: string
  readonly language: Language
  readonly devTools: boolean
  readonly run: (command: Command) => void
}): void {
  const word = words[language].menus
  const isMac = platform === 'darwin'
  const item = (id: Command): MenuItemConstructorOptions => {
    const { shortcut }: CommandInfo = commands[id]
    return {
      id,
      label: words[language].commands[id],
      ...(shortcut && { accelerator: acceleratorOf(shortcut), registerAccelerator: isMac }),
      click: () => run(id),
    }
  }
  const itemsOf = (menu: CommandInfo['menu']) => commandIds.filter(id => commands[id].menu === menu).map(item)
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const roles = (...names: NonNullable<MenuItemConstructorOptions['role']>[]): MenuItemConstructorOptions[] =>
    names.map(role => ({ role }))

  const template: MenuItemConstructorOptions[] = [
    ...(isMac
      ? [
          {
            label: name,
            submenu: [
              ...roles('about'),
              line,
              ...roles('hide', 'hideOthers', 'unhide'),
              line,
              ...roles('quit'),
            ],
          },
        ]
      : []),
    { label: word.file, submenu: [...itemsOf('file'), ...(isMac ? [] : [line, ...roles('quit')])] },
    { label: word.edit, role: 'editMenu' },
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
    { label: word.window, role: 'windowMenu' },
    { label: word.help, submenu: itemsOf('help') },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
