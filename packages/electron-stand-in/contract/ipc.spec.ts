import { expect, test } from './launch.ts'

test('the preload exposes a frozen API before any script of the page runs', async ({ page }) => {
  const api = await page.evaluate(() => {
    const descriptor = Object.getOwnPropertyDescriptor(window, 'contractBridge')
    return {
      seenByFirstScript: pageScript.bridge,
      replaceable: descriptor?.writable || descriptor?.configurable,
      frozen: Object.isFrozen(contractBridge) && Object.isFrozen(contractBridge.nested.list),
      values: [contractBridge.version, contractBridge.nested],
    }
  })
  expect(api).toEqual({
    seenByFirstScript: 'object',
    replaceable: false,
    frozen: true,
    values: [1, { list: [1, 2] }],
  })
})

test("the preload's own globals stay in its world", async ({ page }) => {
  expect(
    await page.evaluate(() => [
      typeof Reflect.get(window, 'onlyInThePreload'),
      typeof Reflect.get(window, 'require'),
    ]),
  ).toEqual(['undefined', 'undefined'])
})

test('functions cross the bridge in both directions', async ({ page }) => {
  const results = await page.evaluate(() => [
    contractBridge.twice((n: number) => n * 10),
    contractBridge.adder(1)(2),
  ])
  expect(results).toEqual([[10, 20], 3])
})

test('promises and errors cross the bridge', async ({ page }) => {
  const results = await page.evaluate(async () => [
    await contractBridge.later({ deep: [1] }),
    await contractBridge.laterFails().catch((error: Error) => [error instanceof Error, error.message]),
    (() => {
      try {
        return contractBridge.fails()
      } catch (error) {
        return [error instanceof Error, (error as Error).message]
      }
    })(),
  ])
  expect(results).toEqual([{ deep: [1] }, [true, 'later failed'], [true, 'failed at once']])
})

test('invoke carries what structured clone carries', async ({ page }) => {
  const lost = await page.evaluate(async () => {
    const shared = { name: 'shared' }
    const sent = {
      date: new Date(86_400_000),
      map: new Map([['090', new Set([1, 2])]]),
      bytes: new Uint8Array([1, 255]),
      big: 2n ** 70n,
      numbers: [-0, Number.NaN, Number.POSITIVE_INFINITY],
      missing: undefined,
      pattern: /a+/gi,
      error: new RangeError('too far'),
      left: shared,
      right: shared,
    }
    const [back] = await contractBridge.invoke('echo', sent)
    const checks: Record<string, boolean> = {
      date: back.date instanceof Date && back.date.getTime() === 86_400_000,
      map: back.map instanceof Map && back.map.get('090').has(2),
      bytes: back.bytes instanceof Uint8Array && back.bytes[1] === 255,
      big: back.big === 2n ** 70n,
      minusZero: Object.is(back.numbers[0], -0),
      notANumber: Number.isNaN(back.numbers[1]),
      infinity: back.numbers[2] === Number.POSITIVE_INFINITY,
      missing: 'missing' in back && back.missing === undefined,
      pattern: String(back.pattern) === '/a+/gi',
      error: back.error instanceof Error && back.error.message === 'too far',
    }
    return Object.keys(checks).filter(name => !checks[name])
  })
  expect(lost).toEqual([])
})

test('invoke refuses what cannot be cloned, in both directions', async ({ page }) => {
  const messages = await page.evaluate(async () => {
    const messageOf = (promise: Promise<unknown>) => promise.then(String, (error: Error) => error.message)
    // A function would become a proxy on the bridge and be refused by IPC there.
    return [
      await messageOf(contractBridge.invoke('echo', () => 1)),
      await messageOf(contractBridge.invoke('uncloneable')),
    ]
  })
  expect(messages[0]).toBe('An object could not be cloned.')
  expect(messages[1]).toContain(
    "Error invoking remote method 'uncloneable': Error: An object could not be cloned.",
  )
})

test("a handler's error arrives as text", async ({ page }) => {
  const message = await page.evaluate(() =>
    contractBridge.invoke('fail').catch((error: Error) => error.message),
  )
  expect(message).toBe("Error invoking remote method 'fail': TypeError: no such line")
})

test('invoking a channel without a handler rejects', async ({ page }) => {
  const message = await page.evaluate(() =>
    contractBridge.invoke('nobody').catch((error: Error) => error.message),
  )
  expect(message).toBe("Error invoking remote method 'nobody': Error: No handler registered for 'nobody'")
})

test('a second handler for a channel is refused', async ({ app }) => {
  const message = await app.evaluate(({ ipcMain }) => {
    try {
      ipcMain.handle('echo', () => {})
      return 'accepted'
    } catch (error) {
      return (error as Error).message
    }
  })
  expect(message).toBe("Attempted to register a second handler for 'echo'")
})

test('the sender of a message is the top frame of the window that sent it', async ({ page }) => {
  expect(await page.evaluate(() => contractBridge.invoke('sender'))).toEqual({
    url: 'app://contract/index.html',
    parent: null,
    isTop: true,
    isMainFrame: true,
    windows: 1,
  })
})

test('send reaches the main process, and webContents.send the preload', async ({ app, page }) => {
  await page.evaluate(() => contractBridge.send('told', 'a', 1))
  await expect.poll(() => app.evaluate(() => contract.record.at(-1))).toEqual(['told', 'a', 1])

  await page.evaluate(() => {
    Reflect.set(window, 'heard', [])
    Reflect.set(
      window,
      'stop',
      contractBridge.on('news', (...args: unknown[]) => Reflect.get(window, 'heard').push(args)),
    )
  })
  const tell = (text: string) =>
    app.evaluate(
      ({ BrowserWindow }, word) => BrowserWindow.getAllWindows()[0]?.webContents.send('news', word, 1),
      text,
    )
  await tell('first')
  await expect.poll(() => page.evaluate(() => Reflect.get(window, 'heard'))).toEqual([['first', 1]])
  await page.evaluate(() => Reflect.get(window, 'stop')())
  await tell('second')
  await page.evaluate(() => contractBridge.invoke('echo')) // Comes back after 'second' would have.
  expect(await page.evaluate(() => Reflect.get(window, 'heard'))).toEqual([['first', 1]])
})

test('a frame inside the page has no bridge', async ({ page }) => {
  const frame = page.frames().find(child => child.url().endsWith('frame.html'))
  await frame?.getByText('in the frame').waitFor()
  expect(
    await frame?.evaluate(() => [typeof Reflect.get(window, 'contractBridge'), pageScript.bridge]),
  ).toEqual(['undefined', 'undefined'])
})
