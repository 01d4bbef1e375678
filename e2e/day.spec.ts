import { clipboardText } from './clipboard.ts'
import { coolDownAndASecond, expect, test } from './fixtures.ts'
import { runCommand } from './run-command.ts'

const A = '09012345678'
const B = '08076543210'
const C = '08011112222'

const names = {
  ja: { recents: '今日の照会', copied: 'チケットをコピー済み', three: '3件' },
  en: { recents: 'Today’s lookups', copied: 'ticket copied', three: '3, 0 failed' },
} as const

for (const language of ['ja', 'en'] as const)
  test.describe(`three chats at once, in ${language}`, () => {
    test.use({ latency: 50, language })
    const { recents, copied, three } = names[language]

    test('are three lookups, two returns and three tickets in 12 acts and three queries, by keys alone', async ({
      main,
      carrier,
      program: { app, page },
    }) => {
      let acts = 0
      const paste = async (text: string) => {
        acts += 1
        await page.keyboard.insertText(text)
      }
      const press = async (keys: string) => {
        acts += 1
        await page.keyboard.press(keys)
      }
      const shown = (account: string) => expect(main.result).toHaveAttribute('data-account', account)
      const tickets: string[] = []
      const copy = async (number: string) => {
        acts += 1
        await runCommand(page, 'copy-ticket')
        await expect(main.notices).toContainText(number)
        tickets.push(await clipboardText(app))
      }

      await expect(main.field).toBeFocused()
      for (const account of [A, B, C]) {
        await paste(account)
        await press('Enter')
        await shown(account)
      }
      await copy('080-1111-2222')
      await press('ControlOrMeta+2')
      await shown(B)
      await copy('080-7654-3210')
      await press('ControlOrMeta+3')
      await shown(A)
      await copy('090-1234-5678')

      expect(acts).toBeLessThanOrEqual(12)
      expect(carrier.requests).toHaveLength(3)
      expect(tickets.map(text => /0\d0-\d{4}-\d{4}/.exec(text)?.[0])).toEqual([
        '080-1111-2222',
        '080-7654-3210',
        '090-1234-5678',
      ])
      // The list says of each that its ticket is copied, also after a restart.
      await page.reload()
      await expect(page.getByRole('region', { name: recents }).getByLabel(copied)).toHaveCount(3)
      await expect(page.getByTestId('shift-counts')).toContainText(three)
    })

    test('can be walked back and forth like pages, and nothing is asked for it', async ({
      main,
      carrier,
      program: { page },
    }) => {
      for (const account of [A, B]) {
        await main.lookUp(account)
        await expect(main.result).toHaveAttribute('data-account', account)
      }
      await runCommand(page, 'go-back')
      await expect(main.result).toHaveAttribute('data-account', A)
      await expect(main.result).toHaveAttribute('data-stored', 'true')
      await runCommand(page, 'go-back')
      await expect(main.result).toHaveAttribute('data-account', A)
      await runCommand(page, 'go-forward')
      await expect(main.result).toHaveAttribute('data-account', B)
      await coolDownAndASecond(page)
      expect(carrier.requests).toHaveLength(2)
    })
  })

test.describe('while the carrier takes its time', () => {
  test.use({ latency: 3_000 })

  test('the last result stays in sight under its name, is no ticket, and is back after Esc', async ({
    main,
    program: { page },
  }) => {
    await main.lookUp(A)
    await expect(main.result).toHaveAttribute('data-account', A)
    await main.lookUp(B)
    const before = page.getByTestId('before')
    await expect(before.locator('h2', { hasText: '090-1234-5678' })).toBeVisible()
    await expect(page.getByText('前の結果：090-1234-5678')).toBeVisible()
    await expect(main.copy).toBeDisabled()
    await page.keyboard.press('Escape')
    await expect(main.result).toHaveAttribute('data-account', A)
    await expect(main.field).toHaveValue('090-1234-5678')
    await expect(main.notices).toContainText('080-7654-3210 の照会をキャンセルしました')
    await expect(main.failure).toBeHidden()
  })
})

test('what is typed wrongly is said under the field, and the result stays', async ({ main }) => {
  await main.lookUp(A)
  await expect(main.result).toBeVisible()
  await main.lookUp('0901234567')
  await expect(main.failure).toContainText('1桁足りません')
  await expect(main.result).toHaveAttribute('data-account', A)
  await main.field.fill('0')
  await expect(main.failure).toBeHidden()
})

test('the operator’s rules say why and until when, on the screen, to the customer and in the ticket', async ({
  main,
  program: { app, page },
}) => {
  await runCommand(page, 'open-settings')
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('searchbox', { name: '設定を検索' }).fill('制限')
  await sheet.getByLabel('3日間の制限の目安（MB）').fill('0.39')
  await sheet.getByLabel('制限が解除される条件').fill('制限は翌日の正午ごろ解除されます。')
  await sheet.getByRole('button', { name: '保存', exact: true }).click()
  await expect(sheet.getByText('保存しました')).toBeVisible()
  await page.keyboard.press('Escape')
  await main.lookUp(A)
  const limits = page.getByRole('region', { name: '制限の目安' })
  await expect(limits).toContainText('400 KB / 399 KB')
  await expect(limits).toContainText('目安に到達')
  await expect(page.getByTestId('sentence')).toContainText(
    '3日間のご利用の合計が、制限の目安の399 KBに達しているためと考えられます。制限は翌日の正午ごろ解除されます。',
  )
  await expect(page.getByTestId('listed-since')).toContainText('から')
  await runCommand(page, 'copy-sentence')
  await expect(main.notices).toContainText('案内文をコピーしました')
  expect(await clipboardText(app)).toContain('制限は翌日の正午ごろ解除されます。')
})

test('in half a screen the lists open over the result, and the ticket is a bar that opens', async ({
  main,
  program: { page },
}) => {
  await page.setViewportSize({ width: 480, height: 700 })
  await main.lookUp(A)
  await expect(main.result).toBeVisible()
  const lists = page.getByRole('complementary', { name: '今日の照会と保存した回線' })
  await expect(lists).toBeHidden()
  await runCommand(page, 'toggle-list')
  await expect(lists).toBeVisible()
  await runCommand(page, 'toggle-list')
  await expect(lists).toBeHidden()
  await expect(main.ticket).toBeHidden()
  await expect(main.copy).toBeEnabled()
  await runCommand(page, 'toggle-ticket')
  await expect(main.ticket).toContainText('090-1234-5678')
})

test('numbers hide when the computer is locked', async ({ main, program: { app, page } }) => {
  await main.lookUp(A)
  await expect(main.result).toBeVisible()
  await app.evaluate(({ powerMonitor }) => powerMonitor.emit('lock-screen'))
  await expect(main.result.getByRole('heading', { name: '090-****-5678' })).toBeVisible()
  expect(await page.locator('main').innerText()).not.toContain('1234-5678')
})

test('the key for quick entry puts the copied number into the field, and sends nothing', async ({
  main,
  carrier,
  program: { app, page },
}) => {
  await app.evaluate(({ globalShortcut, clipboard }) => {
    globalShortcut.register = (_key: string, pressed: () => void) => {
      Object.assign(globalThis, { pressed })
      return Reflect.get(globalThis, 'isTaken') !== true
    }
    globalShortcut.unregister = () => {}
    clipboard.readText = async () => '担当より: 電話 ０９０-1234-5678（折り返し）'
  })
  await runCommand(page, 'open-settings')
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('クイック入力のキー').selectOption({ index: 1 })
  await expect(sheet.getByText('保存しました').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await app.evaluate(() => (Reflect.get(globalThis, 'pressed') as () => void)())
  await expect(main.field).toHaveValue('09012345678')
  await expect(main.field).toBeFocused()
  await coolDownAndASecond(page)
  expect(carrier.requests).toHaveLength(0)

  await app.evaluate(() => Object.assign(globalThis, { isTaken: true }))
  await runCommand(page, 'open-settings')
  await sheet.getByLabel('クイック入力のキー').selectOption({ index: 2 })
  await expect(sheet.getByText('このキーはほかのプログラムが使用しています。')).toBeVisible()
})

test('a profile is removed with its key, its lookups and its lines, asked twice', async ({
  main,
  program: { page },
}) => {
  await main.lookUp(A)
  await expect(main.result).toBeVisible()
  await runCommand(page, 'star')
  await expect(main.savedAccount(A)).toBeVisible()
  await runCommand(page, 'open-settings')
  const sheet = page.getByRole('dialog')
  await sheet.getByRole('button', { name: 'このプロファイルを削除' }).click()
  await sheet.getByRole('button', { name: /「Operator」のキー・履歴・回線を完全に削除する/ }).click()
  await expect(page.getByRole('heading', { name: 'Traffic Desk へようこそ' })).toBeVisible()
  const state = await page.evaluate(() => window.bridge.appState())
  expect(state).toMatchObject({ ok: true, value: { profiles: [], current: null } })
})

test('the agent signs with their own name, and finds the settings by the words they use', async ({
  main,
  program: { page },
}) => {
  await runCommand(page, 'palette')
  await expect(page.getByRole('combobox', { name: 'コマンドパレット' })).toBeFocused()
  await page.keyboard.type('環境設定')
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('担当者名').fill('佐藤')
  await sheet.getByLabel('担当者名').press('Tab')
  await expect(sheet.getByText('保存しました').first()).toBeVisible()
  await page.keyboard.press('Escape')
  await main.lookUp(A)
  await expect(main.result).toBeVisible()
  expect((await main.stored(A)).lookup?.agent).toBe('佐藤')
})

test('offline, the previous result is one act away, and a row of the history opens it too', async ({
  main,
  carrier,
  program: { page },
}) => {
  await main.lookUp(A)
  await expect(main.result).toBeVisible()
  await carrier.stop()
  await coolDownAndASecond(page)
  await runCommand(page, 'look-up-again')
  await expect(main.failure).toHaveAttribute('data-code', 'UNREACHABLE')
  await expect(page.getByTestId('sentence')).toContainText('恐れ入りますが')
  await page.getByRole('button', { name: '前回の結果を開く' }).click()
  await expect(main.result).toHaveAttribute('data-stored', 'true')
  await runCommand(page, 'go-forward')
  await page.getByRole('button', { name: '履歴を表示' }).click()
  await page.getByTitle('この結果を開く').last().click()
  await expect(main.result).toHaveAttribute('data-account', A)
})

test('a template that was written is there again after Esc', async ({ program: { page } }) => {
  const open = () => page.getByRole('button', { name: 'テンプレートを編集' }).click()
  const text = page.getByRole('dialog').getByLabel('本文')
  await open()
  await text.fill('{{number}} のご案内')
  await page.keyboard.press('Escape')
  await expect(text).toBeHidden()
  await open()
  await expect(text).toHaveValue('{{number}} のご案内')
})

test('in the list one Tab stop has the arrows, and keys edit, pin and remove a line', async ({
  main,
  carrier,
  program: { page },
}) => {
  await page.evaluate(async () => {
    for (const id of ['08011110001', '08011110002'])
      await window.bridge.saveAccount({ account: { kind: 'line', id }, label: '', note: '', pinned: false })
  })
  await page.reload()
  await expect(main.field).toBeFocused()
  await runCommand(page, 'find-line')
  await expect(page.getByRole('searchbox')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(main.savedAccount('08011110001').getByRole('button').first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('p')
  await expect(main.savedAccounts.first()).toHaveAttribute('data-account', '08011110002')
  await main.savedAccount('08011110002').getByRole('button').first().focus()
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog', { name: '編集' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await main.savedAccount('08011110002').getByRole('button').first().focus()
  await page.keyboard.press('Delete')
  await expect(main.savedAccounts).toHaveCount(1)
  await expect(main.notices.getByRole('button', { name: '元に戻す' })).toBeVisible()
  expect(carrier.requests).toHaveLength(0)
})
