import type { Chart } from 'chart.js'
import { dataSize } from '../../../domain/data-size.ts'
import { windowFigures } from '../../../domain/traffic.ts'
import { ticketWords } from '../../../ticket/words.ts'
import type { Bar } from './bars.ts'
import type { Colors } from './chart-colors.ts'
import type { UsageDays } from './usage-days.ts'

/** Pixels beside the plot for the lines' names and sizes. */
export const LINES_WIDTH = 84

/** A figure across the bars, and what it is called beside them. */
export interface PlotLine {
  readonly kind: 'limit' | 'average'
  readonly kb: number
  readonly name: string
  readonly size: string
}

/** The operator's limit, and the average of the carrier's window without today; each only where it is known. */
export function linesOf({ days, limitKb, base, language }: UsageDays): readonly PlotLine[] {
  const line = (kind: PlotLine['kind'], kb: number | null): readonly PlotLine[] =>
    kb === null
      ? []
      : [{ kind, kb, name: ticketWords[language].chartLine[kind], size: dataSize(kb, base).text }]
  return [
    ...line('limit', limitKb),
    // The average of one day is that day.
    ...line('average', days.length > 1 ? windowFigures(days).average : null),
  ]
}

/** Two lines of text and some air. */
const NAME_HEIGHT = 34

/**
 * Draws lines across the bars. They are named beside the plot, where no bar is under the words, and are told apart by
 * their dashes too; a day that reached the limit has a mark above its bar, so that colour alone tells nothing.
 *
 * @param unitKb the axis's unit in KB
 */
export function plotLines(
  lines: readonly PlotLine[],
  {
    bars,
    unitKb,
    colors,
  }: { readonly bars: readonly Bar[]; readonly unitKb: number; readonly colors: Colors },
) {
  return {
    id: 'plot-lines',
    afterDatasetsDraw({ ctx, chartArea, scales: { x, y } }: Chart) {
      if (x === undefined || y === undefined) return
      const limit = lines.find(({ kind }) => kind === 'limit')
      const limitAt = limit && y.getPixelForValue(limit.kb / unitKb)
      ctx.save()
      ctx.font = `12px ${colors.font}`
      ctx.textBaseline = 'middle'
      for (const { kind, kb, name, size } of lines) {
        const at = y.getPixelForValue(kb / unitKb)
        ctx.strokeStyle = ctx.fillStyle = kind === 'limit' ? colors.limit : colors.text
        ctx.setLineDash(kind === 'limit' ? [6, 4] : [2, 3])
        ctx.beginPath()
        ctx.moveTo(chartArea.left, at)
        ctx.lineTo(chartArea.right, at)
        ctx.stroke()
        const named = kind === 'limit' ? at : besideLimit(at, limitAt, chartArea)
        ctx.fillText(name, chartArea.right + 6, named - 8, LINES_WIDTH - 8)
        ctx.fillText(size, chartArea.right + 6, named + 8, LINES_WIDTH - 8)
      }
      if (limit !== undefined) {
        ctx.fillStyle = colors.limit
        ctx.textAlign = 'center'
        ctx.textBaseline = 'bottom'
        bars.forEach(({ kb }, index) => {
          if (kb === null || kb < limit.kb) return
          const top = Math.max(y.getPixelForValue(kb / unitKb), chartArea.top + 14)
          ctx.fillText('▲', x.getPixelForValue(index), top)
        })
      }
      ctx.restore()
    },
  }
}

/** Where the average is named: at its line, or next to the limit's name where the two would meet. */
function besideLimit(
  at: number,
  limitAt: number | undefined,
  plot: { readonly top: number; readonly bottom: number },
): number {
  if (limitAt === undefined || Math.abs(at - limitAt) >= NAME_HEIGHT) return at
  const below = limitAt + NAME_HEIGHT
  const isBelow = at >= limitAt && below + 8 <= plot.bottom
  return isBelow || limitAt - NAME_HEIGHT - 8 < plot.top ? below : limitAt - NAME_HEIGHT
}
