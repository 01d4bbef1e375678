import type { Page } from '@playwright/test'
import type { Command } from '../src/contract/commands.ts'
import { runCommand } from './run-command.ts'
import type { MainWindow } from './screens/main-window.ts'

/** A state of the screen: `open` goes there from the main screen and ends ready for a screenshot. */
export interface Scene {
  readonly name: string
  readonly open: (main: MainWindow) => Promise<void>
  /** Goes back to the main screen. */
  readonly close: (main: MainWindow) => Promise<void>
}

const stay = async () => {}
const leave = async ({ page }: MainWindow) => {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

const shown = (account: string) => async (main: MainWindow) => {
  await main.lookUp(account)
  await main.page.locator(`article[data-account="${account}"]`).waitFor()
  await main.chartDrawn()
}

const failed = (account: string) => async (main: MainWindow) => {
  await main.lookUp(account)
  await main.failure.and(main.page.locator(`[data-account="${account}"]`)).waitFor()
}

const sheet =
  (command: Command) =>
  async ({ page }: MainWindow) => {
    await runCommand(page, command)
    await page.getByRole('dialog').waitFor()
  }

export const scenes: readonly Scene[] = [
  { name: 'empty', open: stay, close: stay },
  { name: 'line', open: shown('08076543210'), close: stay },
  { name: 'group', open: shown('AAA0_00000000001'), close: stay },
  { name: 'blacklisted', open: shown('09012345678'), close: stay },
  {
    name: 'ticket-rendered',
    open: async ({ page }) => {
      await page.getByLabel(/^(貼り付け先|Paste into)$/).selectOption('zendesk')
      await page.getByTestId('ticket-rendered').waitFor()
    },
    close: stay,
  },
  {
    name: 'ticket-source',
    open: async ({ page }) => {
      await page.getByRole('button', { name: /^(コピーされる文字|Copied text)$/ }).click()
      await page.getByTestId('ticket-text').waitFor()
    },
    close: async ({ page }) => {
      await page.getByLabel(/^(貼り付け先|Paste into)$/).selectOption('text')
      await page.getByTestId('ticket-text').filter({ hasNotText: '<h3>' }).waitFor()
    },
  },
  {
    name: 'templates',
    open: async ({ page }) => {
      await page.getByRole('button', { name: /^(テンプレートを編集|Edit the templates)$/ }).click()
      await page.getByRole('dialog').getByRole('combobox').selectOption('escalation')
      await page.getByRole('dialog').locator('summary').click()
    },
    close: leave,
  },
  {
    name: 'history',
    open: async ({ page }) => {
      await page.getByRole('button', { name: /^(履歴を表示|Show history)$/ }).click()
      await page.getByRole('columnheader', { name: /^(担当|Agent)$/ }).waitFor()
    },
    close: stay,
  },
  {
    name: 'hide-numbers',
    open: async ({ page }) => {
      await runCommand(page, 'hide-numbers')
      await page.getByText('090-****-5678').first().waitFor()
    },
    close: async ({ page }) => runCommand(page, 'hide-numbers'),
  },
  {
    name: 'several',
    open: async main => {
      await main.lookUp('090-1234-5678 か 080-1111-2222')
      await main.failure.getByRole('button').first().waitFor()
    },
    close: stay,
  },
  { name: 'failure', open: failed('09000000211'), close: stay },
  { name: 'settings', open: sheet('open-settings'), close: leave },
  { name: 'palette', open: sheet('palette'), close: leave },
  { name: 'shortcuts', open: sheet('shortcuts'), close: leave },
  { name: 'editor', open: sheet('add-line'), close: leave },
]

/** A program that has been worked with: some lines are kept, the theme and the language are chosen, no cool-down is in the way. */
export async function prepare(page: Page, theme: 'light' | 'dark', language: 'ja' | 'en'): Promise<void> {
  await page.evaluate(
    async ([theme, language]) => {
      const state = await window.bridge.appState()
      if (!state.ok) throw new Error('no state')
      await window.bridge.changeSettings({ theme, language })
      for (const [kind, id, label, pinned] of [
        ['line', '08076543210', '山田 太郎様', false],
        ['line', '09012345678', '鈴木商店（法人・本店）', true],
        ['group', 'AAA0_00000000001', 'Smith & Partners shared plan', false],
        ['line', '08011112222', '', false],
      ] as const) {
        await window.bridge.saveAccount({ account: { kind, id }, label, note: '平日の午前のみ', pinned })
      }
    },
    [theme, language] as const,
  )
  await page.reload()
  await page.getByRole('search').waitFor()
}
