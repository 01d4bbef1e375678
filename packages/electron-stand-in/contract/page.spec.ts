import { isStandIn } from '../which.ts'
import { expect, test } from './launch.ts'

test('app:// pages are served by the handler, as a secure context', async ({ app, page }) => {
  expect(await page.title()).toBe('Host Contract')
  expect(await page.evaluate(() => isSecureContext)).toBe(true)
  expect(
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL()),
  ).toBe('app://contract/index.html')
})

test('a scheme whose compiled scripts are kept serves its pages like any other', async ({ page }) => {
  expect(await page.evaluate(() => globalThis.pageScript.bridge)).toBe('object')
  await page.reload()
  expect(await page.evaluate(() => globalThis.pageScript.bridge)).toBe('object')
})

test('the handler sees method, URL and body of a fetch', async ({ page }) => {
  const seen = await page.evaluate(async () =>
    (await fetch('/echo?line=1', { method: 'POST', body: 'こんにちは' })).json(),
  )
  expect(seen).toEqual({ method: 'POST', url: 'app://contract/echo?line=1', body: 'こんにちは' })
})

test("the page's location is its app:// URL", { tag: '@electron' }, async ({ page }) => {
  test.skip(isStandIn(), 'Chromium serves no scheme that it was not compiled with')
  expect(await page.evaluate(() => location.href)).toBe('app://contract/index.html')
})

test('a CSP header on the response is enforced', async ({ page }) => {
  expect(await page.evaluate(() => 'inlineScriptRan' in window)).toBe(false)
  const elsewhere = await page.evaluate(() =>
    fetch('https://elsewhere.example/').then(String, () => 'blocked'),
  )
  expect(elsewhere).toBe('blocked')
  expect(await page.evaluate(() => pageScript.violations)).toContain('connect-src')
})

test('a navigation that the page begins can be prevented', async ({ app, page }) => {
  await page.getByRole('link', { name: 'leave' }).click()
  await expect
    .poll(() => app.evaluate(() => contract.record))
    .toContainEqual(['will-navigate', 'https://leave.example/'])
  await page.evaluate(() => {
    location.href = 'https://leave.example/by-script'
  })
  await expect
    .poll(() => app.evaluate(() => contract.record))
    .toContainEqual(['will-navigate', 'https://leave.example/by-script'])
  await expect(page.getByRole('heading')).toHaveText('Host Contract')
})

test('loadURL and reload are not asked about', async ({ app, page }) => {
  await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    await new Promise<void>(resolve => {
      contents?.once('did-finish-load', () => resolve())
      contents?.reload()
    })
  })
  await expect(page.getByRole('heading')).toHaveText('Host Contract')
  expect(
    await app.evaluate(() => contract.record.filter(([what]: [string]) => what === 'will-navigate')),
  ).toEqual([])
})

test('a window that the page opens is asked about and can be denied', async ({ app, page }) => {
  await page.evaluate(() => {
    window.open('https://popup.example/by-script')
  })
  await page.getByRole('link', { name: 'open' }).click()
  await expect
    .poll(() => app.evaluate(() => contract.record.filter(([what]: [string]) => what === 'window-open')))
    .toEqual([
      ['window-open', 'https://popup.example/by-script'],
      ['window-open', 'https://popup.example/'],
    ])
  await expect.poll(() => app.windows().length).toBe(1)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('loading what nobody serves rejects with the code of the error', async ({ app }) => {
  const error = await app.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({ show: false })
    const failed = new Promise(resolve =>
      window.webContents.once('did-fail-load', (_event, ...details) => resolve(details.slice(0, 2))),
    )
    const rejected = await window.loadURL('http://127.0.0.1:1/').catch(({ code, errno }) => [errno, code])
    return [rejected, await failed]
  })
  expect(error[0]).toEqual(error[1])
})

test('a denied permission is denied', async ({ page }) => {
  const asked = await page.evaluate(async () => ({
    notifications: await Notification.requestPermission(),
    geolocation: await new Promise(resolve =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        ({ code }) => resolve(code),
      ),
    ),
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      ({ name }) => name,
    ),
  }))
  expect(asked.notifications).toBe('denied')
  expect(asked.geolocation).toBe(1)
  expect(['NotAllowedError', 'NotFoundError']).toContain(asked.camera)
})

test('the permission handler decides', { tag: '@electron' }, async ({ app, page }) => {
  test.skip(isStandIn(), 'Chromium cannot ask: every permission is denied')
  await app.evaluate(({ session }) =>
    session.defaultSession.setPermissionRequestHandler((_page, permission, reply) => {
      contract.record.push(['permission', permission])
      reply(true)
    }),
  )
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('granted')
  expect(await app.evaluate(() => contract.record)).toContainEqual(['permission', 'notifications'])
})

test('a crashed renderer is reported, and reloading brings the page back', async ({ app }) => {
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  await expect
    .poll(() =>
      app.evaluate(() => contract.record.filter(([what]: [string]) => what === 'render-process-gone').length),
    )
    .toBe(1)
  const title = await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    await new Promise<void>(resolve => {
      contents?.once('did-finish-load', () => resolve())
      contents?.reload()
    })
    return contents?.executeJavaScript('[document.title, typeof contractBridge]')
  })
  expect(title).toEqual(['Host Contract', 'object'])
})

test('zoom makes the page larger', async ({ app, page }) => {
  const width = () => page.evaluate(() => innerWidth)
  const before = await width()
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(2))
  await expect.poll(width).toBe(Math.round(before / 2))
  expect(await page.evaluate(() => devicePixelRatio)).toBe(2)
})

test('a right click that the page leaves alone is reported with what it hit', async ({ app, page }) => {
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.on('context-menu', (_event, { linkURL, isEditable }) =>
      contract.record.push(['context-menu', linkURL, isEditable]),
    )
  })
  await page.getByRole('link', { name: 'leave' }).click({ button: 'right' })
  await expect
    .poll(() => app.evaluate(() => contract.record.at(-1)))
    .toEqual(['context-menu', 'https://leave.example/', false])
})
