import type { BaseWindow, BrowserWindow, MessageBoxOptions, MessageBoxReturnValue } from 'electron'
import { describe, expect, it } from 'vitest'
import type { NetworkChange } from '../profiles/profiles.ts'
import { createConfirm } from './confirm.ts'

const change: NetworkChange = {
  profile: 'Carrier',
  proxy: { kind: 'manual', url: 'http://proxy.example:3128' },
  team: null,
  caFile: '/etc/ca.pem',
  language: 'en',
}

/** What was shown, and whether it was confirmed by the button with this number. */
async function asked(
  response: number,
  {
    window = null,
    of = change,
  }: Partial<{
    readonly window: BrowserWindow | null
    readonly of: NetworkChange
  }> = {},
) {
  let parent: BaseWindow | null = null
  let shown: MessageBoxOptions | null = null
  function showMessageBox(
    ...args: readonly [MessageBoxOptions] | readonly [BaseWindow, MessageBoxOptions]
  ): Promise<MessageBoxReturnValue> {
    const [first, second] = args
    if (second === undefined) shown = first as MessageBoxOptions
    else {
      parent = first as BaseWindow
      shown = second
    }
    return Promise.resolve({ response, checkboxChecked: false })
  }
  const confirm = createConfirm({
    dialog: { showMessageBox },
    window: () => window,
  })
  const isConfirmed = await confirm(of)
  if (shown === null) throw new Error('nothing was shown')
  return { isConfirmed, parent, shown: shown as MessageBoxOptions }
}

describe('a native confirmation', () => {
  it('is no by Enter, by Esc and by closing it; yes is a button of its own', async () => {
    const { shown } = await asked(0)
    const { buttons = [], defaultId, cancelId } = shown
    expect(buttons).toEqual(['Keep as it is', 'Change'])
    for (const id of [defaultId, cancelId]) expect((await asked(id ?? -1)).isConfirmed).toBe(false)
    expect((await asked(1)).isConfirmed).toBe(true)
  })

  it('says whose way it is, through what, and with which certificates', async () => {
    const { message, detail } = (await asked(0)).shown
    expect(message).toContain('Carrier')
    expect(detail).toContain('http://proxy.example:3128')
    expect(detail).toContain('/etc/ca.pem')
    const plain = await asked(0, {
      of: { ...change, language: 'ja', proxy: { kind: 'system' }, caFile: null },
    })
    expect(plain.shown.detail).toContain('OSの設定')
    expect(plain.shown.detail).toContain('なし')
  })

  it('belongs to the window where there is one', async () => {
    const window = {} as BrowserWindow
    expect((await asked(0, { window })).parent).toBe(window)
    expect((await asked(0)).parent).toBeNull()
  })
})
