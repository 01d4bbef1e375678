import { BarController, BarElement, CategoryScale, Chart, LinearScale } from 'chart.js'
import { barsOf } from '../../../../src/renderer/features/result/bars.ts'
import type { Colors } from '../../../../src/renderer/features/result/chart-colors.ts'
import { configuration } from '../../../../src/renderer/features/result/chart-configuration.ts'

Chart.register(BarController, BarElement, CategoryScale, LinearScale)

const ROUNDS = 120
const DAY_MS = 86_400_000
const NOW = Date.parse('2026-11-23T13:05:00+09:00')
const colors: Colors = {
  weekend: '#1f5fd1',
  bar: '#1e5bd2',
  stored: '#9aa4b2',
  limit: '#b3261e',
  text: '#4a5568',
  grid: '#e2e8f0',
  font: 'sans-serif',
}

/** Milliseconds from the call until the canvas can be read: laid out, drawn, and rastered. */
function timed(draw: (canvas: HTMLCanvasElement) => Chart<'bar', (number | null)[], string[]>): number {
  const box = document.createElement('div')
  box.style.cssText = 'width: 448px; height: 240px'
  const canvas = document.createElement('canvas')
  box.append(canvas)
  document.body.append(box)
  const from = performance.now()
  const chart = draw(canvas)
  canvas.getContext('2d')?.getImageData(0, 0, 1, 1)
  const time = performance.now() - from
  chart.destroy()
  box.remove()
  return time
}

/** In turns: the chart of so many days as the program draws it, and an empty one. */
export function timeCharts(days: number): { readonly ours: number[]; readonly empty: number[] } {
  const recent = Array.from({ length: days }, (_, at) => ({
    date: new Date(NOW - (at + 1) * DAY_MS).toISOString().slice(0, 10),
    daysBefore: at + 1,
    kb: (at * 7919) % 2_000_000,
  }))
  const day = { isCertain: true, date: new Date(NOW).toISOString().slice(0, 10) } as const
  const bars = barsOf({ days: recent, todayKb: 100_000, stored: [], day, language: 'ja' })
  const ours = () =>
    timed(
      canvas =>
        new Chart(
          canvas,
          configuration({
            bars,
            noData: 'データなし',
            incomplete: '途中',
            colors,
            base: 1024,
            lines: [],
            onActive: () => {},
          }),
        ),
    )
  const empty = () =>
    timed(
      canvas =>
        new Chart(canvas, {
          type: 'bar',
          data: { labels: [], datasets: [{ data: [] }] },
          options: { animation: false, maintainAspectRatio: false },
        }),
    )
  const times = { ours: [] as number[], empty: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    const pair = [ours(), empty()] as const
    // The first rounds measure compiling and caching, so they are left out.
    if (round < 20) continue
    times.ours.push(pair[0])
    times.empty.push(pair[1])
  }
  return times
}
