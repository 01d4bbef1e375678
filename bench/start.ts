import { type Benchmark, inFolder, inTurns, ratioRow } from './harness.ts'
import { launchOurs, openOurs, openPeer, type Program, saveLines, startDemo } from './programs.ts'

const ROUNDS = 9

/** Milliseconds from the spawn: when the page first painted something, and when it could be worked with. */
interface Start {
  readonly painted: number
  readonly interactive: number
}

/** @param ready a CSS selector of what can be worked with; the page tells itself, and a test's questions don't keep it waiting */
async function started(launch: () => Promise<Program>, ready: string): Promise<Start> {
  const from = Date.now()
  const { app, page } = await launch()
  try {
    const interactive = await page.waitForFunction(
      selector => document.querySelector(selector) !== null && performance.timeOrigin + performance.now(),
      ready,
    )
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
    return { painted: painted - from, interactive: Number(await interactive.jsonValue()) - from }
  } finally {
    await app.close()
  }
}

/** A field that can be typed into, not that of the document's first frame. */
const OUR_FIELD = 'search textarea:not([inert] *)'

/** How many lines a desk may have saved. */
const MANY_LINES = 10_000

/** A program's data with the demo's profile and so many saved lines. */
async function prepare(folder: string, lines: number): Promise<void> {
  const first = await launchOurs(folder)
  await startDemo(first)
  if (lines > 0) await saveLines(first.page, lines)
  await first.app.close()
}

/** A start with a program that has been used before, against the template's, and against one with many saved lines. */
export const start: Benchmark = {
  name: 'start',
  measure: () =>
    inFolder(folder =>
      inFolder(peerFolder =>
        inFolder(async fullFolder => {
          await prepare(folder, 0)
          await prepare(fullFolder, MANY_LINES)
          const painted = { ours: [] as number[], peers: [] as number[] }
          const interactive = await inTurns(
            ROUNDS,
            async () => {
              const ours = await started(() => openOurs(folder), OUR_FIELD)
              painted.ours.push(ours.painted)
              return ours.interactive
            },
            async () => {
              const peer = await started(() => openPeer(peerFolder), 'button')
              painted.peers.push(peer.painted)
              return peer.interactive
            },
          )
          const full = await inTurns(
            ROUNDS,
            async () => (await started(() => openOurs(fullFolder), OUR_FIELD)).interactive,
            async () => (await started(() => openOurs(folder), OUR_FIELD)).interactive,
          )
          const common = { unit: 'ms', peer: 'the React template' }
          return [
            ratioRow({
              what: 'start: spawn to first paint',
              ours: painted.ours.slice(1),
              peers: painted.peers.slice(1),
              ...common,
              atMost: 1.05,
            }),
            ratioRow({ what: 'start: spawn to interactive', ...interactive, ...common, atMost: 1.1 }),
            ratioRow({
              what: `start: spawn to interactive with ${MANY_LINES.toLocaleString('en-US')} saved lines`,
              ...full,
              unit: 'ms',
              peer: 'none saved',
              atMost: 1.1,
            }),
          ]
        }),
      ),
    ),
}
