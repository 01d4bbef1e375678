import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { systemClock } from '../src/main/clock.ts'
import { startSimulator } from '../src/main/demo/carrier-simulator.ts'
import { ticketPresetIds } from '../src/ticket/presets.ts'
import { familyOf, filesUnder, foundIn } from './canary.ts'
import { clipboardOf } from './clipboard.ts'
import { coolDownAndASecond, expect, test } from './fixtures.ts'
import { runCommand } from './run-command.ts'
import { scenes } from './scenes.ts'
import { FirstRun } from './screens/first-run.ts'
import { MainWindow } from './screens/main-window.ts'
import { Settings } from './screens/settings.ts'

/**
 * Uses the whole program with a key and numbers that occur nowhere else. Afterwards the numbers are only
 * where they belong, and the key is nowhere.
 */

// Contains characters that each encoding escapes differently.
const KEY = `CANARY/${randomBytes(9).toString('hex')}+%=&"\\Q`
const LINE = '08055512340'
const FAILED = '09000000211'
const OTHER = '08011112222'

/** All that the heap of the page holds. */
async function heapOf(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void chunks.push(chunk))
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  await session.detach()
  return Buffer.from(chunks.join(''))
}

/** The arguments and the environment of the program's own processes. */
function processesOf(app: ElectronApplication): Buffer {
  const parts = familyOf(app.process().pid ?? 0).flatMap(pid =>
    ['cmdline', 'environ'].map(name => {
      try {
        return readFileSync(`/proc/${pid}/${name}`)
      } catch {
        return Buffer.alloc(0)
      }
    }),
  )
  return Buffer.concat(parts)
}

/** Answers every save dialog with a file of the suggested name in a folder. */
const saveInto = (app: ElectronApplication, folder: string) =>
  app.evaluate(({ dialog }, folder) => {
    dialog.showSaveDialog = async (...args: unknown[]) => {
      const { defaultPath } = args.at(-1) as { defaultPath: string }
      return { canceled: false, filePath: `${folder}/${defaultPath}` }
    }
  }, folder)

/** Crashes the page and waits until it is loaded again. */
const crashPage = (app: ElectronApplication) =>
  app.evaluate(async ({ BrowserWindow }) => {
    const page = BrowserWindow.getAllWindows()[0]?.webContents
    await new Promise<void>(resolve => {
      page?.once('did-finish-load', () => resolve())
      page?.forcefullyCrashRenderer()
    })
  })

const typeKey = async (page: Page, settings: Settings, key: string) => {
  await settings.keyField.focus()
  // Inserted as typed text, so that the test itself leaves no copy of the key in the page.
  await page.keyboard.insertText(key)
  await settings.sheet.getByRole('button', { name: /キーを(保存|更新)/ }).click()
  await settings.keyStatus.filter({ hasText: '保存済み' }).waitFor()
}

for (const asksWith of ['a typed authKey', 'an OEM key'] as const)
  test(`14: a marked key is in no file, no log, no dump, no export, no ticket, no argument and no variable (${asksWith})`, async ({
    launch,
    userData,
  }) => {
    test.setTimeout(180_000)
    const oem = asksWith === 'an OEM key' ? { id: 'OEM-1', key: KEY } : null
    const simulator = await startSimulator({
      port: 0,
      authKey: oem ? 'NOBODY' : KEY,
      ...(oem && { oem }),
      clock: systemClock,
      latency: 0,
    })
    /** What was typed, and what was obtained with it. */
    const secrets = () => [KEY, ...simulator.issuedKeys]
    try {
      const { app, page } = await launch()
      let printed = ''
      for (const stream of [app.process().stdout, app.process().stderr])
        stream?.on('data', data => (printed += data))
      const main = new MainWindow(page)
      const settings = new Settings(page)
      const exports = join(userData, 'exports')
      mkdirSync(exports)
      await saveInto(app, exports)

      await new FirstRun(page).setUpOperator({
        name: 'Operator',
        host: simulator.url,
        oemId: oem?.id ?? null,
      })
      await typeKey(page, settings, KEY)
      await settings.close()
      await page.evaluate(async account => {
        const state = await window.bridge.appState()
        if (!state.ok || state.value.current === null) throw new Error('no profile')
        await window.bridge.saveProfile({ ...state.value.current.profile, cooldownSeconds: 1 })
        await window.bridge.saveAccount({
          account: { kind: 'line', id: account },
          label: '山田',
          note: 'メモ',
          pinned: true,
        })
      }, LINE)
      await page.reload()

      // Good, failed, and refused because of the key, which a carrier may repeat in its answer.
      await main.lookUp(LINE)
      await expect(main.result).toBeVisible()
      expect(simulator.requests[0]?.body).toContain(JSON.stringify(KEY))
      await main.lookUp(FAILED)
      await expect(main.failure).toBeVisible()
      // A key that has ended is renewed, and both replies are kept.
      simulator.endKeys()
      await coolDownAndASecond(page)
      await main.lookUp(OTHER)
      await expect(main.result).toHaveAttribute('data-account', OTHER)
      if (oem) expect(simulator.issuedKeys).toHaveLength(2)
      await main.lookUp(LINE)
      await expect(main.result).toBeVisible()

      const tickets: string[] = []
      for (const template of ['full', 'short', 'handOver', 'escalation']) {
        for (const preset of ticketPresetIds) {
          await page.getByLabel('貼り付け先').selectOption(preset)
          const templates = page.getByLabel('テンプレート', { exact: true })
          if (await templates.isVisible()) await templates.selectOption(template)
          await runCommand(page, 'copy-ticket')
          await expect(main.notices.locator('[data-kind="copied"]').last()).toBeVisible()
          tickets.push(JSON.stringify(await clipboardOf(app)))
        }
      }
      await page.getByLabel('貼り付け先').selectOption('text')
      for (const scene of scenes) {
        if (
          [
            'line',
            'group',
            'blacklisted',
            'failure',
            'several',
            'hide-numbers',
            'ticket-rendered',
            'ticket-source',
          ].includes(scene.name)
        )
          continue
        await main.lookUp(LINE)
        await expect(main.result).toBeVisible()
        await scene.open(main)
        await scene.close(main)
      }
      const exported = await page.evaluate(async account => {
        const done = [
          await window.bridge.exportSavedAccounts(),
          await window.bridge.exportSettings(),
          await window.bridge.exportLookups({ kind: 'account', account: { kind: 'line', id: account } }),
          await window.bridge.exportLookups({ kind: 'shift' }),
          await window.bridge.rawReply(1),
          await window.bridge.appState(),
        ]
        return JSON.stringify(done)
      }, LINE)
      expect(JSON.parse(exported).every((one: { ok: boolean }) => one.ok)).toBe(true)

      const out = Buffer.from(tickets.join('\n') + exported + printed)
      for (const secret of secrets()) expect(foundIn(out, secret)).toEqual([])
      expect(tickets.join('\n')).toContain('080-5551-2340')
      if (process.platform === 'linux') {
        const processes = processesOf(app)
        expect(processes.length).toBeGreaterThan(1_000)
        for (const secret of [...secrets(), LINE, '080-5551-2340'])
          expect(foundIn(processes, secret), 'arguments and environment').toEqual([])
      }

      // A page that crashes leaves no dump with the key in it.
      await crashPage(app)
      await app.close()

      const files = filesUnder(userData)
      const names = (text: string) =>
        files
          .filter(file => foundIn(readFileSync(file), text).length > 0)
          .map(file => relative(userData, file))
      for (const secret of secrets()) expect(names(secret)).toEqual([])
      // Shows that the search works: it finds the number where it belongs, and nowhere else.
      expect(names(LINE)).toContain('traffic-desk.sqlite')
      for (const number of [LINE, '080-5551-2340']) {
        const elsewhere = names(number).filter(name => !/^(?:traffic-desk\.sqlite|exports[/\\])/.test(name))
        expect(elsewhere).toEqual([])
      }
      expect(names('080-5551-2340')).toContain(join('exports', '080-5551-2340 lookups.csv'))
      const logs = files.filter(file => file.includes('logs'))
      expect(logs).toHaveLength(1)
      const log = logs.map(file => readFileSync(file, 'utf8')).join('')
      expect(log).toContain('"account":"080-****-2340"')
      expect(log).toContain('"event":"page-gone"')
      for (const number of [LINE, '080-5551-2340', FAILED]) expect(log).not.toContain(number)
    } finally {
      await simulator.stop()
    }
  })

test('15: the heap of the page does not hold a key that was saved, replaced or refused', async ({
  launch,
}) => {
  const simulator = await startSimulator({ port: 0, authKey: KEY, clock: systemClock, latency: 0 })
  try {
    const { page } = await launch()
    const main = new MainWindow(page)
    const settings = new Settings(page)
    await new FirstRun(page).setUpOperator({ name: 'Operator', host: simulator.url })
    // Refused, because a key has no spaces. The text stays in its field to be corrected, and nowhere else.
    await settings.keyField.focus()
    await page.keyboard.insertText(`${KEY} OLD`)
    await page.keyboard.press('Enter')
    await expect(settings.sheet.getByRole('alert')).toHaveAttribute('data-code', 'KEY_MALFORMED')
    await page.keyboard.press('ControlOrMeta+a')
    await typeKey(page, settings, `${KEY}-OLD`)
    await typeKey(page, settings, KEY)
    await settings.close()
    await main.lookUp(LINE)
    await expect(main.result).toBeVisible()
    const heap = await heapOf(page)
    expect(foundIn(heap, LINE), 'the page knows the number').toContain('utf8')
    expect(foundIn(heap, KEY)).toEqual([])
  } finally {
    await simulator.stop()
  }
})

test('the search finds a text however it is written', () => {
  const bytes = Buffer.from(KEY)
  for (const written of [
    bytes,
    Buffer.from(KEY, 'utf16le'),
    Buffer.from(bytes.toString('hex')),
    Buffer.from(encodeURIComponent(KEY)),
    Buffer.from(JSON.stringify({ KEY })),
    ...[0, 1, 2].map(before =>
      Buffer.from(Buffer.concat([Buffer.alloc(before, 'x'), bytes, Buffer.from('tail')]).toString('base64')),
    ),
    ...[0, 1, 2].map(before =>
      Buffer.from(
        Buffer.concat([Buffer.alloc(before, 'x'), bytes, Buffer.from('tail')]).toString('base64url'),
      ),
    ),
  ]) {
    expect(foundIn(Buffer.concat([Buffer.from('before '), written, Buffer.from(' after')]), KEY)).not.toEqual(
      [],
    )
  }
  expect(foundIn(Buffer.from('nothing of the kind'), KEY)).toEqual([])
})
