import { expect, it } from 'vitest'
import { words } from '../domain/words/words.ts'
import { acceleratorOf, commandIds, commands, type Shortcut, shortcutText } from './commands.ts'

const shortcuts = commandIds.flatMap(id => {
  const shortcut: Shortcut | null = commands[id].shortcut
  return shortcut === null ? [] : [shortcut]
})

it('no two commands have the same key or the same title', () => {
  const keys = shortcuts.map(shortcut => acceleratorOf(shortcut, 'linux'))
  expect(new Set(keys).size).toBe(keys.length)
  for (const language of ['ja', 'en'] as const) {
    expect(new Set(commandIds.map(id => words[language].commands[id])).size).toBe(commandIds.length)
  }
})

it('a key is written as Electron’s menus and as people read it', () => {
  expect(acceleratorOf({ key: 'c', shift: true }, 'win32')).toBe('CmdOrCtrl+Shift+C')
  expect(acceleratorOf({ key: ',', shift: false }, 'darwin')).toBe('CmdOrCtrl+,')
  const { shortcut } = commands['go-back']
  expect(acceleratorOf(shortcut, 'win32')).toBe('Alt+Left')
  expect(acceleratorOf(shortcut, 'darwin')).toBe('Cmd+[')
  expect(shortcutText(shortcut, 'win32')).toBe('Alt+←')
  expect(shortcutText(shortcut, 'darwin')).toBe('⌘[')
  const { shortcut: help } = commands.guide
  expect(acceleratorOf(help, 'win32')).toBe('F1')
  expect(acceleratorOf(help, 'darwin')).toBe('Cmd+?')
  expect(shortcutText(help, 'darwin')).toBe('⌘?')
  expect(shortcutText({ key: 'c', shift: true }, 'win32')).toBe('Ctrl+Shift+C')
  expect(shortcutText({ key: 'l', shift: false }, 'linux')).toBe('Ctrl+L')
  expect(shortcutText({ key: 'c', shift: true }, 'darwin')).toBe('⇧⌘C')
  expect(shortcutText({ key: 'l', shift: false }, 'darwin')).toBe('⌘L')
})

it('the keys are these, so that nobody has to learn them anew', () => {
  expect(shortcuts.map(shortcut => shortcutText(shortcut, 'linux'))).toEqual([
    'Ctrl+L',
    'Ctrl+R',
    'Alt+←',
    'Alt+→',
    'Ctrl+Shift+C',
    'Ctrl+Shift+S',
    'Ctrl+D',
    'Ctrl+F',
    'Ctrl+N',
    'Ctrl+,',
    'Ctrl+K',
    'Ctrl+Shift+H',
    'Ctrl+B',
    'Ctrl+Shift+T',
    'F1',
    'Ctrl+/',
  ])
})
