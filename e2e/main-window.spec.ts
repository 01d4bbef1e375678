import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import type { Command } from '../src/contract/commands.ts'
import { clipboardText } from './clipboard.ts'
import { coolDownAndASecond, expect, keptSettings, root, test } from './fixtures.ts'
import { chooseInMenu, runCommand } from './run-command.ts'
import { prepare, scenes } from './scenes.ts'
import { MainWindow } from './screens/main-window.ts'

const soft = expect.configure({ soft: true })

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * Sizes that everything has to fit into, from a wall to half a screen; 640x400 is 1280x800 at 200% zoom. axe looks at four of
 * them in both themes, each in one language: it judges roles and colours, which no language changes.
 */
const sizes = [
  { width: 3840, height: 2160 },
  { width: 1920, height: 1080, axe: 'en' },
  { width: 1280, height: 800, axe: 'ja' },
  { width: 900, height: 600 },
  { width: 640, height: 400, axe: 'en' },
  { width: 480, height: 700, axe: 'ja' },
]

for (const language of ['ja', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`every screen in ${language}, ${theme}: axe finds nothing, and no text is cut off`, async ({
      program: { page },
    }) => {
      test.setTimeout(900_000)
      const main = new MainWindow(page)
      // A sheet that fades in has other colours for a moment.
      await page.emulateMedia({ reducedMotion: 'reduce' })
      await prepare(page, theme, language)
      for (const scene of scenes) {
        await scene.open(main)
        await page.screenshot({
          path: join(root, 'out/screens', `${language}-${theme}`, `${scene.name}.png`),
        })
        for (const { axe, ...size } of sizes) {
          await page.setViewportSize(size)
          // The chart follows its box a frame later.
          const message = `${scene.name} at ${size.width}x${size.height}`
          await soft.poll(() => cutOff(page), { message }).toEqual([])
          if (axe !== language) continue
          const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(WCAG).analyze()
          const found = violations.map(({ id, nodes }) => [id, nodes.map(node => node.html.slice(0, 160))])
          expect.soft(found, `${message}: axe`).toEqual([])
        }
        await page.setViewportSize({ width: 1280, height: 800 })
        await scene.close(main)
      }
    })
  }
}

/** Elements whose content is wider than they are, though they neither scroll nor end in an ellipsis. */
function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('body *')]
      .filter(element => {
        const style = getComputedStyle(element)
        const isHidden =
          element.closest('.visually-hidden') !== null ||
          !element.checkVisibility() ||
          element.clientWidth <= 1
        const mayOverflow =
          /auto|scroll/.test(style.overflowX) ||
          style.textOverflow === 'ellipsis' ||
          style.display === 'inline'
        const isReplaced = ['INPUT', 'SELECT', 'CANVAS', 'OPTION', 'HR'].includes(element.tagName)
        return !isHidden && !mayOverflow && !isReplaced && element.scrollWidth > element.clientWidth + 1
      })
      .map(
        element =>
          `${element.tagName}.${element.className} ${element.scrollWidth} > ${element.clientWidth}: ${element.textContent?.slice(0, 60)}`,
      ),
  )
}

test('the first run has no fault that axe finds', async ({ firstRun: { page } }) => {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(WCAG).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(node => node.html)])).toEqual([])
})

test('the whole job with the keyboard alone, from a number to the ticket in three acts, with an IME in between', async ({
  main,
  program: { app, page },
  carrier,
}) => {
  // A number pasted while nothing has the cursor fills the form and is not sent.
  await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
    const data = new DataTransfer()
    data.setData('text/plain', 'お客様番号 ０９０－１２３４－５６７８')
    document.body.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  })
  await expect(main.field).toBeFocused()
  await expect(main.field).toHaveValue('09012345678')
  await coolDownAndASecond(page)
  expect(carrier.requests).toHaveLength(0)

  await page.keyboard.press('Enter')
  await expect(main.result).toBeVisible()
  await runCommand(page, 'copy-ticket')
  await expect(main.notices).toContainText('090-1234-5678')
  expect(await clipboardText(app)).toBe(await main.ticketText())
  expect(carrier.requests).toHaveLength(1)

  // Keep it, name it with an IME, find it again and look it up, all by keys.
  await runCommand(page, 'star')
  const label = main.result.getByLabel('ラベル')
  await expect(label).toBeVisible()
  await label.focus()
  const input = await page.context().newCDPSession(page)
  await input.send('Input.imeSetComposition', { text: 'やまだ', selectionStart: 3, selectionEnd: 3 })
  await input.send('Input.insertText', { text: '山田様' })
  await page.keyboard.press('Enter')
  await expect(main.savedAccount('09012345678')).toContainText('山田様')
  await runCommand(page, 'find-line')
  await page.keyboard.type('5678')
  await page.keyboard.press('ArrowDown')
  await expect(main.savedAccount('09012345678').getByRole('button').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(main.result).toHaveAttribute('data-stored', 'true')
  expect(carrier.requests).toHaveLength(1)
})

test('in the list the arrows walk, Enter opens what is stored and Ctrl+Enter asks the carrier', async ({
  main,
  carrier,
  program: { page },
}) => {
  await prepare(page, 'light', 'ja')
  const rows = main.savedAccounts
  await rows.nth(0).getByRole('button').first().focus()
  await page.keyboard.press('ArrowDown')
  await expect(rows.nth(1).getByRole('button').first()).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('まだ照会していません。')).toBeVisible()
  expect(carrier.requests).toHaveLength(0)
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(main.result).toHaveAttribute('data-account', '08076543210')
  expect(carrier.requests).toHaveLength(1)
})

test('an arrow pressed before a search is answered goes to the first row that it finds', async ({
  main,
  carrier,
  program: { page },
}) => {
  await prepare(page, 'light', 'ja')
  await expect(main.savedAccounts.first()).not.toHaveAttribute('data-account', '08076543210')
  await runCommand(page, 'find-line')
  // Within one task, so that no answer can come between them.
  await page.evaluate(() => {
    document.execCommand('insertText', false, '3210')
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }),
    )
  })
  await expect(main.savedAccounts).toHaveCount(1)
  await expect(main.savedAccount('08076543210').getByRole('button').first()).toBeFocused()
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(main.result).toHaveAttribute('data-account', '08076543210')
  expect(carrier.requests).toHaveLength(1)
})

test('the palette runs commands and looks up a number that is typed', async ({
  main,
  carrier,
  program: { page },
}) => {
  const query = page.getByRole('combobox', { name: 'コマンドパレット' })
  await runCommand(page, 'palette')
  await expect(query).toBeFocused()
  await page.keyboard.type('090-1234-5678')
  await page.keyboard.press('Enter')
  await expect(main.result).toHaveAttribute('data-account', '09012345678')
  await runCommand(page, 'palette')
  await expect(query).toBeFocused()
  await page.keyboard.type('設定')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByRole('heading', { name: '設定', exact: true })).toBeVisible()
  expect(carrier.requests).toHaveLength(1)
})

test('hiding numbers masks every one on the screen, and the copy stays whole', async ({
  main,
  program: { app, page },
}) => {
  await main.lookUp('09012345678')
  await expect(main.result).toBeVisible()
  await runCommand(page, 'star')
  await runCommand(page, 'hide-numbers')
  await expect(page.getByText('090-****-5678').first()).toBeVisible()
  expect(await page.locator('body').innerText()).not.toContain('1234-5678')
  await main.copy.click()
  await expect(main.notices).toContainText('090-****-5678')
  expect(await clipboardText(app)).toContain('090-1234-5678')
})

test('a screen reader hears each result in one sentence', async ({ main, program: { page } }) => {
  await main.lookUp('09012345678')
  await expect(page.getByTestId('summary')).toHaveText('090-1234-5678、本日100 KB、ブラックリスト登録あり')
})

test('what to say is polite, hedged, and copied as it stands', async ({ main, program: { app, page } }) => {
  await main.lookUp('09012345678')
  await expect(page.getByTestId('sentence')).toContainText('通信速度が制限されている可能性がございます。')
  await runCommand(page, 'copy-sentence')
  await expect(main.notices).toContainText('案内文をコピーしました')
  expect(await clipboardText(app)).toBe(await page.getByTestId('sentence').textContent())
})

test('the ticket can be put away, and stays away after a restart', async ({
  ownMain: main,
  ownProgram: program,
  launch,
}) => {
  await runCommand(program.page, 'toggle-ticket')
  await expect(main.copy).toBeHidden()
  await expect.poll(async () => (await keptSettings(program.page)).ticketPane).toBe(false)
  await program.app.close()
  const again = new MainWindow((await launch()).page)
  await expect(again.field).toBeVisible()
  await expect(again.copy).toBeHidden()
})

test('the page can be reloaded while a query is in flight: its answer is shown, and nothing is asked twice', async ({
  firstRun: { page },
  carrier: _carrier,
}) => {
  const main = new MainWindow(page)
  await page.evaluate(() => window.bridge.startDemo())
  await page.reload()
  await page.getByRole('search').waitFor()
  await main.lookUp('09012345678')
  await page.reload()
  await expect(main.result).toHaveAttribute('data-account', '09012345678')
  const history = await page.evaluate(() => window.bridge.history({ kind: 'line', id: '09012345678' }, null))
  expect(history.ok && history.value.length).toBe(1)
})

test('the menu asks the carrier nothing under an open dialog', async ({
  main,
  carrier,
  program: { app, page },
}) => {
  const choose = (command: Command) => chooseInMenu(app, command)
  await main.lookUp('09012345678')
  await expect(main.result).toBeVisible()
  await coolDownAndASecond(page)
  await choose('open-settings')
  await expect(page.getByRole('dialog')).toBeVisible()
  await choose('look-up-again')
  // The page has heard of it once it answers this, which was sent after it.
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('null'),
  )
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await choose('copy-ticket')
  await expect(main.notices).toContainText('090-1234-5678')
  expect(carrier.requests).toHaveLength(1)
})

test('a key fires its command once, not once in the page and once in the menu', { tag: '@electron' }, async ({
  main,
  program: { app, page },
}) => {
  test.skip(process.platform === 'darwin', 'Only a person can press a key of the menu there')
  await main.lookUp('09012345678')
  await expect(main.result).toBeVisible()
  await app.evaluate(({ clipboard }) => {
    const { write } = clipboard
    Object.assign(globalThis, { writes: 0 })
    clipboard.write = items => {
      Object.assign(globalThis, { writes: (Reflect.get(globalThis, 'writes') as number) + 1 })
      return write.call(clipboard, items)
    }
  })
  await page.keyboard.press('Control+Shift+C')
  await expect(main.notices).toContainText('090-1234-5678')
  await coolDownAndASecond(page)
  expect(await app.evaluate(() => Reflect.get(globalThis, 'writes'))).toBe(1)
})
