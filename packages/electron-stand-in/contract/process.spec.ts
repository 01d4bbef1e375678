import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { isStandIn, resolveElectron } from '../which.ts'
import { expect, mayBeSandboxed, type Stage, test } from './launch.ts'
import { processesOn } from './processes.ts'

const namesOf = (stage: Stage) => stage.notes().map(([what]) => what)
const locks = (stage: Stage) => stage.notes().filter(([what]) => what === 'lock')

test('the app knows its name, version and place', async ({ app, stage }) => {
  const known = await app.evaluate(({ app: electron }) => ({
    name: electron.getName(),
    version: electron.getVersion(),
    userData: electron.getPath('userData'),
    logs: electron.getPath('logs'),
    packaged: electron.isPackaged,
    electron: process.versions.electron?.split('.').length,
    type: process.type,
    defaultApp: process.defaultApp,
  }))
  expect(known).toMatchObject({ name: 'Host Contract', version: '1.2.3', packaged: false })
  expect(known).toMatchObject({ userData: stage.userData, electron: 3, type: 'browser', defaultApp: true })
  expect(known.logs.startsWith(stage.userData) || process.platform === 'darwin').toBe(true)
})

test('--lang sets the language of the app and of its pages', async ({ stage }) => {
  const app = await stage.launch('--lang=ja')
  const locale = await app.evaluate(({ app: electron }) =>
    electron.whenReady().then(() => electron.getLocale()),
  )
  expect(locale).toBe('ja')
  const page = await app.firstWindow()
  await page.getByRole('heading').waitFor()
  expect(
    await page.evaluate(() => [navigator.language, Intl.DateTimeFormat().resolvedOptions().locale]),
  ).toEqual(['ja', 'ja'])
})

test('before it is ready the app has no locale, and knows the languages of the system', async ({ app }) => {
  const { locale, languages } = await app.evaluate(() => globalThis.contract.beforeReady)
  expect(locale).toBe('')
  expect(languages[0]).toMatch(/^[a-z]{2,3}(-|$)/)
})

test('the lock can be had before the app is ready, and events come in their order', async ({
  app,
  stage,
}) => {
  void app
  expect(namesOf(stage)).toEqual([
    'lock',
    'ready',
    'web-contents-created',
    'browser-window-created',
    ...['did-finish-load', 'ready-to-show', 'loaded'],
  ])
  expect(locks(stage)).toEqual([['lock', true, false]])
})

test('a second launch is refused, and tells the first', async ({ app, stage }) => {
  void app
  const second = stage.start('--from-second')
  const [code] = await once(second, 'exit')
  expect(code).toBe(0)
  expect(locks(stage)).toEqual([
    ['lock', true, false],
    ['lock', false, false],
  ])
  await stage.until('second-instance')
  const [, argv, workingDirectory, data] = stage.notes().find(([what]) => what === 'second-instance') ?? []
  expect(argv).toContain('--from-second')
  expect(workingDirectory).toBe(process.cwd())
  expect(data).toEqual({ from: 'contract' })
  expect(namesOf(stage).filter(what => what === 'ready')).toHaveLength(1)
})

test('the lock is free again when its holder was killed', async ({ stage }) => {
  const first = stage.start()
  await stage.until('loaded')
  first.kill('SIGKILL')
  await once(first, 'exit')
  const next = await stage.launch()
  expect(await next.evaluate(({ app }) => app.hasSingleInstanceLock())).toBe(true)
  expect(locks(stage)).toEqual([
    ['lock', true, false],
    ['lock', true, false],
  ])
})

test('closing the last window ends the app, in this order', async ({ app, stage }) => {
  const closed = app.waitForEvent('close')
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  await closed
  expect(namesOf(stage).slice(namesOf(stage).indexOf('loaded') + 1)).toEqual([
    'close',
    'closed',
    'window-all-closed',
    'before-quit',
    'will-quit',
    'quit',
  ])
})

test('quitting closes the windows first, without window-all-closed', async ({ app, stage }) => {
  const closed = app.waitForEvent('close')
  await app.evaluate(({ app: electron }) => electron.quit())
  await closed
  expect(namesOf(stage).slice(namesOf(stage).indexOf('loaded') + 1)).toEqual([
    'before-quit',
    'close',
    'closed',
    'will-quit',
    'quit',
  ])
})

test('before-quit can keep the app running', async ({ app, stage }) => {
  await app.evaluate(({ app: electron }) => {
    contract.keepRunning = true
    electron.quit()
  })
  expect(namesOf(stage).slice(-1)).toEqual(['before-quit'])
  await app.evaluate(() => {
    contract.keepRunning = false
  })
})

test('a window can refuse to close', async ({ app }) => {
  const open = await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.once('close', event => event.preventDefault())
    window?.close()
    return window?.isDestroyed()
  })
  expect(open).toBe(false)
})

test('an app may stay without windows, and open one again', async ({ app }) => {
  const titles = await app.evaluate(async ({ BrowserWindow }) => {
    contract.stayOpen = true
    const [window] = BrowserWindow.getAllWindows()
    window?.close()
    const none = BrowserWindow.getAllWindows().length
    const [left, right] = await Promise.all([contract.openWindow(), contract.openWindow()])
    const titleOf = (opened: Electron.BrowserWindow) => opened.webContents.executeJavaScript('document.title')
    return [none, await titleOf(left), await titleOf(right), BrowserWindow.getAllWindows().length]
  })
  expect(titles).toEqual([0, 'Host Contract', 'Host Contract', 2])
  await app.evaluate(() => {
    contract.stayOpen = false
  })
})

test('SIGTERM quits', async ({ stage }) => {
  test.skip(process.platform === 'win32', 'Windows has no signals')
  const child = stage.start()
  await stage.until('loaded')
  child.kill('SIGTERM')
  await once(child, 'exit')
  expect(namesOf(stage).slice(-2)).toEqual(['will-quit', 'quit'])
})

test('exit ends the app with its code, asking nobody', async ({ app, stage }) => {
  const exited = once(app.process(), 'exit')
  await app.evaluate(({ app: electron }) => electron.exit(7))
  expect((await exited)[0]).toBe(7)
  expect(namesOf(stage)).not.toContain('before-quit')
})

test('a named window opens where it was when it closed', async ({ stage }) => {
  const bounds = { x: 40, y: 60, width: 720, height: 520 }
  const first = await stage.launch()
  await stage.until('loaded')
  await first.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), bounds)
  await first.close()
  const next = await stage.launch()
  await expect.poll(() => namesOf(stage).filter(what => what === 'loaded')).toHaveLength(2)
  const [width, height] = await next.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize() ?? [],
  )
  expect([width, height]).toEqual([720, 520])
})

test('nothing that a killed app started outlives it', async ({ stage }) => {
  test.skip(process.platform !== 'linux', 'Processes are found by their command lines in /proc')
  const child = stage.start()
  await stage.until('loaded')
  expect(processesOn(stage.userData).length).toBeGreaterThan(1)
  child.kill('SIGKILL')
  await once(child, 'exit')
  await expect.poll(() => processesOn(stage.userData)).toEqual([])
})

test('what the stand-in cannot do throws by name', async ({ app }) => {
  test.skip(!isStandIn(), 'Only the stand-in has gaps')
  const messages = await app.evaluate(
    async ({ app: electron, BrowserWindow, dialog, shell, safeStorage }) => {
      const messageOf = (call: () => unknown) => {
        try {
          call()
          return 'did not throw'
        } catch (error) {
          return (error as Error).message
        }
      }
      return [
        messageOf(() => dialog.showMessageBox({ message: '' })),
        messageOf(() => shell.openExternal('https://example.com/')),
        messageOf(() => safeStorage.isEncryptionAvailable()),
        messageOf(() => electron.relaunch()),
        messageOf(() => electron.on('gpu-info-update', () => {})),
        messageOf(() => new BrowserWindow({ kiosk: true })),
        messageOf(() => new BrowserWindow({ webPreferences: { sandbox: false } })),
      ]
    },
  )
  const missing = (what: string) => `electron-stand-in: ${what} is not implemented; it needs real Electron`
  expect(messages).toEqual([
    missing('dialog.showMessageBox'),
    missing('shell.openExternal'),
    missing('safeStorage.isEncryptionAvailable'),
    missing('app.relaunch'),
    missing("app.on('gpu-info-update')"),
    missing("BrowserWindow option 'kiosk'"),
    missing('webPreferences { sandbox: false }'),
  ])
})

test('a test may replace what the stand-in lacks', async ({ app }) => {
  await app.evaluate(({ dialog, shell }) => {
    dialog.showMessageBox = async () => ({ response: 1, checkboxChecked: false })
    shell.openExternal = async () => {}
  })
  const answer = await app.evaluate(
    async ({ dialog }) => (await dialog.showMessageBox({ message: '' })).response,
  )
  expect(answer).toBe(1)
})

test('an app runs in the sandbox unless it was started without', async ({ app }) => {
  const isOff = await app.evaluate(({ app: electron }) => electron.commandLine.hasSwitch('no-sandbox'))
  expect(isOff).toBe(process.platform === 'linux' && !mayBeSandboxed)
})

test('with ELECTRON_RUN_AS_NODE the binary is Node, and its arguments are for Node', () => {
  const { stdout } = spawnSync(
    resolveElectron().executable,
    [
      '-e',
      'console.log(JSON.stringify([process.argv.length, typeof process.type, process.features.typescript]))',
    ],
    { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' }, encoding: 'utf8' },
  )
  expect(JSON.parse(stdout)).toEqual([1, 'undefined', 'strip'])
})
