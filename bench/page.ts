import type { Page } from 'playwright'
import { type Benchmark, inFolder, inTurns, ratioRow } from './harness.ts'
import { launchOurs, launchPeer, startDemo } from './programs.ts'

const ROUNDS = 15

type Metric = 'ScriptDuration' | 'JSHeapUsedSize'

/** Chromium's own figures of a page. */
async function metricsOf(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  return {
    async read(name: Metric): Promise<number> {
      const { metrics } = await session.send('Performance.getMetrics')
      return metrics.find(metric => metric.name === name)?.value ?? Number.NaN
    },
    /** Bytes that are reachable. */
    async heap(): Promise<number> {
      await session.send('HeapProfiler.collectGarbage')
      return this.read('JSHeapUsedSize')
    },
  }
}

/** Our page against an empty one: script time of a warm load, and the heap with an answer on the screen. */
export const page: Benchmark = {
  name: 'page',
  measure: () =>
    inFolder(folder =>
      inFolder(async peerFolder => {
        const ours = await launchOurs(folder)
        const peer = await launchPeer(peerFolder)
        try {
          await startDemo(ours)
          const oursMetrics = await metricsOf(ours.page)
          const peerMetrics = await metricsOf(peer.page)
          const reloaded =
            (page: Page, metrics: typeof oursMetrics, isReady: () => Promise<unknown>) =>
            async (): Promise<number> => {
              await page.reload()
              await isReady()
              // Chromium counts ScriptDuration from the navigation on.
              return (await metrics.read('ScriptDuration')) * 1000
            }
          const scripts = await inTurns(
            ROUNDS,
            reloaded(ours.page, oursMetrics, () =>
              ours.page.waitForFunction(() => document.querySelector('search textarea:not([inert] *)')),
            ),
            reloaded(peer.page, peerMetrics, () =>
              peer.page.waitForFunction(() => document.querySelector('button')),
            ),
          )

          await ours.page.getByRole('search').getByRole('textbox').fill('09012345678')
          await ours.page.keyboard.press('Enter')
          await ours.page.getByRole('slider').waitFor()
          const MB = 1024 * 1024
          const heaps = await inTurns(
            5,
            async () => (await oursMetrics.heap()) / MB,
            async () => (await peerMetrics.heap()) / MB,
          )
          return [
            ratioRow({
              what: 'script time of the page, warm',
              ...scripts,
              unit: 'ms',
              peer: 'an empty React page',
              atMost: 3,
            }),
            ratioRow({
              what: 'JavaScript heap of the page after a lookup',
              ...heaps,
              unit: 'MB',
              peer: 'an empty React page',
              atMost: 1.8,
            }),
          ]
        } finally {
          await ours.app.close()
          await peer.app.close()
        }
      }),
    ),
}
