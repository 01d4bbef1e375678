import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { type Command, commandIds, commands } from '../../contract/commands.ts'
import type { Language } from '../../domain/language.ts'
import { words } from '../../domain/words/words.ts'
import { type MenuOptions, menuTemplate } from './menu-template.ts'

type Item = MenuItemConstructorOptions

const templateOf = (given: Partial<MenuOptions>) =>
  menuTemplate({
    platform: 'win32',
    name: 'Traffic Desk',
    language: 'ja',
    devTools: true,
    run: () => {},
    ...given,
  })

const childrenOf = (item: Item | undefined) => (Array.isArray(item?.submenu) ? item.submenu : [])
const itemsOf = (template: readonly Item[]): readonly Item[] => [...template, ...template.flatMap(childrenOf)]
const menuOf = (template: readonly Item[], label: string) =>
  childrenOf(template.find(item => item.label === label)).map(({ id, role, type }) => role ?? id ?? type)

const systems = ['win32', 'darwin', 'linux'] as const
const languages: readonly Language[] = ['ja', 'en']
const everywhere = systems.flatMap(platform => languages.map(language => [platform, language] as const))

describe('the menu', () => {
  it.each(everywhere)('has every item in the screen’s language: %s, %s', (platform, language) => {
    const items = itemsOf(templateOf({ platform, language })).filter(({ type }) => type !== 'separator')
    for (const { label, role, id } of items)
      expect([role ?? id, label]).toEqual([role ?? id, expect.any(String)])
    const other = itemsOf(templateOf({ platform, language: language === 'ja' ? 'en' : 'ja' }))
    const same = items.filter(({ label }) => other.some(item => item.label === label))
    // The program's name is the same in both.
    expect(same.map(({ label }) => label)).toEqual(platform === 'darwin' ? ['Traffic Desk'] : [])
  })

  it.each(systems)('has each command once, and runs it: %s', platform => {
    const ran: Command[] = []
    const items = itemsOf(templateOf({ platform, run: command => ran.push(command) }))
    for (const id of commandIds) {
      const [item, ...rest] = items.filter(one => one.id === id)
      expect(rest).toEqual([])
      item?.click?.(...([] as unknown as Parameters<NonNullable<Item['click']>>))
    }
    expect(ran).toEqual(commandIds)
  })

  it.each(systems)('owns the keys of the commands on macOS alone: %s', platform => {
    const items = itemsOf(templateOf({ platform }))
    for (const id of commandIds) {
      const item = items.find(one => one.id === id)
      const owned = commands[id].shortcut ? platform === 'darwin' : undefined
      expect([id, item?.registerAccelerator]).toEqual([id, owned])
    }
  })

  it('closes the window with ⌘W on macOS, where the Window menu has no such item', () => {
    const { file, window } = words.ja.menus
    const template = templateOf({ platform: 'darwin' })
    expect(menuOf(template, file).at(-1)).toBe('close')
    expect(menuOf(template, window)).toEqual(['minimize', 'zoom', 'separator', 'front'])
  })

  it('ends the program from the first menu of each system', () => {
    expect(menuOf(templateOf({ platform: 'darwin' }), 'Traffic Desk').at(-1)).toBe('quit')
    expect(menuOf(templateOf({ platform: 'win32' }), words.ja.menus.file).at(-1)).toBe('quit')
    expect(menuOf(templateOf({ platform: 'win32' }), words.ja.menus.window)).toEqual(['minimize', 'close'])
  })

  it('has developer tools only where they are asked for', () => {
    const roles = (devTools: boolean) => itemsOf(templateOf({ devTools })).map(({ role }) => role)
    expect(roles(true)).toContain('toggleDevTools')
    expect(roles(false)).not.toContain('toggleDevTools')
  })
})
