import { newProfile } from '../src/contract/profile-defaults.ts'
import { createBareRequest } from './bare-request.ts'
import { type Benchmark, inFolder, limitRow, median, percentile } from './harness.ts'
import { CARRIER_KEY, launchOurs, startCarrier } from './programs.ts'

const LOOKUPS = 25
const LATENCY_MS = 50
const COOL_DOWN_MS = 1_000

const accountOf = (at: number) => `0805000${String(at).padStart(4, '0')}`

/** From the click to the frame with the figures, less the time of a bare request to the same carrier. */
export const lookup: Benchmark = {
  name: 'lookup',
  measure: () =>
    inFolder(async userData => {
      const carrier = await startCarrier(LATENCY_MS)
      const bare = createBareRequest(carrier.url)
      const { app, page } = await launchOurs(userData)
      try {
        const draft = newProfile({ name: 'Bench', carrier: { kind: 'host', origin: carrier.url } })
        await page.evaluate(
          async ([draft, authKey]) => {
            await window.bridge.saveProfile({ ...draft, cooldownSeconds: 1, budgetPerHour: 120 })
            await window.bridge.saveAuthKey({ authKey, forThisRun: true })
          },
          [draft, CARRIER_KEY] as const,
        )
        await page.reload()
        await page.getByRole('search').waitFor()

        const ours: number[] = []
        const bares: number[] = []
        for (let at = 0; at <= LOOKUPS; at++) {
          const account = accountOf(at)
          await page.getByRole('search').getByRole('textbox').fill(account)
          const painted = page.evaluate(
            account =>
              new Promise<number>(resolve => {
                let from = 0
                document.addEventListener('click', () => (from = performance.now()), {
                  capture: true,
                  once: true,
                })
                const observer = new MutationObserver(() => {
                  if (document.querySelector(`article[data-account="${account}"]`) === null) return
                  observer.disconnect()
                  // After the frame that paints it.
                  requestAnimationFrame(() => {
                    const { port1, port2 } = new MessageChannel()
                    port1.onmessage = () => resolve(performance.now() - from)
                    port2.postMessage(null)
                  })
                })
                observer.observe(document.body, { childList: true, subtree: true, attributes: true })
              }),
            account,
          )
          await page.getByRole('search').getByRole('button').click()
          const time = await painted
          const bareTime = await bare.time(account)
          // The first request of each opens its connection and is not counted.
          if (at > 0) {
            ours.push(time)
            bares.push(bareTime)
          }
          await page.waitForTimeout(COOL_DOWN_MS + 50)
        }
        const peer = `bare request(): ${median(bares).toFixed(1)} ms`
        return [
          limitRow({
            what: 'one lookup, click to painted figures, over the bare request (median)',
            value: median(ours) - median(bares),
            unit: 'ms',
            atMost: 35,
            peer,
          }),
          limitRow({
            what: 'the same (95 %)',
            value: percentile(ours, 0.95) - percentile(bares, 0.95),
            unit: 'ms',
            atMost: 60,
            peer: `bare request(): ${percentile(bares, 0.95).toFixed(1)} ms`,
          }),
        ]
      } finally {
        await app.close()
        await bare.close()
        await carrier.stop()
      }
    }),
}
