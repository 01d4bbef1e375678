import { type Benchmark, inFolder, median, type Row } from './harness.ts'
import { launchPeer } from './programs.ts'

/** The chart's own configuration, drawn and rastered, against a bar chart with nothing in it; on the empty page. */
export const chart: Benchmark = {
  name: 'chart',
  measure: () =>
    inFolder(async userData => {
      const { app, page } = await launchPeer(userData)
      try {
        const rows: Row[] = []
        for (const days of [7, 30, 365]) {
          const times = await page.evaluate(
            days =>
              (
                window as unknown as {
                  timeCharts(days: number): Promise<{ ours: number[]; empty: number[] }>
                }
              ).timeCharts(days),
            days,
          )
          const ratio = median(times.ours) / median(times.empty)
          rows.push({
            what: `chart: ${days} days to painted`,
            measure: `${median(times.ours).toFixed(2)} ms`,
            peer: `an empty bar chart: ${median(times.empty).toFixed(2)} ms`,
            ratio: ratio.toFixed(2),
            aim: days === 30 ? 'ratio at most 1.5' : 'reported',
            holds: days === 30 ? ratio <= 1.5 : null,
          })
        }
        return rows
      } finally {
        await app.close()
      }
    }),
}
