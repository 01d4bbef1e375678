import en from '../src/renderer/i18n/en.json' with { type: 'json' }
import ja from '../src/renderer/i18n/ja.json' with { type: 'json' }
import { clipboardText } from './clipboard.ts'
import { coolDownAndASecond, expect, test } from './fixtures.ts'
import { runCommand } from './run-command.ts'

const A = '09012345678'
const B = '08076543210'
const C = '08011112222'

/** The page's words, and a few that are filled in, said to a customer, or typed. */
const words = {
  ja: {
    ...ja,
    counted: '3件',
    short: '1桁足りません',
    why: '3日間のご利用の合計が、制限の目安の399 KBに達しているためと考えられます。',
    lifted: '制限は翌日の正午ごろ解除されます。',
    since: 'から',
    sorry: '恐れ入りますが',
    limitSearch: '制限',
    settingsSearch: '環境設定',
    before: '前の結果：090-1234-5678',
    cancelled: '080-7654-3210 の照会をキャンセルしました',
    sentenceCopied: '090-1234-5678 の案内文をコピーしました',
    removeSure: '「Operator」のキー・履歴・回線を完全に削除する',
  },
  en: {
    ...en,
    counted: '3 · 0 failed',
    short: 'one is missing',
    why: 'the usage of three days has reached the limit of 399 KB',
    lifted: 'The restriction ends around noon of the next day.',
    since: 'since',
    sorry: 'sorry',
    limitSearch: 'limit',
    settingsSearch: 'preferences',
    before: 'Previous result: 090-1234-5678',
    cancelled: 'The lookup of 080-7654-3210 was cancelled',
    sentenceCopied: 'Copied what to say for 090-1234-5678',
    removeSure: 'Delete “Operator” with its key, history and lines',
  },
} as const

for (const language of ['ja', 'en'] as const)
  test.describe(`a day in ${language}`, () => {
    test.use({ latency: 50, language })
    const t = words[language]

    test('three chats at once are three lookups, two returns and three tickets in 12 acts and three queries, by keys alone', async ({
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
      await expect(
        page.getByRole('region', { name: t.recents.title }).getByLabel(t.recents.copied),
      ).toHaveCount(3)
      await expect(page.getByTestId('shift-counts')).toContainText(t.counted)
    })

    test('lookups can be walked back and forth like pages, and nothing is asked for it', async ({
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
    test.describe('while the carrier takes its time', () => {
      test.use({ latency: 8_000 })

      test('the last result stays in sight under its name, is no ticket, and is back after Esc', async ({
        main,
        program: { page },
      }) => {
        await main.lookUp(A)
        await expect(main.result).toHaveAttribute('data-account', A)
        await main.lookUp(B)
        const before = page.getByTestId('before')
        await expect(before.locator('h2', { hasText: '090-1234-5678' })).toBeVisible()
        await expect(page.getByText(t.before)).toBeVisible()
        await expect(main.copy).toBeDisabled()
        await page.keyboard.press('Escape')
        await expect(main.result).toHaveAttribute('data-account', A)
        await expect(main.field).toHaveValue('090-1234-5678')
        await expect(main.notices).toContainText(t.cancelled)
        await expect(main.failure).toBeHidden()
      })
    })

    test('what is typed wrongly is said under the field, and the result stays', async ({ main }) => {
      await main.lookUp(A)
      await expect(main.result).toBeVisible()
      await main.lookUp('0901234567')
      await expect(main.failure).toContainText(t.short)
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
      await sheet.getByRole('searchbox', { name: t.settings.search }).fill(t.limitSearch)
      await sheet.getByLabel(t.settings.threeDays).fill('0.39')
      await sheet.getByLabel(t.settings.liftedWhen).fill(t.lifted)
      // Each field is saved as it is left, the last one by Esc.
      await page.keyboard.press('Escape')
      await main.lookUp(A)
      const limits = page.getByRole('region', { name: t.limits.title })
      await expect(limits).toContainText('400 KB / 399 KB')
      await expect(limits).toContainText(t.limits.reached)
      await expect(page.getByTestId('sentence')).toContainText(t.why)
      await expect(page.getByTestId('sentence')).toContainText(t.lifted)
      await expect(page.getByTestId('listed-since')).toContainText(t.since)
      await runCommand(page, 'copy-sentence')
      await expect(main.notices).toContainText(t.sentenceCopied)
      expect(await clipboardText(app)).toContain(t.lifted)
    })

    test('in half a screen the lists open over the result, and the ticket is a bar that opens', async ({
      main,
      program: { page },
    }) => {
      await page.setViewportSize({ width: 480, height: 700 })
      await main.lookUp(A)
      await expect(main.result).toBeVisible()
      const lists = page.getByRole('complementary', { name: t.app.lists })
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
      await sheet.getByLabel(t.settings.quickEntry).selectOption({ index: 1 })
      await expect(sheet.getByText(t.settings.saved, { exact: true })).toBeVisible()
      await page.keyboard.press('Escape')
      await app.evaluate(() => (Reflect.get(globalThis, 'pressed') as () => void)())
      await expect(main.field).toHaveValue('09012345678')
      await expect(main.field).toBeFocused()
      await coolDownAndASecond(page)
      expect(carrier.requests).toHaveLength(0)

      await app.evaluate(() => Object.assign(globalThis, { isTaken: true }))
      await runCommand(page, 'open-settings')
      await sheet.getByLabel(t.settings.quickEntry).selectOption({ index: 2 })
      await expect(sheet.getByText(t.settings.quickEntryTaken)).toBeVisible()
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
      await sheet.getByRole('button', { name: t.settings.removeProfile }).click()
      await sheet.getByRole('button', { name: t.removeSure }).click()
      await expect(page.getByRole('heading', { name: t.firstRun.title })).toBeVisible()
      const state = await page.evaluate(() => window.bridge.appState())
      expect(state).toMatchObject({ ok: true, value: { profiles: [], current: null } })
    })

    test('the agent signs with their own name, and finds the settings by the words they use', async ({
      main,
      program: { page },
    }) => {
      await runCommand(page, 'palette')
      await expect(page.getByRole('combobox', { name: t.palette.title })).toBeFocused()
      await page.keyboard.type(t.settingsSearch)
      await page.keyboard.press('Enter')
      const sheet = page.getByRole('dialog')
      await sheet.getByLabel(t.settings.agent).fill('佐藤')
      await sheet.getByLabel(t.settings.agent).press('Tab')
      await expect(sheet.getByText(t.settings.saved, { exact: true })).toBeVisible()
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
      await expect(page.getByTestId('sentence')).toContainText(t.sorry)
      await page.getByRole('button', { name: t.failure.openStored }).click()
      await expect(main.result).toHaveAttribute('data-stored', 'true')
      await runCommand(page, 'go-forward')
      await page.getByRole('button', { name: t.history.show }).click()
      await page.getByTitle(t.history.open).last().click()
      await expect(main.result).toHaveAttribute('data-account', A)
    })

    test('a template that was written is there again after Esc', async ({ program: { page } }) => {
      const open = () => page.getByRole('button', { name: t.template.edit }).click()
      const text = page.getByRole('dialog').getByLabel(t.template.text, { exact: true })
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
          await window.bridge.saveAccount({
            account: { kind: 'line', id },
            label: '',
            note: '',
            pinned: false,
          })
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
      await expect(page.getByRole('dialog', { name: t.saved.edit })).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog')).toBeHidden()
      await main.savedAccount('08011110002').getByRole('button').first().focus()
      await page.keyboard.press('Delete')
      await expect(main.savedAccounts).toHaveCount(1)
      await expect(main.notices.getByRole('button', { name: t.notice.undo })).toBeVisible()
      expect(carrier.requests).toHaveLength(0)
    })
  })
