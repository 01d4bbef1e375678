import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { failureCodes } from '../src/domain/failure.ts'
import { words } from '../src/domain/words/words.ts'
import { failEveryLookup } from './failures.ts'
import { root, test } from './fixtures.ts'
import { runCommand } from './run-command.ts'
import { prepare, scenes } from './scenes.ts'

/** `npm run screenshots`: every screen in both languages and themes, for the docs and for looking at. */

const folder = join(root, 'docs/images')

for (const language of ['ja', 'en'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`${language} ${theme}`, async ({ main, program: { app, page }, carrier }) => {
      test.setTimeout(300_000)
      const out = join(folder, `${language}-${theme}`)
      mkdirSync(out, { recursive: true })
      const shoot = (name: string) => page.screenshot({ path: join(out, `${name}.png`) })
      await page.setViewportSize({ width: 1280, height: 800 })
      await prepare(page, theme, language)
      for (const scene of scenes) {
        await scene.open(main)
        await shoot(scene.name)
        await scene.close(main)
      }
      await carrier.stop()
      await main.lookUp('070-1234-5678')
      await main.failure.waitFor()
      await page.locator('[data-account="08076543210"] button').first().click()
      await main.result.waitFor()
      await shoot('offline')
      // What was called off has no card.
      for (const code of failureCodes.filter(code => code !== 'CANCELLED')) {
        await failEveryLookup(app, code)
        await main.lookUp('090-1234-5678')
        await page.locator(`[data-code="${code}"]`).waitFor()
        await shoot(`failure-${code}`)
      }
    })
  }
}

for (const language of ['ja', 'en'] as const) {
  test.describe(language, () => {
    test.use({ language })
    test(`first run ${language}`, async ({ launch }) => {
      const { page } = await launch()
      await page.setViewportSize({ width: 1280, height: 800 })
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        await page.screenshot({ path: join(folder, `${language}-${colorScheme}`, 'first-run.png') })
      }
    })
  })
}

/** What an administrator's guide shows. */
for (const language of ['ja', 'en'] as const) {
  const policy = join(mkdtempSync(join(tmpdir(), 'traffic-desk-screens-')), 'policy.json')
  test.describe(`for administrators, ${language}`, () => {
    test.use({ language, environment: { TRAFFIC_DESK_POLICY: policy } })
    test(`policy and doctor ${language}`, async ({ launch, carrier }) => {
      const profile = { id: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', name: '本番', host: carrier.url }
      writeFileSync(
        policy,
        JSON.stringify({ Profiles: [profile], AllowOwnProfiles: false, AllowExport: false }),
      )
      const { page } = await launch()
      const sheet = page.getByRole('dialog')
      const shoot = (name: string) =>
        page.screenshot({ path: join(folder, `${language}-light`, `${name}.png`) })
      await page.setViewportSize({ width: 1280, height: 800 })
      await runCommand(page, 'open-settings')
      await sheet.getByRole('search').or(sheet.getByRole('searchbox')).first().waitFor()
      await shoot('policy')
      await page.keyboard.press('Escape')
      await runCommand(page, 'palette')
      await sheet.getByRole('combobox').fill('proxy')
      await page.getByRole('option', { name: words[language].commands.diagnose }).click()
      await sheet.getByRole('button').nth(1).click()
      await sheet.getByRole('listitem').first().waitFor()
      await shoot('doctor')
    })
  })
}
