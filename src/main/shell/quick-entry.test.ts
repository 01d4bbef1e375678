import { beforeEach, describe, expect, it } from 'vitest'
import type { Account } from '../../domain/account.ts'
import { createQuickEntry, type QuickEntry } from './quick-entry.ts'

const [ONE, TWO] = ['CommandOrControl+Alt+L', 'CommandOrControl+Shift+Space'] as const

let pressed: () => void
let registered: readonly string[]
let isTaken: boolean
let text: () => Promise<string>
let entered: readonly (Account | null)[]
let entry: QuickEntry

beforeEach(() => {
  registered = []
  isTaken = false
  entered = []
  text = async () => ''
  entry = createQuickEntry({
    shortcuts: {
      register(key: string, callback: () => void) {
        if (isTaken) return false
        registered = [...registered, key]
        pressed = callback
        return true
      },
      unregister(key: string) {
        registered = registered.filter(other => other !== key)
      },
    } as Pick<Electron.GlobalShortcut, 'register' | 'unregister'>,
    readText: () => text(),
    bringForward: () => {},
    enter(account) {
      entered = [...entered, account]
    },
  })
})

const entering = async (clipboard: () => Promise<string>) => {
  text = clipboard
  entry.follow(ONE)
  pressed()
  await new Promise(resolve => setTimeout(resolve))
  return entered
}

describe('the key for quick entry', () => {
  it('is taken from the other programs only where it is chosen, and given back', () => {
    expect([entry.state(), registered]).toEqual(['off', []])
    entry.follow(ONE)
    expect([entry.state(), registered]).toEqual(['on', [ONE]])
    entry.follow(TWO)
    expect([entry.state(), registered]).toEqual(['on', [TWO]])
    entry.follow(null)
    expect([entry.state(), registered]).toEqual(['off', []])
  })

  it('says so where another program has it', () => {
    isTaken = true
    entry.follow(ONE)
    expect(entry.state()).toBe('taken')
  })

  it('gives the one number in the clipboard and nothing else of it', async () => {
    const number = await entering(async () => '佐藤様 ０９０-1234-5678 折り返し')
    expect(number).toEqual([{ kind: 'line', id: '09012345678' }])
  })

  it.each([
    ['no number', async () => 'password: hunter2'],
    ['several numbers', async () => '090-1234-5678 080-1111-2222'],
    ['a whole document', async () => `090-1234-5678${' '.repeat(10_000)}`],
    ['a clipboard that can’t be read', () => Promise.reject(new Error('held'))],
  ])('gives none of %s', async (_, clipboard) => {
    expect(await entering(clipboard)).toEqual([null])
  })
})
