import { describe, expect, test } from 'vitest'
import { commandIds } from '../../../contract/commands.ts'
import { unrestricted } from '../../../contract/policy.ts'
import { findCommands } from './find-commands.ts'

describe('the palette', () => {
  test.each([
    ['設定', 'open-settings'],
    ['settings', 'open-settings'],
    ['接続', 'diagnose'],
  ])('puts the command whose name begins with “%s” first', (text, id) => {
    expect(findCommands(text, unrestricted)[0]).toBe(id)
  })

  test('finds a command by what people call it, after those that are named so', () => {
    const found = findCommands('設定', unrestricted)
    expect(found.indexOf('open-setup')).toBeGreaterThan(found.indexOf('open-settings'))
    expect(findCommands(' サポート ', unrestricted)).toContain('diagnose')
  })

  test('shows all but itself, as in the menus, before anything is typed', () => {
    expect(findCommands('', unrestricted)).toEqual(commandIds.filter(id => id !== 'palette'))
  })

  test('finds nothing that the policy forbids', () => {
    expect(findCommands('', { ...unrestricted, allowsExport: false })).not.toContain('export-lines')
  })

  test('finds nothing for a text that no command is called', () => {
    expect(findCommands('zzz', unrestricted)).toEqual([])
  })
})
