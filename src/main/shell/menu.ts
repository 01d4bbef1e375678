import { Menu, type MenuItemConstructorOptions } from 'electron'
import { acceleratorOf, type Command, commands } from '../../shared/commands.ts'
import type { Language } from '../../shared/settings.ts'

const words = {
  ja: {
    file: 'ファイル',
    settings: '設定…',
    edit: '編集',
    lookup: '照会',
    focus: '照会先を入力',
    copy: 'チケット用にコピー',
    view: '表示',
    window: 'ウィンドウ',
  },
  en: {
    file: 'File',
    settings: 'Settings…',
    edit: 'Edit',
    lookup: 'Lookup',
    focus: 'Enter an Account',
    copy: 'Copy for the Ticket',
    view: 'View',
    window: 'Window',
  },
} as const satisfies Record<Language, object>

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
  const word = words[language]
  const isMac = platform === 'darwin'
  const item = (id: Command, label: string): MenuItemConstructorOptions => ({
    id,
    label,
    accelerator: acceleratorOf(commands[id]),
    registerAccelerator: isMac,
    click: () => run(id),
  })
  const settings = item('open-settings', word.settings)
  const template: MenuItemConstructorOptions[] = [
    isMac
      ? {
          label: name,
          submenu: [
            { role: 'about' },
            { type: 'separator' },
            settings,
            { type: 'separator' },
            { role: 'hide' },
            { role: 'hideOthers' },
            { role: 'unhide' },
            { type: 'separator' },
            { role: 'quit' },
          ],
        }
      : { label: word.file, submenu: [settings, { type: 'separator' }, { role: 'quit' }] },
    { label: word.edit, role: 'editMenu' },
    {
      label: word.lookup,
      submenu: [item('focus-lookup', word.focus), item('copy-ticket', word.copy)],
    },
    {
      label: word.view,
      submenu: [
        ...(devTools
          ? ([{ role: 'reload' }, { role: 'toggleDevTools' }, { type: 'separator' }] as const)
          : []),
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { label: word.window, role: 'windowMenu' },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
