import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron } from 'playwright'
import { root } from '../scripts/run.ts'
import { resolveElectron } from '../tools/electron-host/which.ts'

/** Keystroke to painted list, in milliseconds, with so many saved lines: each key of a few searches, typed for real. */
export async function searchRepaint(lines: number): Promise<readonly number[]> {
  const userData = mkdtempSync(join(tmpdir(), 'traffic-desk-bench-'))
  const app = await _electron.launch({
    executablePath: resolveElectron().executable,
    args: [root, `--user-data-dir=${userData}`, '--lang=ja'],
    cwd: root,
  })
  try {
    const page = await app.firstWindow()
    await page.locator('main').waitFor()
    await page.evaluate(async count => {
      await window.bridge.startDemo()
      await window.bridge.importLines(
        Array.from({ length: count }, (_, n) => ({
          account: `080${String(n * 7919)
            .padStart(8, '0')
            .slice(-8)}`,
          label: `顧客 ${n}`,
          note: n % 3 ? '平日の午前のみ' : '',
          pinned: n % 100 === 0,
        })),
      )
    }, lines)
    await page.reload()
    const field = page.getByRole('searchbox')
    await field.waitFor()
    await page.evaluate(() => {
      const times: number[] = []
      Object.assign(globalThis, { times })
      const field = document.querySelector('input[type=search]')
      let from = 0
      field?.addEventListener('beforeinput', () => {
        from = performance.now()
      })
      field?.addEventListener('input', () => {
        // After the frame that paints what this key changed.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => times.push(performance.now() - from)
          port2.postMessage(null)
        })
      })
    })
    for (const query of ['080-0001', '顧客 12', '午前', '5678']) {
      await field.fill('')
      await field.focus()
      for (const key of query) {
        await page.keyboard.insertText(key)
        await page.evaluate(() => new Promise(resolve => requestAnimationFrame(resolve)))
      }
    }
    return await page.evaluate(() => Reflect.get(globalThis, 'times') as number[])
  } finally {
    await app.close()
    rmSync(userData, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  }
}
