import type { Chart, ChartConfiguration } from 'chart.js'
import { unitOf } from '../../../domain/data-size.ts'
import type { Bar } from './bars.ts'
import { hatched } from './hatch.ts'
import type { UsageDays } from './usage-days.ts'

/** The theme's colours, resolved: a canvas knows no custom properties. */
export interface Colors {
  readonly bar: string
  readonly stored: string
  readonly limit: string
  readonly text: string
  readonly grid: string
  readonly font: string
}

interface Look {
  readonly isStored: boolean
  readonly isIncomplete: boolean
}

const looks: readonly Look[] = [
  { isStored: false, isIncomplete: false },
  { isStored: false, isIncomplete: true },
  { isStored: true, isIncomplete: false },
  { isStored: true, isIncomplete: true },
]

const isOf = ({ kind, isIncomplete }: Bar, look: Look): boolean =>
  (kind === 'stored') === look.isStored && isIncomplete === look.isIncomplete

/** What Chart.js draws of some bars, in the unit that gives its axis round steps. */
export function configuration({
  bars,
  noData,
  incomplete,
  colors,
  base,
  limit,
  onActive,
}: {
  readonly bars: readonly Bar[]
  readonly noData: string
  readonly incomplete: string
  readonly colors: Colors
  readonly base: UsageDays['base']
  readonly limit: { readonly kb: number; readonly words: string } | null
  readonly onActive: (index: number | null) => void
}): ChartConfiguration<'bar', (number | null)[], string[]> {
  const labelOf = ({ lines, kb, isIncomplete }: Bar) =>
    kb === null ? [...lines, noData] : isIncomplete ? [...lines, incomplete] : [...lines]
  const unit = unitOf(largestOf(bars, limit?.kb ?? null), base)
  const font = { family: colors.font, size: 12 }
  return {
    type: 'bar',
    data: {
      labels: bars.map(labelOf),
      // One dataset per look, each with a place for every bar, so that shared options are set once and not
      // for each bar.
      datasets: looks
        .filter(look => bars.some(bar => isOf(bar, look)))
        .map(look => {
          const color = look.isStored ? colors.stored : colors.bar
          return {
            data: bars.map(bar => (isOf(bar, look) ? bar.kb && bar.kb / unit.kb : null)),
            grouped: false,
            backgroundColor: look.isIncomplete ? hatched(color) : color,
            borderColor: colors.bar,
            borderWidth: look.isIncomplete ? 1 : 0,
            borderRadius: 3,
            maxBarThickness: 56,
          }
        }),
    },
    plugins: limit ? [limitLine(limit.kb / unit.kb, limit.words, colors)] : [],
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      onHover: (_event, elements) => onActive(elements[0]?.index ?? null),
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: {
          grid: { display: false },
          // The labels are about equally wide, so measuring a few is enough to tell how many fit.
          ticks: { color: colors.text, font, maxRotation: 0, sampleSize: 6 },
          border: { color: colors.grid },
        },
        y: {
          beginAtZero: true,
          ...(limit && { suggestedMax: (limit.kb / unit.kb) * 1.05 }),
          border: { display: false },
          grid: { color: colors.grid },
          ticks: {
            color: colors.text,
            font,
            maxTicksLimit: 5,
            callback: value => `${value} ${unit.name}`,
          },
        },
      },
    },
  }
}

/** The largest figure in KB, from which the axis takes its unit. */
export const largestOf = (bars: readonly Bar[], limitKb: number | null): number =>
  Math.max(0, limitKb ?? 0, ...bars.map(bar => bar.kb ?? 0))

/** The operator's limit across the bars, named at its end. */
function limitLine(value: number, words: string, colors: Colors) {
  return {
    id: 'limit-line',
    afterDatasetsDraw({ ctx, chartArea, scales: { y } }: Chart) {
      const at = y?.getPixelForValue(value)
      if (at === undefined || at < chartArea.top) return
      ctx.save()
      ctx.strokeStyle = ctx.fillStyle = colors.limit
      ctx.setLineDash([6, 4])
      ctx.beginPath()
      ctx.moveTo(chartArea.left, at)
      ctx.lineTo(chartArea.right, at)
      ctx.stroke()
      ctx.font = `12px ${colors.font}`
      ctx.textAlign = 'right'
      ctx.fillText(words, chartArea.right, at - 4)
      ctx.restore()
    },
  }
}

/** The colours of one scheme, read where the chart stands. */
export function themeColors(element: Element, scheme: 'light' | 'dark'): Colors {
  const style = getComputedStyle(element)
  // A custom property keeps light-dark() unresolved; a colour property of a probe resolves it.
  const probe = document.createElement('span')
  probe.style.colorScheme = scheme
  element.parentElement?.append(probe)
  const resolve = (name: string) => {
    probe.style.color = `var(${name})`
    return getComputedStyle(probe).color
  }
  const colors = {
    bar: resolve('--accent'),
    stored: resolve('--line-strong'),
    limit: resolve('--bad'),
    text: resolve('--text-soft'),
    grid: resolve('--line'),
    font: style.fontFamily,
  }
  probe.remove()
  return colors
}
