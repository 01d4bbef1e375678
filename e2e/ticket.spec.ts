import { systemClock } from '../src/main/clock.ts'
import { clipboardText } from './clipboard.ts'
import { expect, test } from './fixtures.ts'
import { runCommand } from './run-command.ts'

const ja = (at: string) => `【通信量照会】090-1234-5678（回線）
ブラックリスト: 登録あり
本日: 100 KB（${at} JST 時点）
直近3日: 本日を含む 400 KB / 本日を除く 600 KB
日別: 11/22(日) 100 KB, 11/21(土) 200 KB, 11/20(金) 300 KB
結果コード: 100`

const en = (at: string) => `Data usage: 090-1234-5678 (line)
Blacklisted: yes
Today: 100 KB (as of ${at} JST)
Last 3 days: incl. today 400 KB / excl. today 600 KB
By day: Sun 22 Nov 100 KB, Sat 21 Nov 200 KB, Fri 20 Nov 300 KB
Result code: 100`

const askedAt = Date.parse('2026-11-23T13:05:00+09:00')

for (const [language, expected] of [
  ['ja', ja],
  ['en', en],
] as const) {
  test.describe(`with the screen in ${language}`, () => {
    test.use({ language, carrierClock: { ...systemClock, now: () => askedAt } })

    for (const way of ['the button', 'Ctrl+Shift+C'] as const) {
      test(`the ticket's text is on the clipboard by ${way}, byte for byte, and the screen says whose it is`, async ({
        main,
        program: { app, page },
      }) => {
        // The program, its page and the carrier agree on when it is.
        await app.evaluate((_electron, at) => {
          Date.now = () => at
        }, askedAt)
        await page.evaluate(at => {
          Date.now = () => at
        }, askedAt)
        await main.lookUp('090-1234-5678')
        await expect(main.result).toBeVisible()
        if (way === 'the button') await main.copy.click()
        else await runCommand(page, 'copy-ticket')
        await expect(main.notices).toContainText('090-1234-5678')

        const copied = await clipboardText(app)
        expect(copied).toBe(expected('2026-11-23 13:05'))
        expect(await main.ticketText()).toBe(copied)
      })
    }
  })
}

test('the ticket has a language of its own', async ({ main }) => {
  await main.lookUp('090-1234-5678')
  await main.page.getByText('オプション', { exact: true }).click()
  await main.page.getByLabel('チケットの言語').selectOption('en')
  await expect(main.ticket).toContainText('Data usage: 090-1234-5678 (line)')
  await expect(main.result.getByText('ブラックリスト登録あり')).toBeVisible()
})

test('a copy that did not reach the clipboard is not said to have worked', async ({
  main,
  program: { app },
}) => {
  await main.lookUp('090-1234-5678')
  await expect(main.result).toBeVisible()
  await app.evaluate(({ clipboard }) => {
    clipboard.write = async () => {}
  })
  await main.copy.click()
  await expect(main.notices).toContainText('090-1234-5678 の結果をコピーできませんでした')
})
