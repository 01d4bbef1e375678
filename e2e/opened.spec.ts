import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { resolveElectron } from 'electron-stand-in/which.ts'
import { newProfile } from '../src/contract/profile-defaults.ts'
import { words as shared } from '../src/domain/words/words.ts'
import { sealSetup } from '../src/main/setup/setup.ts'
import en from '../src/renderer/i18n/en.json' with { type: 'json' }
import ja from '../src/renderer/i18n/ja.json' with { type: 'json' }
import { filesUnder, foundIn } from './canary.ts'
import {
  AUTH_KEY,
  test as base,
  coolDownAndASecond,
  expect,
  operator,
  root,
  setUp,
  switches,
} from './fixtures.ts'
import { runCommand } from './run-command.ts'
import { MainWindow } from './screens/main-window.ts'

const LINE = '09012345678'
const OTHER = '08011112222'
const ID = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'
const PASSPHRASE = 'a passphrase for many seats'
const words = { ja, en } as const
const link = (account: string) => `trafficdesk://lookup?account=${account}`

const test = base.extend<{
  readonly folder: string
  /** The system opens something while the program runs, as a double click does: another start, which hands it on. */
  readonly openWhileRunning: (argument: string) => Promise<void>
}>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'traffic-desk-setup-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  openWhileRunning: async ({ application, userData, language }, use) =>
    use(async argument => {
      const { executable } = resolveElectron()
      const args = [application, ...switches(userData, language), argument]
      const second = spawn(executable, args, { cwd: root, stdio: 'ignore' })
      expect(await once(second, 'exit')).toEqual([0, null])
    }),
})

test.describe('a link, at the start', () => {
  test.use({ opens: [link(LINE)] })

  test('stands in the field and is not looked up by itself', async ({ launch, carrier }) => {
    const first = await launch()
    await setUp(first.page, { ...operator(carrier.url), cooldownSeconds: 1 }, AUTH_KEY)
    await first.app.close()
    const { page } = await launch()
    await expect(new MainWindow(page).field).toHaveValue(LINE)
    await coolDownAndASecond(page)
    expect(carrier.requests).toHaveLength(0)
  })
})

test.describe('a link', () => {
  test('to a running program fills the empty field, never looks up, and never takes what is typed', async ({
    ownProgram: { page },
    ownMain: main,
    carrier,
    openWhileRunning,
  }) => {
    await openWhileRunning(link(LINE))
    await expect(main.field).toHaveValue(LINE)
    await coolDownAndASecond(page)
    expect(carrier.requests).toHaveLength(0)
    await main.field.fill('080-1111')
    await openWhileRunning(link(OTHER))
    await expect(page.getByRole('log')).toContainText('080-1111-2222')
    await expect(main.field).toHaveValue('080-1111')
    // The number on the screen is nobody's typing any more.
    await main.lookUp(LINE)
    await expect(main.result).toHaveAttribute('data-account', LINE)
    await openWhileRunning(link(OTHER))
    await expect(main.field).toHaveValue(OTHER)
    await expect(main.result).toHaveAttribute('data-account', LINE)
    await coolDownAndASecond(page)
    expect(carrier.requests).toHaveLength(1)
  })

  test('32: that is crafted opens nothing, switches nothing and asks nobody', async ({
    ownProgram: { page },
    ownMain: main,
    carrier,
    openWhileRunning,
  }) => {
    for (const crafted of [
      'trafficdesk://lookup?account=1234',
      `trafficdesk://settings?account=${LINE}`,
      `trafficdesk://lookup?account=${LINE}&account=${OTHER}`,
      `trafficdesk://lookup/run?account=${LINE}`,
      `trafficdesk://lookup?account=${LINE}%0A%0A--devtools`,
    ])
      await openWhileRunning(crafted)
    await coolDownAndASecond(page)
    // The last one names a number, and words behind it that nobody heeds.
    expect([LINE, '']).toContain(await main.field.inputValue())
    expect(carrier.requests).toHaveLength(0)
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
})

for (const language of ['ja', 'en'] as const)
  test.describe(`a setup file, in ${language}`, () => {
    test.use({ language })
    const t = words[language]

    test('31: that is opened by a double click sets the seat up, and a wrong passphrase is said', async ({
      launch,
      carrier,
      folder,
      openWhileRunning,
      userData,
    }) => {
      const path = join(folder, '本番.tdsetup')
      const profile = {
        ...newProfile({ name: '本番', carrier: { kind: 'host', origin: carrier.url } }),
        id: ID,
        cooldownSeconds: 1,
      }
      writeFileSync(
        path,
        (await sealSetup([{ profile, key: AUTH_KEY, teamPassword: null }], PASSPHRASE)) ?? '',
      )
      const { app, page } = await launch()
      await openWhileRunning(path)
      const sheet = page.getByRole('dialog')
      await expect(sheet).toContainText('本番.tdsetup')
      const passphrase = sheet.getByLabel(t.setup.passphrase)
      await expect(passphrase).toBeFocused()
      await page.keyboard.type('not this one')
      await page.keyboard.press('Enter')
      await expect(sheet.getByRole('alert')).toContainText(shared[language].failures.SETUP_PASSPHRASE)
      await passphrase.fill(PASSPHRASE)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('log')).toContainText(t.notice.setUp)
      const main = new MainWindow(page)
      await main.lookUp(LINE)
      await expect(main.result).toHaveAttribute('data-account', LINE)
      expect(carrier.requests).toHaveLength(1)
      await app.close()
      const holding = filesUnder(userData)
        .filter(file => [AUTH_KEY, PASSPHRASE].some(secret => foundIn(readFileSync(file), secret).length > 0))
        .map(file => relative(userData, file))
      expect(holding).toEqual([])
    })

    test('is made with the keyboard, sealed with nothing weak, and opens again', async ({
      program: { app, page },
      folder,
    }) => {
      const filePath = join(folder, 'seat.tdsetup')
      await app.evaluate(({ dialog }, path) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath: path })
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
      }, filePath)
      await runCommand(page, 'palette')
      await page.keyboard.type('tdsetup')
      await page.getByRole('option', { name: shared[language].commands['make-setup'] }).click()
      const sheet = page.getByRole('dialog')
      await sheet.getByLabel(t.key.manual.name).fill(AUTH_KEY)
      const make = sheet.getByRole('button', { name: t.setup.makeNow })
      await sheet.getByLabel(t.setup.passphrase, { exact: true }).fill('password1')
      await expect(make).toBeDisabled()
      await sheet.getByRole('button', { name: t.setup.invent }).click()
      const invented = await sheet.getByLabel(t.setup.passphrase, { exact: true }).inputValue()
      expect(invented).toMatch(/^(?:[a-z2-9]{4}-){5}[a-z2-9]{4}$/)
      await make.click()
      await expect(page.getByRole('log')).toContainText('seat.tdsetup')
      expect(foundIn(readFileSync(filePath), AUTH_KEY)).toEqual([])
      // Opened where it was made: the profile is the same, so nobody is asked.
      await runCommand(page, 'palette')
      await page.keyboard.type('tdsetup')
      await page.getByRole('option', { name: shared[language].commands['open-setup'] }).click()
      await sheet.getByLabel(t.setup.passphrase).fill(invented)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('log')).toContainText(t.notice.setUp)
    })
  })
