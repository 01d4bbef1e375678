import type { Chart } from 'chart.js'
import type { Bar } from './bars.ts'
import type { Colors } from './chart-colors.ts'

/** Pixels beside the plot for the limit's name and size. */
export const LIMIT_WIDTH = 84

/**
 * The operator's limit across the bars. It is named beside the plot, where no bar is under the words, and a day that reached
 * it has a mark above its bar, so that colour alone tells nothing.
 *
 * @param unitKb the axis's unit in KB
 */
export function limitLine(
  limit: { readonly kb: number; readonly words: string },
  {
    bars,
    unitKb,
    colors,
  }: { readonly bars: readonly Bar[]; readonly unitKb: number; readonly colors: Colors },
) {
  // The name above the line, the size below it.
  const [name = '', size = ''] = limit.words.split(/ (?=\d)/)
  return {
    id: 'limit-line',
    afterDatasetsDraw({ ctx, chartArea, scales: { x, y } }: Chart) {
      const at = y?.getPixelForValue(limit.kb / unitKb)
      if (x === undefined || y === undefined || at === undefined || at < chartArea.top) return
      ctx.save()
      ctx.strokeStyle = ctx.fillStyle = colors.limit
      ctx.setLineDash([6, 4])
      ctx.beginPath()
      ctx.moveTo(chartArea.left, at)
      ctx.lineTo(chartArea.right, at)
      ctx.stroke()
      ctx.font = `12px ${colors.font}`
      ctx.textBaseline = 'middle'
      ctx.fillText(name, chartArea.right + 6, at - 8, LIMIT_WIDTH - 8)
      ctx.fillText(size, chartArea.right + 6, at + 8, LIMIT_WIDTH - 8)
      ctx.textAlign = 'center'
      ctx.textBaseline = 'bottom'
      bars.forEach(({ kb }, index) => {
        if (kb === null || kb < limit.kb) return
        const top = Math.max(y.getPixelForValue(kb / unitKb), chartArea.top + 14)
        ctx.fillText('▲', x.getPixelForValue(index), top)
      })
      ctx.restore()
    },
  }
}
