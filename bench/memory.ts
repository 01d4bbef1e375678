import type { ElectronApplication, Page } from 'playwright'
import { type Benchmark, inFolder, type Row } from './harness.ts'
import { launchOurs, startDemo } from './programs.ts'

/** V8 has compiled by then what a day uses. */
const FEW = 100
const HALF = 500
const MANY = 1_000
const MB = 1024 * 1024

/** Removes the built-in carrier's deliberate delay: a thousand delays would be six minutes of waiting. */
const answerAtOnce = (app: ElectronApplication) =>
  app.evaluate(() => {
    const { setTimeout } = globalThis
    globalThis.setTimeout = ((act: () => void, ms: number, ...rest: unknown[]) =>
      setTimeout(act, ms === 350 ? 0 : ms, ...rest)) as typeof setTimeout
  })

/** Looks lines up through the form, one after the other, and waits for each line's figures. */
const lookUp = (page: Page, from: number, count: number) =>
  page.evaluate(
    async ([from, count]) => {
      const field = document.querySelector<HTMLTextAreaElement>('search textarea')
      const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set
      if (field === null || set === undefined) throw new Error('no form')
      for (let at = from; at < from + count; at++) {
        const account = `0801${String(at).padStart(7, '0')}`
        await new Promise<void>(resolve => {
          const observer = new MutationObserver(() => {
            if (document.querySelector(`article[data-account="${account}"]`) === null) return
            observer.disconnect()
            resolve()
          })
          observer.observe(document.body, { childList: true, subtree: true, attributes: true })
          set.call(field, account)
          field.dispatchEvent(new Event('input', { bubbles: true }))
          field.form?.requestSubmit()
        })
      }
    },
    [from, count] as const,
  )

/** Memory in use after garbage collection: the page's heap and the main process's memory, in bytes. */
async function held({ app, page }: { app: ElectronApplication; page: Page }) {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  await session.detach()
  const main = await app.evaluate(() => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc')
    const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void
    collect()
    collect()
    return { rss: process.memoryUsage().rss, heap: process.memoryUsage().heapUsed }
  })
  return { page: metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN, ...main }
}

/** A long session: what a thousand lookups leave behind, against ten. */
export const memory: Benchmark = {
  name: 'memory',
  measure: () =>
    inFolder(async userData => {
      const program = await launchOurs(userData)
      try {
        await startDemo(program)
        await program.page.evaluate(async () => {
          const state = await window.bridge.appState()
          if (!state.ok || state.value.current === null) throw new Error('no profile')
          const { profile } = state.value.current
          await window.bridge.saveProfile({ ...profile, cooldownSeconds: 0, budgetPerHour: null })
        })
        await program.page.reload()
        await program.page.getByRole('search').waitFor()
        await answerAtOnce(program.app)
        await lookUp(program.page, 0, FEW)
        const few = await held(program)
        await lookUp(program.page, FEW, HALF - FEW)
        const half = await held(program)
        await lookUp(program.page, HALF, MANY - HALF)
        const many = await held(program)
        const row = (what: string, before: number, after: number, isBound: boolean): Row => {
          const growth = (after / before - 1) * 100
          const since = isBound ? FEW : HALF
          return {
            what: `memory after ${MANY.toLocaleString('en-US')} lookups: ${what}`,
            measure: `${(after / MB).toFixed(1)} MB`,
            peer: `after ${since}: ${(before / MB).toFixed(1)} MB`,
            ratio: (after / before).toFixed(3),
            aim: isBound ? 'growth at most 5 %' : 'reported',
            holds: isBound ? growth <= 5 : null,
          }
        }
        return [
          row('heap of the page', few.page, many.page, true),
          row('main process (RSS)', few.rss, many.rss, true),
          // By then V8 has compiled what it will compile: what still grows is a leak.
          row('heap of the page, second half', half.page, many.page, false),
          row('main process (heap in use), second half', half.heap, many.heap, false),
        ]
      } finally {
        await program.app.close()
      }
    }),
}
