import type { ChartConfiguration } from 'chart.js'
import { unitOf } from '../../../domain/data-size.ts'
import type { Bar } from './bars.ts'
import type { Colors } from './chart-colors.ts'
import { LINES_WIDTH, type PlotLine, plotLines } from './chart-lines.ts'
import { hatched } from './hatch.ts'
import type { UsageDays } from './usage-days.ts'

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
  lines,
  onActive,
}: {
  readonly bars: readonly Bar[]
  readonly noData: string
  readonly incomplete: string
  readonly colors: Colors
  readonly base: UsageDays['base']
  readonly lines: readonly PlotLine[]
  readonly onActive: (index: number | null) => void
}): ChartConfiguration<'bar', (number | null)[], string[]> {
  const labelOf = ({ lines, kb, isIncomplete }: Bar) =>
    kb === null ? [...lines, noData] : isIncomplete ? [...lines, incomplete] : [...lines]
  const largest = largestOf(bars, lines)
  const unit = unitOf(largest, base)
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
    plugins: [plotLines(lines, { bars, unitKb: unit.kb, colors })],
    options: {
      layout: { padding: { right: lines.length > 0 ? LINES_WIDTH : 0 } },
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      onHover: (_event, elements) => onActive(elements[0]?.index ?? null),
      interaction: { mode: 'index', intersect: false },
      scales: {
        x: {
          grid: { display: false },
          // The labels are about equally wide, so measuring a few is enough to tell how many fit.
          ticks: {
            color: ({ index }) => (bars[index]?.isWeekend ? colors.weekend : colors.text),
            font,
            maxRotation: 0,
            sampleSize: 6,
          },
          border: { color: colors.grid },
        },
        y: {
          beginAtZero: true,
          // Room for the marks above the bars.
          ...(lines.some(({ kind }) => kind === 'limit') && { suggestedMax: (largest / unit.kb) * 1.12 }),
          border: { display: false },
          grid: { color: colors.grid },
          ticks: {
            color: colors.text,
            font,
            maxTicksLimit: 5,
            // A KB is not parted further.
            ...(unit.kb === 1 && { precision: 0 }),
            callback: value => `${Number(value).toLocaleString('en-US')} ${unit.name}`,
          },
        },
      },
    },
  }
}

/** The largest figure in KB, from which the axis takes its unit. */
export const largestOf = (bars: readonly Bar[], lines: readonly PlotLine[]): number =>
  Math.max(0, ...lines.map(({ kb }) => kb), ...bars.map(({ kb }) => kb ?? 0))
