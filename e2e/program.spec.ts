import { spawn } from 'node:child_process'
import { once } from 'node:events'
import type { ElectronApplication } from '@playwright/test'
import { resolveElectron } from 'electron-stand-in/which.ts'
import { expect, FIGURES, root, switches, test } from './fixtures.ts'
import { FirstRun } from './screens/first-run.ts'
import { MainWindow } from './screens/main-window.ts'

const statesOf = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(window => ({
      isMinimized: window.isMinimized(),
      isVisible: window.isVisible(),
    })),
  )

test('a second launch brings the first window forward and ends', async ({
  ownProgram: program,
  userData,
}) => {
  await program.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
  const second = spawn(resolveElectron().executable, [root, ...switches(userData, 'ja')], {
    cwd: root,
    stdio: 'ignore',
  })
  const [code] = await once(second, 'exit')
  expect(code).toBe(0)
  await expect.poll(() => statesOf(program.app)).toEqual([{ isMinimized: false, isVisible: true }])
})

test('a click in the Dock brings a minimised window back', async ({ program: { app } }) => {
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize())
  await expect.poll(() => statesOf(app)).toEqual([{ isMinimized: true, isVisible: expect.any(Boolean) }])
  await app.evaluate(electron => electron.app.emit('activate'))
  await expect.poll(() => statesOf(app)).toEqual([{ isMinimized: false, isVisible: true }])
})

test('the first run offers the demo, which cannot be mistaken for a real carrier', async ({
  firstRun: { page },
}) => {
  const main = new MainWindow(page)
  await new FirstRun(page).demo.click()
  await expect(main.demoMark).toBeVisible()
  await main.lookUp('090-1234-5678')
  await expect(main.result.getByRole('definition')).toHaveText(FIGURES)
})

test('13: the page has the contract and nothing else of the program', async ({ program: { page } }) => {
  const found = await page.evaluate(() => ({
    bridge: Object.keys(window.bridge).sort(),
    node: ['process', 'require', 'module', 'electron'].filter(name => name in window),
  }))
  expect(found.node).toEqual([])
  expect(found.bridge).toContain('lookUp')
  expect(found.bridge.every(name => /^(on)?[a-zA-Z]+$/.test(name))).toBe(true)
})
