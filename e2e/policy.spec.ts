import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { words as shared } from '../src/domain/words/words.ts'
import en from '../src/renderer/i18n/en.json' with { type: 'json' }
import ja from '../src/renderer/i18n/ja.json' with { type: 'json' }
import { AUTH_KEY, test as base, expect, keptSettings } from './fixtures.ts'
import { runCommand } from './run-command.ts'
import { MainWindow } from './screens/main-window.ts'
import { Settings } from './screens/settings.ts'

const GIVEN = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'
const LINE = '09012345678'
const words = { ja, en } as const

/** The administrator's file; a test writes it before it starts the program. */
const test = base.extend<{ readonly policyFile: string; readonly setPolicy: (policy: unknown) => void }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  policyFile: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'traffic-desk-policy-'))
    await use(join(folder, 'policy.json'))
    rmSync(folder, { recursive: true, force: true })
  },
  environment: async ({ policyFile }, use) => use({ TRAFFIC_DESK_POLICY: policyFile }),
  setPolicy: async ({ policyFile }, use) =>
    use(policy => writeFileSync(policyFile, typeof policy === 'string' ? policy : JSON.stringify(policy))),
})

for (const language of ['ja', 'en'] as const)
  test.describe(`under a policy, in ${language}`, () => {
    test.use({ language })
    const t = words[language]

    test('a profile is there, is asked, and none of its fields can be changed', async ({
      launch,
      carrier,
      setPolicy,
    }) => {
      setPolicy({
        Profiles: [{ id: GIVEN, name: '本番', host: carrier.url, cooldownSeconds: 1 }],
        AllowOwnProfiles: false,
        AllowDemo: false,
        SupportContact: '内線 1234',
      })
      const { page } = await launch()
      const main = new MainWindow(page)
      await expect(page.getByLabel(t.app.profile)).toHaveValue(GIVEN)
      // No other profile, no demo, no new one.
      await expect(page.getByLabel(t.app.profile).locator('option')).toHaveText(['本番'])
      await runCommand(page, 'open-settings')
      const sheet = page.getByRole('dialog')
      await expect(sheet.getByLabel(t.settings.name, { exact: true })).toBeDisabled()
      await expect(sheet.getByLabel(t.settings.host, { exact: true })).toBeDisabled()
      await expect(sheet.getByLabel(t.settings.host, { exact: true })).toHaveAccessibleDescription(
        new RegExp(t.policy.locked),
      )
      await expect(sheet.getByLabel(t.settings.cooldown)).toBeDisabled()
      await expect(sheet.getByLabel(t.settings.limit)).toBeDisabled()
      await expect(sheet.getByRole('button', { name: t.settings.removeProfile })).toHaveCount(0)
      // The key is not the administrator's to give this way.
      const settings = new Settings(page)
      await settings.saveAuthKey(AUTH_KEY)
      await settings.close()
      await main.lookUp(LINE)
      await expect(main.result).toHaveAttribute('data-account', LINE)
      expect(carrier.requests).toHaveLength(1)
    })

    test('nothing is written to a file, and settings of the administrator’s stay', async ({
      launch,
      carrier,
      setPolicy,
      userData,
    }) => {
      setPolicy({
        Profiles: [{ id: GIVEN, name: '本番', host: carrier.url }],
        AllowExport: false,
        MaxRetentionDays: 30,
        Language: language,
      })
      const { app, page } = await launch()
      await app.evaluate(({ dialog }) => {
        dialog.showSaveDialog = async () => {
          throw new Error('no dialog may ask')
        }
      })
      // The palette does not offer it, and the lists' own buttons say why.
      await runCommand(page, 'palette')
      await page.keyboard.type('csv')
      const { commands } = shared[language]
      await expect(page.getByRole('option', { name: commands['import-lines'] })).toBeVisible()
      await expect(page.getByRole('option', { name: commands['export-lines'] })).toHaveCount(0)
      await page.keyboard.press('Escape')
      expect(await page.evaluate(() => window.bridge.exportLookups({ kind: 'shift' }))).toMatchObject({
        failure: { code: 'POLICY_REFUSED' },
      })
      await runCommand(page, 'open-settings')
      const sheet = page.getByRole('dialog')
      await expect(sheet.getByRole('button', { name: t.settings.exportSettings })).toBeDisabled()
      await expect(sheet.getByLabel(t.settings.language, { exact: true })).toBeDisabled()
      const days = sheet.getByLabel(t.settings.retentionDays)
      await expect(days).toHaveValue('30')
      await days.fill('31')
      await days.blur()
      await expect(days).toHaveAttribute('aria-invalid', 'true')
      await days.fill('7')
      await days.blur()
      await expect.poll(async () => (await keptSettings(page)).retentionDays).toBe(7)
      expect(readdirSync(userData).filter(name => /\.(?:csv|json)$/.test(name))).toEqual([])
    })

    test('30: with an error in it the program starts, says which key, and asks nobody', async ({
      launch,
      carrier,
      setPolicy,
    }) => {
      setPolicy({ Profiles: [{ id: GIVEN, name: '本番', host: carrier.url }], AllowedHosts: ['https://'] })
      const { page } = await launch()
      const main = new MainWindow(page)
      const banner = page.locator('[data-policy="stops"]')
      await expect(banner).toContainText('AllowedHosts')
      await main.lookUp(LINE)
      await expect(main.failure).toHaveAttribute('data-code', 'POLICY_INVALID')
      await expect(main.failure).toContainText('AllowedHosts')
      expect(carrier.requests).toHaveLength(0)
    })
  })

test('30: a policy that is no JSON at all starts the program, and asks nobody', async ({
  launch,
  setPolicy,
}) => {
  setPolicy('{"AllowExport": fal')
  const { page } = await launch()
  await expect(page.locator('[data-policy="stops"]')).toContainText(ja.policy.whole)
})
