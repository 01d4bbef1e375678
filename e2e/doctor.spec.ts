import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { newProfile } from '../src/contract/profile-defaults.ts'
import { words as shared } from '../src/domain/words/words.ts'
import en from '../src/renderer/i18n/en.json' with { type: 'json' }
import ja from '../src/renderer/i18n/ja.json' with { type: 'json' }
import { clipboardOf } from './clipboard.ts'
import { AUTH_KEY, expect, setUp, test } from './fixtures.ts'
import { runCommand } from './run-command.ts'
import { MainWindow } from './screens/main-window.ts'

const LINE = '09012345678'
const words = { ja, en } as const

for (const language of ['ja', 'en'] as const)
  test.describe(`the doctor, in ${language}`, () => {
    test.use({ language })
    const t = words[language]

    test('36: says what is wrong where a lookup failed, and the text for support holds no number and no key', async ({
      firstRun: { app, page },
      folder,
    }) => {
      const host = newProfile({
        name: 'Operator',
        carrier: { kind: 'host', origin: 'https://nowhere.invalid' },
      })
      await setUp(page, host, AUTH_KEY)
      const main = new MainWindow(page)
      await main.lookUp(LINE)
      await expect(main.failure).toHaveAttribute('data-code', 'OFFLINE')
      await main.failure.getByRole('button', { name: t.doctor.open }).click()
      const sheet = page.getByRole('dialog')
      // Nothing is looked at before somebody asks.
      await expect(sheet.getByRole('listitem')).toHaveCount(0)
      await sheet.getByRole('button', { name: t.doctor.run }).click()
      const wrong = sheet.locator('[data-health="bad"]')
      await expect(wrong).toHaveCount(1)
      await expect(wrong).toContainText('nowhere.invalid')
      await sheet.getByRole('button', { name: t.doctor.copy }).first().click()
      await expect.poll(async () => JSON.stringify(await clipboardOf(app))).toContain('nowhere.invalid')
      await sheet.getByRole('button', { name: t.doctor.bundle }).click()
      const shown = sheet.locator('pre')
      await expect(shown).toContainText('carrier: https://nowhere.invalid')
      await app.evaluate(
        ({ dialog }, path) => {
          dialog.showSaveDialog = async () => ({ canceled: false, filePath: path })
        },
        join(folder, 'support.txt'),
      )
      await sheet.getByRole('button', { name: t.doctor.save }).click()
      const text = await shown.textContent()
      expect(text).toContain('## Log')
      const file = join(folder, 'support.txt')
      await expect.poll(() => (existsSync(file) ? readFileSync(file, 'utf8') : null)).toBe(text)
      const saved = readFileSync(file, 'utf8')
      const data = await app.evaluate(electron => electron.app.getPath('userData'))
      for (const secret of [LINE, '1234-5678', AUTH_KEY, data]) expect(saved).not.toContain(secret)
    })

    test('is found by what people call it, and looks at the demo without leaving this computer', async ({
      program: { page },
      carrier,
    }) => {
      await runCommand(page, 'palette')
      await page
        .getByRole('combobox', { name: t.palette.title })
        .fill(language === 'ja' ? 'サポート' : 'support')
      await page.getByRole('option', { name: shared[language].commands.diagnose }).click()
      const sheet = page.getByRole('dialog')
      await sheet.getByRole('button', { name: t.doctor.run }).click()
      await expect(sheet.getByRole('listitem').first()).toBeVisible()
      await expect(sheet.locator('[data-health="bad"]')).toHaveCount(0)
      expect(carrier.requests).toHaveLength(0)
    })
  })
