import { Chart } from 'chart.js'
import { unitOf } from '../../../domain/data-size.ts'
import { ticketWords } from '../../../ticket/words.ts'
import type { ChartPicture } from '../../store/ticket-copies.ts'
import { barsOf } from './bars.ts'
import type { Colors } from './chart-colors.ts'
import { configuration, largestOf } from './chart-configuration.ts'
import { LINES_WIDTH, linesOf } from './chart-lines.ts'
import type { UsageDays } from './usage-days.ts'

/** CSS pixels, whatever the window's size: pictures in a ticket look alike. */
const WIDTH = 720
const HEIGHT = 340
const SHARPNESS = 2
const LINE = 20

/**
 * Draws the chart as a PNG (base64) at double resolution, dark on white, under the title and the unit's base.
 */
export function chartPicture(usage: UsageDays, { language, title }: ChartPicture, colors: Colors): string {
  const words = ticketWords[language]
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const { base } = usage
  const plotted = linesOf({ ...usage, language })
  const bars = barsOf({ ...usage, language })
  const lines = unitOf(largestOf(bars, plotted), base).kb === 1 ? title : [...title, words.base(base)]
  const drawn = configuration({
    bars,
    noData: words.noData,
    incomplete: words.soFar,
    colors,
    base,
    lines: plotted,
    onActive: () => {},
  })
  const chart = new Chart(canvas, {
    ...drawn,
    plugins: [...(drawn.plugins ?? []), paper(lines, colors)],
    options: {
      ...drawn.options,
      responsive: false,
      devicePixelRatio: SHARPNESS,
      layout: {
        padding: {
          top: 24 + LINE * lines.length,
          left: 12,
          right: plotted.length === 0 ? 16 : LINES_WIDTH,
          bottom: 8,
        },
      },
    },
  })
  const picture = canvas.toDataURL('image/png').replace(/^.*,/, '')
  chart.destroy()
  return picture
}

/** Paints a white background and the title, because a pasted picture has neither around it. */
const paper = (title: readonly string[], colors: Colors) => ({
  id: 'paper',
  beforeDraw({ ctx, width, height }: Chart) {
    ctx.save()
    ctx.fillStyle = '#ffffff'
    ctx.fillRect(0, 0, width, height)
    ctx.fillStyle = colors.text
    ctx.textBaseline = 'top'
    title.forEach((line, at) => {
      ctx.font = `${at === 0 ? 'bold 14px' : '12px'} ${colors.font}`
      ctx.fillText(line, 12, 12 + at * LINE)
    })
    ctx.restore()
  },
})
