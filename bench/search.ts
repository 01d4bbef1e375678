import { type Benchmark, inFolder, limitRow, percentile } from './harness.ts'
import { launchOurs, saveLines, startDemo } from './programs.ts'

/** Keystroke to painted list, in milliseconds, with so many saved lines: each key of a few searches, typed for real. */
const searchRepaint = (lines: number): Promise<readonly number[]> =>
  inFolder(async userData => {
    const { app, page } = await launchOurs(userData)
    try {
      await startDemo({ app, page })
      await saveLines(page, lines)
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
          // After the frame that paints what this key has found.
          const painted = () => {
            if (document.querySelector('nav [aria-busy=true]')) {
              requestAnimationFrame(painted)
              return
            }
            const { port1, port2 } = new MessageChannel()
            port1.onmessage = () => times.push(performance.now() - from)
            port2.postMessage(null)
          }
          requestAnimationFrame(painted)
        })
      })
      for (const query of ['080-1001', '顧客 12', '午前', '5678']) {
        await field.fill('')
        await field.focus()
        for (const key of query) {
          await page.keyboard.insertText(key)
          await page.waitForFunction(() => document.querySelector('nav [aria-busy=true]') === null)
        }
      }
      return await page.evaluate(() => Reflect.get(globalThis, 'times') as number[])
    } finally {
      await app.close()
    }
  })

export const search: Benchmark = {
  name: 'search',
  async measure() {
    const rows = []
    for (const lines of [100, 1_000, 10_000]) {
      rows.push(
        limitRow({
          what: `search in ${lines.toLocaleString('en-US')} saved lines, key to paint (95 %)`,
          value: percentile(await searchRepaint(lines), 0.95),
          unit: 'ms',
          atMost: 16,
          peer: 'one frame',
        }),
      )
    }
    return rows
  },
}
