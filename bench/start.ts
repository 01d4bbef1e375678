import type { Page } from 'playwright'
import { type Benchmark, inFolder, inTurns, ratioRow } from './harness.ts'
import { launchOurs, launchPeer, type Program, startDemo } from './programs.ts'

const ROUNDS = 9

/** Milliseconds from the spawn: when the page first painted something, and when it could be worked with. */
interface Start {
  readonly painted: number
  readonly interactive: number
}

async function started(
  launch: () => Promise<Program>,
  isReady: (page: Page) => Promise<void>,
): Promise<Start> {
  const from = Date.now()
  const { app, page } = await launch()
  try {
    await isReady(page)
    const interactive = Date.now() - from
    const painted = await page.evaluate(
      () =>
        new Promise<number>(resolve => {
          new PerformanceObserver((list, observer) => {
            const first = list.getEntriesByName('first-contentful-paint')[0]
            if (first === undefined) return
            observer.disconnect()
            resolve(performance.timeOrigin + first.startTime)
          }).observe({ type: 'paint', buffered: true })
        }),
    )
    return { painted: painted - from, interactive }
  } finally {
    await app.close()
  }
}

/** A start with a program that has been used before, against the template's. */
export const start: Benchmark = {
  name: 'start',
  measure: () =>
    inFolder(folder =>
      inFolder(async peerFolder => {
        const first = await launchOurs(folder)
        await startDemo(first)
        await first.app.close()
        const painted = { ours: [] as number[], peers: [] as number[] }
        const interactive = await inTurns(
          ROUNDS,
          async () => {
            const ours = await started(
              () => launchOurs(folder),
              page => page.getByRole('search').waitFor(),
            )
            painted.ours.push(ours.painted)
            return ours.interactive
          },
          async () => {
            const peer = await started(
              () => launchPeer(peerFolder),
              page => page.getByRole('button').waitFor(),
            )
            painted.peers.push(peer.painted)
            return peer.interactive
          },
        )
        const common = { unit: 'ms', peer: 'the React template', atMost: 1.15 }
        return [
          ratioRow({
            what: 'start: spawn to first paint',
            ours: painted.ours.slice(1),
            peers: painted.peers.slice(1),
            ...common,
          }),
          ratioRow({ what: 'start: spawn to interactive', ...interactive, ...common }),
        ]
      }),
    ),
}
