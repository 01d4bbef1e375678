import type { Page } from '@playwright/test'
import { ticketPresetIds, ticketPresets } from '../src/ticket/presets.ts'
import { clipboardOf } from './clipboard.ts'
import { expect, keptSettings, test } from './fixtures.ts'
import { runCommand } from './run-command.ts'

const choose = (page: Page, preset: string) => page.getByLabel('貼り付け先').selectOption(preset)

/** The source of the preview, as it stands on the screen. */
async function sourceOf(page: Page): Promise<string> {
  const source = page.getByRole('button', { name: 'コピーされる文字', exact: true })
  if (await source.isVisible()) await source.click()
  return (await page.getByTestId('ticket-text').textContent()) ?? ''
}

/** Language, masking and units stand behind one button. */
const openOptions = (page: Page) => page.getByText('オプション', { exact: true }).click()

test('what is copied is the preview, byte for byte, for every preset', async ({
  main,
  program: { app, page },
}) => {
  await main.lookUp('080-7654-3210')
  await expect(main.result).toBeVisible()
  for (const preset of ticketPresetIds) {
    await choose(page, preset)
    await expect(page.getByLabel('貼り付け先')).toHaveValue(preset)
    const source = await sourceOf(page)
    await main.copy.click()
    await expect(main.notices.locator('[data-kind="copied"]').last()).toContainText('080-7654-3210')
    await main.notices.getByRole('button').last().click()
    const [item, ...others] = await clipboardOf(app)
    expect(others, preset).toEqual([])
    const isRich = ticketPresets[preset] === 'html'
    expect(Object.keys(item ?? {}), preset).toEqual(isRich ? ['text/plain', 'text/html'] : ['text/plain'])
    expect(item?.[isRich ? 'text/html' : 'text/plain'], preset).toBe(source)
    expect(source, preset).toContain('080-7654-3210')
  }
})

test('the rendered preview says the same as the text beside the rich form', async ({
  main,
  program: { app, page },
}) => {
  await main.lookUp('080-7654-3210')
  await choose(page, 'zendesk')
  const rendered = page.getByTestId('ticket-rendered')
  await expect(rendered.getByRole('heading')).toHaveText('【通信量照会】080-7654-3210（回線）')
  await expect(rendered.getByRole('row')).toHaveCount(8)
  await main.copy.click()
  await expect(main.notices).toContainText('080-7654-3210')
  const [item] = await clipboardOf(app)
  for (const cell of await rendered.getByRole('cell').allTextContents()) {
    expect(item?.['text/plain']).toContain(cell)
  }
})

test('from a number to a pasted ticket it is three acts: look up, copy, paste', async ({
  main,
  program: { page },
}) => {
  await main.field.fill('090-1234-5678')
  await page.keyboard.press('Enter')
  await expect(main.result).toBeVisible()
  await runCommand(page, 'copy-ticket')
  await expect(main.notices).toContainText('090-1234-5678 の結果をコピーしました')
})

test('the preset last used is remembered for its profile, with its masking and its template', async ({
  ownMain: main,
  ownProgram: { app, page },
  launch,
}) => {
  await openOptions(page)
  await choose(page, 'jira-data-center')
  await page.getByLabel('番号をマスク').check()
  await page.getByLabel('テンプレート', { exact: true }).selectOption('handOver')
  await expect(page.getByLabel('テンプレート', { exact: true })).toHaveValue('handOver')
  await choose(page, 'text')
  await expect(page.getByLabel('番号をマスク')).not.toBeChecked()
  await choose(page, 'jira-data-center')
  await expect(page.getByLabel('番号をマスク')).toBeChecked()
  await expect
    .poll(async () => Object.values((await keptSettings(page)).ticketPresets))
    .toEqual(['jira-data-center'])
  await app.close()

  const again = await launch()
  await expect(again.page.getByLabel('貼り付け先')).toHaveValue('jira-data-center')
  await openOptions(again.page)
  await expect(again.page.getByLabel('番号をマスク')).toBeChecked()
  await expect(again.page.getByLabel('テンプレート', { exact: true })).toHaveValue('handOver')
  await again.page.evaluate(() => window.bridge.startDemo())
  await again.page.reload()
  await expect(again.page.getByLabel('貼り付け先')).toHaveValue('text')
  expect(main).toBeDefined()
})

test('a masked ticket holds no full number, also in the carrier’s own reply', async ({
  main,
  program: { app, page },
}) => {
  await main.lookUp('090-1234-5678')
  await expect(main.result).toBeVisible()
  await page.getByLabel('テンプレート', { exact: true }).selectOption('escalation')
  await expect(main.ticket).toContainText('"account":"09012345678"')
  await openOptions(page)
  await page.getByLabel('番号をマスク').check()
  await expect(main.ticket).toContainText('"account":"090-****-5678"')
  await main.copy.click()
  await expect(main.notices).toContainText('090-1234-5678 の結果をコピーしました')
  const [item] = await clipboardOf(app)
  expect(item?.['text/plain']).not.toMatch(/0?90-?1234-?5678/)
})

test('a copy of nothing is said to be none, since what was copied before is still there', async ({
  main,
  program: { page },
}) => {
  await runCommand(page, 'copy-ticket')
  await expect(main.notices).toContainText('コピーできる内容がまだありません')
})

test('the preview as pasted is what the format makes of a ticket: a list where Markdown has no table', async ({
  main,
  program: { page },
}) => {
  await main.lookUp('080-7654-3210')
  await choose(page, 'redmine')
  const rendered = page.getByTestId('ticket-rendered')
  await expect(rendered.getByRole('listitem')).toHaveCount(7)
  await expect(rendered.getByRole('table')).toHaveCount(0)
  await choose(page, 'jira-data-center')
  await expect(rendered.getByRole('table')).toHaveCount(1)
})

test('a failed lookup can be copied: what was tried, when, and what the carrier said', async ({
  main,
  program: { app, page },
}) => {
  const stop = () => {
    Date.now = () => Date.parse('2026-11-23T13:05:00+09:00')
  }
  await Promise.all([app.evaluate(stop), page.evaluate(stop)])
  await main.lookUp('090-0000-0211')
  await expect(main.failure).toBeVisible()
  await runCommand(page, 'copy-ticket')
  await expect(main.notices).toContainText('090-0000-0211 の結果をコピーしました')
  const [item] = await clipboardOf(app)
  expect(item?.['text/plain']).toBe(
    `【通信量照会】090-0000-0211（回線）
照会できませんでした: ${await main.failure.getByRole('heading').textContent()}
照会日時: 2026-11-23 13:05 JST
結果コード: 211（NG）`,
  )
  expect(await main.ticketText()).toBe(item?.['text/plain'])
})

test.describe('the chart as a picture', () => {
  test('is a PNG twice as fine on white, the same in both themes', async ({
    main,
    program: { app, page },
  }) => {
    await app.evaluate(() => {
      Date.now = () => Date.parse('2026-11-23T13:05:00+09:00')
    })
    const pictures: string[] = []
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await main.lookUp('080-7654-3210')
      await main.chartDrawn()
      await page.getByRole('button', { name: '画像でコピー' }).click()
      await expect(main.notices).toContainText('080-7654-3210 のグラフをコピーしました')
      await main.notices.getByRole('button').last().click()
      pictures.push((await clipboardOf(app))[0]?.['image/png'] ?? '')
    }
    const [light, dark] = pictures
    expect(dark).toBe(light)
    const decoded = await page.evaluate(async png => {
      const bytes = Uint8Array.from(atob(png), char => char.charCodeAt(0))
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      const pen = canvas.getContext('2d')
      pen?.drawImage(image, 0, 0)
      const pixels = pen?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
      let painted = 0
      for (let at = 0; at < pixels.length; at += 4) if ((pixels[at] ?? 255) < 200) painted++
      return { width: canvas.width, height: canvas.height, corner: [...pixels.slice(0, 4)], painted }
    }, light ?? '')
    expect(decoded).toMatchObject({ width: 1440, height: 680, corner: [255, 255, 255, 255] })
    expect(decoded.painted).toBeGreaterThan(10_000)
  })

  test('goes with the table into one rich item, with the text beside it', async ({
    main,
    program: { app, page },
  }) => {
    await main.lookUp('080-7654-3210')
    await main.chartDrawn()
    await runCommand(page, 'palette')
    await page.getByRole('combobox', { name: /コマンド/ }).fill('グラフ付き')
    await page.keyboard.press('Enter')
    await expect(main.notices).toContainText('貼り付け先がリッチテキストのときに使えます')
    const text = await main.ticketText()
    await choose(page, 'html')
    await page.getByRole('button', { name: 'グラフ付きでコピー' }).click()
    await expect(main.notices).toContainText('080-7654-3210 の結果をコピーしました')
    const [item, ...others] = await clipboardOf(app)
    expect(others).toEqual([])
    expect(Object.keys(item ?? {})).toEqual(['text/plain', 'text/html'])
    expect(item?.['text/plain']).toBe(text)
    expect(item?.['text/html']).toMatch(
      /^<p><img alt="[^"]+" src="data:image\/png;base64,iVBOR[^"]+"><\/p>\n<h3>/,
    )
    expect(item?.['text/html']).toContain('</table>')
  })
})

test('an own template is written: an unknown placeholder is named and keeps it from being saved', async ({
  ownMain: main,
  ownProgram: { app, page },
  launch,
}) => {
  await main.lookUp('090-1234-5678')
  await expect(main.result).toBeVisible()
  await page.getByRole('button', { name: 'テンプレートを編集' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('名前').fill('一次回答')
  await sheet.getByLabel('本文').fill('# {{number}}\n{{todya}}')
  await expect(sheet.getByRole('alert')).toContainText('「todya」という項目はありません')
  await expect(sheet.getByRole('button', { name: '保存して使う' })).toBeDisabled()
  await sheet
    .getByLabel('本文')
    .fill('# {{number}}\n{{#blacklisted}}制限の可能性あり{{/blacklisted}} {{today}}')
  await expect(sheet.getByTestId('template-preview')).toHaveText('090-1234-5678\n制限の可能性あり 100 KB')
  await sheet.getByRole('button', { name: '保存して使う' }).click()
  await expect(sheet.getByRole('status')).toHaveText('保存しました')
  await page.keyboard.press('Escape')
  await expect(main.ticket).toHaveText('090-1234-5678\n制限の可能性あり 100 KB')
  await app.close()

  const again = await launch()
  await expect(again.page.getByLabel('テンプレート', { exact: true }).locator('option:checked')).toHaveText(
    '一次回答',
  )
  await again.page.getByRole('button', { name: 'テンプレートを編集' }).click()
  await again.page.getByRole('button', { name: 'このテンプレートを削除' }).click()
  await again.page.getByRole('button', { name: '完全に削除する' }).click()
  await again.page.keyboard.press('Escape')
  await expect(again.page.getByLabel('テンプレート', { exact: true })).toHaveValue('full')
})

test('a copy waits for a clipboard that another program holds for a moment', async ({
  main,
  program: { app },
}) => {
  await main.lookUp('090-1234-5678')
  await expect(main.result).toBeVisible()
  await app.evaluate(({ clipboard }) => {
    const { write } = clipboard
    let tries = 0
    clipboard.write = async items => {
      tries += 1
      if (tries > 2) await write.call(clipboard, items)
    }
  })
  await main.copy.click()
  await expect(main.notices).toContainText('090-1234-5678 の結果をコピーしました')
  expect((await clipboardOf(app))[0]?.['text/plain']).toContain('090-1234-5678')
})
