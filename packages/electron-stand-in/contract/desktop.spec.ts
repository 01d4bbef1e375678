import { expect, test } from './launch.ts'

const onePixel =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

test.describe('the clipboard', () => {
  test('gives back the text that was written, once the promise has resolved', async ({ app }) => {
    expect(
      await app.evaluate(async ({ clipboard }) => {
        await clipboard.writeText('090-1234-5678 は使用可能')
        return [
          await clipboard.readText(),
          await clipboard.has('text/plain'),
          await clipboard.has('image/png'),
        ]
      }),
    ).toEqual(['090-1234-5678 は使用可能', true, false])
  })

  test('takes the bytes of a text as they are given, line ends too', async ({ app }) => {
    const written = 'LF\nCR LF\r\nend'
    expect(
      await app.evaluate(async ({ clipboard, ClipboardItem }, text) => {
        await clipboard.write([new ClipboardItem({ 'text/plain': text })])
        return clipboard.readText()
      }, written),
    ).toBe(written)
  })

  test('holds one content in several formats', async ({ app }) => {
    const read = await app.evaluate(async ({ clipboard, ClipboardItem, nativeImage }, base64) => {
      const png = new Blob([Buffer.from(base64, 'base64')], { type: 'image/png' })
      await clipboard.write([
        new ClipboardItem({ 'text/plain': 'plain', 'text/html': '<b>rich</b>', 'image/png': png }),
      ])
      const [item] = await clipboard.read()
      const image = Buffer.from(
        (await (await item?.getType('image/png'))?.arrayBuffer()) ?? new ArrayBuffer(0),
      )
      return {
        types: item?.types.filter(type => type.includes('/')).sort(),
        text: await clipboard.readText(),
        html: await (await item?.getType('text/html'))?.text(),
        size: nativeImage.createFromBuffer(image).getSize(),
      }
    }, onePixel)
    expect(read.types).toEqual(expect.arrayContaining(['image/png', 'text/html', 'text/plain']))
    expect(read.text).toBe('plain')
    expect(read.html).toContain('<b>rich</b>')
    expect(read.size).toEqual({ width: 1, height: 1 })
  })

  test('forgets what was there before a write, and everything when cleared', async ({ app }) => {
    expect(
      await app.evaluate(async ({ clipboard, ClipboardItem }) => {
        await clipboard.write([new ClipboardItem({ 'text/plain': 'a', 'text/html': '<i>a</i>' })])
        await clipboard.writeText('b')
        const html = await clipboard.has('text/html')
        clipboard.clear()
        return [html, await clipboard.readText()]
      }),
    ).toEqual([false, ''])
  })
})

test('the theme source switches prefers-color-scheme and tells of it', async ({ app, page }) => {
  const dark = () => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)
  for (const theme of ['dark', 'light', 'dark'] as const) {
    const told = await app.evaluate(async ({ nativeTheme }, source) => {
      const updated = new Promise<boolean>(resolve =>
        nativeTheme.once('updated', () => resolve(nativeTheme.shouldUseDarkColors)),
      )
      nativeTheme.themeSource = source
      return [await updated, nativeTheme.themeSource]
    }, theme)
    expect(told).toEqual([theme === 'dark', theme])
    await expect.poll(dark).toBe(theme === 'dark')
  }
})

test('the theme also reaches a document that is loaded later', async ({ app, page }) => {
  await app.evaluate(({ nativeTheme }) => {
    nativeTheme.themeSource = 'dark'
  })
  await page.reload()
  expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true)
})

test('clicking a menu item calls its handler with the item', async ({ app }) => {
  const clicked = await app.evaluate(({ Menu }) => {
    Menu.getApplicationMenu()?.getMenuItemById('greet')?.click()
    return contract.record.at(-1)
  })
  expect(clicked).toEqual(['clicked', 'greet'])
})

test('a menu item reaches the app although the page has a dialog open: the menu knows nothing of it', async ({
  app,
  page,
}) => {
  await page.evaluate(() => {
    const dialog = document.createElement('dialog')
    document.body.append(dialog)
    dialog.showModal()
  })
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('greet')?.click())
  expect(await app.evaluate(() => contract.record.at(-1))).toEqual(['clicked', 'greet'])
})

test('a checkbox in a menu flips when it is clicked', async ({ app }) => {
  expect(
    await app.evaluate(({ Menu }) => {
      const menu = Menu.buildFromTemplate([{ id: 'wrap', label: 'Wrap', type: 'checkbox', click: () => {} }])
      const item = menu.getMenuItemById('wrap')
      const before = item?.checked
      item?.click()
      return [before, item?.checked, menu.getMenuItemById('none')]
    }),
  ).toEqual([false, true, null])
})

test('a window that is hidden, shown or resized says so', async ({ app }) => {
  const told = await app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (!window) throw new Error('there is a window')
    const heard: unknown[] = []
    window.on('hide', () => heard.push(['hide', window.isVisible()]))
    window.on('show', () => heard.push(['show', window.isVisible()]))
    const resized = new Promise<void>(resolve => window.once('resize', () => resolve()))
    window.hide()
    window.show()
    window.setSize(700, 500)
    await resized
    return [heard, window.getSize()]
  })
  expect(told).toEqual([
    [
      ['hide', false],
      ['show', true],
    ],
    [700, 500],
  ])
})

test('a minimised window says so, and comes back when it is restored', async ({ app }) => {
  const told = await app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (!window) throw new Error('there is a window')
    const heard = (event: 'minimize' | 'restore') =>
      new Promise<void>(resolve => window.once(event as 'minimize', () => resolve()))
    const [minimised, restored] = [heard('minimize'), heard('restore')]
    window.minimize()
    await minimised
    const states = [window.isMinimized()]
    window.restore()
    await restored
    return [...states, window.isMinimized()]
  })
  expect(told).toEqual([true, false])
})

test('an app may listen for the click in the Dock, which only macOS has', async ({ app }) => {
  const heard = await app.evaluate(({ app: electron }) => {
    let times = 0
    electron.once('activate', () => {
      times += 1
    })
    electron.emit('activate')
    return times
  })
  expect(heard).toBe(1)
})

test('a captured page is an image of it', async ({ app }) => {
  const size = await app.evaluate(async ({ BrowserWindow }) => {
    const image = await BrowserWindow.getAllWindows()[0]?.webContents.capturePage()
    return [image?.isEmpty(), image?.getSize().width]
  })
  expect(size[0]).toBe(false)
  expect(size[1]).toBeGreaterThan(0)
})
