import type { ElectronApplication, Page } from '@playwright/test'
import { type Command, commands, type Shortcut } from '../src/contract/commands.ts'

const programs = new WeakMap<Page, ElectronApplication>()

/** Remembers whose window a page is. */
export const windowOf = (app: ElectronApplication, page: Page): unknown => programs.set(page, app)

/** Chooses a command in the program's menu. */
export const chooseInMenu = (app: ElectronApplication, command: Command): Promise<void> =>
  app.evaluate(({ Menu }, id) => Menu.getApplicationMenu()?.getMenuItemById(id)?.click(), command)

/**
 * Runs a command as a person does by its key. On macOS keys of commands arrive through the menu alone, where no test
 * can press one: there the menu's item is clicked.
 */
export async function runCommand(page: Page, command: Command): Promise<void> {
  const shortcut: Shortcut | null = commands[command].shortcut
  const app = programs.get(page)
  if (process.platform === 'darwin' && app !== undefined) return chooseInMenu(app, command)
  if (shortcut === null) throw new Error(`${command} has no key`)
  const { key, shift, alt, alone } = shortcut
  await page.keyboard.press(
    `${alone ? '' : alt ? 'Alt+' : 'Control+'}${shift ? 'Shift+' : ''}${key.length === 1 ? key.toUpperCase() : key}`,
  )
}
