import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { runCommand } from './run-command.ts'
import { type Scene, scenes } from './scenes.ts'
import { MainWindow } from './screens/main-window.ts'

/** A number and a name that stand nowhere else: neither may be on any screen while numbers are hidden. */
const NUMBER = '08076543210'
const NAME = '印田しるし'
const NOTE = '印田様の奥様 080-7654-3210'

/** All text of a screen: visible text, fields, tooltips, and what a screen reader reads. */
function everyWord(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const words: string[] = []
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (!element.checkVisibility()) continue
      // A text area's child is what it began with, not what it shows.
      const nodes = element instanceof HTMLTextAreaElement ? [] : element.childNodes
      for (const node of nodes) if (node.nodeType === Node.TEXT_NODE) words.push(node.nodeValue ?? '')
      for (const name of ['title', 'aria-label', 'aria-valuetext', 'placeholder', 'alt']) {
        words.push(element.getAttribute(name) ?? '')
      }
      // A field that shows dots hides its value.
      const isDots = getComputedStyle(element).getPropertyValue('-webkit-text-security') !== 'none'
      if ((element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) && !isDots) {
        words.push(element.value)
      }
    }
    return words.map(word => word.normalize('NFKC').trim()).filter(word => word !== '')
  })
}

/** What a number may look like: its middle, whatever stands between its digits. */
const telling = (words: readonly string[]) =>
  words.filter(word => word.includes('印田') || word.replace(/[^0-9]/g, '').includes('7654'))

const openDialog =
  (name: RegExp): Scene['open'] =>
  async ({ page }) => {
    await page.getByRole('button', { name }).first().click()
    await page.getByRole('dialog').waitFor()
  }
const closeDialog: Scene['close'] = async ({ page }) => {
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
}

/** A row's acts come with the pointer. */
const openEditor = async (main: MainWindow) => {
  await main.savedAccounts.first().hover()
  await openDialog(/^編集/)(main)
}

const more: readonly Scene[] = [
  {
    name: 'the answer, the cursor in the field',
    open: async main => {
      await main.lookUp(NUMBER)
      await main.result.waitFor()
      await main.field.focus()
    },
    close: async () => {},
  },
  {
    name: 'the raw reply in the history',
    open: async ({ page }) => {
      await page.getByRole('button', { name: '履歴を表示' }).click()
      await page.getByTitle('回線提供元の回答（原文）').first().click()
      await page.locator('pre').filter({ hasText: 'resultCode' }).waitFor()
    },
    close: async () => {},
  },
  { name: 'the editor of a saved line', open: openEditor, close: closeDialog },
  {
    name: 'the import’s plan',
    open: async main => {
      await openDialog(/CSVから読み込む/)(main)
      const rows = [
        `${NUMBER},${NAME}`,
        `080-7654-3210 ${NAME},x`,
        `8076543210,${NAME}`,
        `"${NUMBER},${NAME}`,
      ]
      await main.page
        .getByLabel('CSVファイルを選択')
        .setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) })
      await main.page.getByRole('dialog').getByRole('listitem').first().waitFor()
    },
    close: closeDialog,
  },
  {
    name: 'the template’s preview',
    open: async main => {
      await openDialog(/テンプレートを編集/)(main)
      await main.page
        .getByRole('dialog')
        .getByLabel('本文')
        .fill('{{number}} {{label}} {{rawReply}} {{carrierMessage}}')
      await main.page.getByTestId('template-preview').filter({ hasText: 'resultCode' }).waitFor()
    },
    close: closeDialog,
  },
  {
    name: 'the ticket of every system',
    open: async ({ page }) => {
      await page.getByLabel('貼り付け先').selectOption('json')
    },
    close: async ({ page }) => {
      await page.getByLabel('貼り付け先').selectOption('text')
    },
  },
  {
    name: 'the palette’s lines',
    open: async ({ page }) => {
      await runCommand(page, 'palette')
      await page.getByRole('dialog').getByRole('combobox').fill('印')
      await page.getByRole('dialog').getByRole('option').first().waitFor()
    },
    close: closeDialog,
  },
  {
    name: 'a question with chips',
    open: async main => {
      await main.lookUp(`${NUMBER} 090-1234-5678`)
      await main.failure.getByRole('button').first().waitFor()
    },
    close: async () => {},
  },
  {
    name: 'a number that is being typed',
    open: async main => {
      await main.field.fill('080-7654-32')
    },
    close: async () => {},
  },
]

test('33: while numbers are hidden no screen shows a number or a name, and a strip across the window says so', async ({
  main,
  program: { page },
}) => {
  test.setTimeout(600_000)
  await page.evaluate(
    ([account, label, note]) =>
      window.bridge.saveAccount({ account: { kind: 'line', id: account }, label, note, pinned: false }),
    [NUMBER, NAME, NOTE] as const,
  )
  await page.reload()
  await main.lookUp(NUMBER)
  await expect(main.result).toBeVisible()
  // Both are found before hiding; otherwise the loop below would prove nothing.
  expect(telling(await everyWord(page)).length).toBeGreaterThan(3)

  await runCommand(page, 'hide-numbers')
  await expect(page.getByText('番号とお名前を隠しています')).toBeVisible()
  await expect(main.field).toHaveValue('080-****-3210')
  for (const scene of [
    ...more,
    ...scenes.filter(({ name }) => !['hide-numbers', 'several'].includes(name)),
  ]) {
    await scene.open(new MainWindow(page))
    expect.soft(telling(await everyWord(page)), scene.name).toEqual([])
    await scene.close(new MainWindow(page))
  }

  // What is copied stays whole.
  await main.lookUp(NUMBER)
  await expect(main.result).toHaveAttribute('data-account', NUMBER)
  await runCommand(page, 'hide-numbers')
  await expect(main.field).toHaveValue('080-7654-3210')
})
