import { words as shared } from '../src/domain/words/words.ts'
import en from '../src/renderer/i18n/en.json' with { type: 'json' }
import ja from '../src/renderer/i18n/ja.json' with { type: 'json' }
import { failEveryLookup } from './failures.ts'
import { expect, test } from './fixtures.ts'
import { runCommand } from './run-command.ts'

const LINE = '09012345678'
const words = { ja, en } as const

for (const language of ['ja', 'en'] as const)
  test.describe(`the guide, in ${language}`, () => {
    test.use({ language })
    const t = words[language]

    test('opens with its key where the agent is, without a network, and Esc gives the screen back', async ({
      ownMain: main,
      ownProgram: { app, page },
      carrier,
    }) => {
      const guide = page.getByRole('dialog', { name: t.guide.title })
      const at = (id: string) => guide.locator(`#${id}`)
      await carrier.stop()
      await runCommand(page, 'guide')
      await expect(at('look-up')).toBeFocused()
      await page.keyboard.press('Escape')
      await expect(guide).toHaveCount(0)

      await runCommand(page, 'open-settings')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press(process.platform === 'darwin' ? 'Escape' : 'F1')
      if (process.platform !== 'darwin') {
        await expect(at('settings')).toBeFocused()
        await page.keyboard.press('Escape')
        await expect(guide).toHaveCount(0)
        await page.keyboard.press('Escape')
      }
      await expect(page.getByRole('dialog')).toHaveCount(0)

      await failEveryLookup(app, 'PROXY_SCHEME')
      await main.lookUp(LINE)
      await expect(main.failure).toHaveAttribute('data-code', 'PROXY_SCHEME')
      await runCommand(page, 'guide')
      await expect(at('failure-PROXY_SCHEME')).toBeFocused()
      await expect(at('failure-PROXY_SCHEME')).toBeInViewport()
      await expect(at('failure-PROXY_SCHEME')).toHaveText(shared[language].failures.PROXY_SCHEME)
      await guide.getByRole('navigation').getByRole('button').last().click()
      await expect(at('commands')).toBeInViewport()
      await page.keyboard.press('Escape')
      await expect(main.failure).toHaveAttribute('data-code', 'PROXY_SCHEME')
    })
  })
