import {
  BarController,
  BarElement,
  CategoryScale,
  Chart,
  type ChartConfiguration,
  LinearScale,
} from 'chart.js'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dataSize, unitOf } from '../../../shared/data-size.ts'
import { ticketWords } from '../../../shared/ticket/words.ts'
import { japanDay } from '../../../shared/traffic.ts'
import { useDesk } from '../../store/index.ts'
import { figure } from '../../ui/format.ts'
import { hatched } from './hatch.ts'
import type { Series } from './series.ts'
import css from './usage.module.css'

Chart.register(BarController, BarElement, CategoryScale, LinearScale)

interface Bar {
  readonly day: string
  readonly lines: readonly string[]
  readonly kb: number | null
  readonly kind: 'stored' | 'recent' | 'today'
  /** The day was not over when it was read. */
  readonly isIncomplete: boolean
}

/** Bars by day, oldest left, today hatched at the right. The bar under the pointer or the arrow keys is read out below. */
export default function UsageChart({ days, todayKb, stored, repliedAt, base, language, limitKb }: Series) {
  const { t } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [active, setActive] = useState<number | null>(null)
  const dark = useDarkMode()
  const bars = useMemo<readonly Bar[]>(() => {
    const { day, dayLines } = ticketWords[language]
    const barOf = (date: string, kb: number | null, kind: Bar['kind'], isIncomplete: boolean): Bar => ({
      day: day(date),
      lines: dayLines(date),
      kb,
      kind,
      isIncomplete,
    })
    return [
      ...stored.map(({ date, kb, incomplete }) => barOf(date, kb, 'stored', incomplete)),
      ...days.map(({ date, kb }) => barOf(date, kb, 'recent', false)).reverse(),
      barOf(japanDay(repliedAt), todayKb, 'today', true),
    ]
  }, [days, todayKb, stored, repliedAt, language])
  const offerChart = useDesk(state => state.offerChart)
  const noData = t('usage.noData')
  const limit = useMemo(
    () =>
      limitKb === null
        ? null
        : { kb: limitKb, words: t('usage.limitLine', { size: dataSize(limitKb, base).text }) },
    [limitKb, base, t],
  )
  const incomplete = t('usage.incomplete')
  const storedDay = t('usage.storedDay')

  useEffect(() => {
    if (canvas.current === null) return
    const chart = new Chart(
      canvas.current,
      configuration({
        bars,
        noData,
        incomplete,
        colors: themeColors(canvas.current, dark),
        base,
        limit,
        onActive: setActive,
      }),
    )
    offerChart(() => pictureOf(chart))
    return () => {
      offerChart(null)
      chart.destroy()
    }
  }, [bars, noData, incomplete, base, dark, limit, offerChart])

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (step === 0) return
    event.preventDefault()
    setActive(at => Math.min(bars.length - 1, Math.max(0, (at ?? bars.length - (step < 0 ? 0 : 1)) + step)))
  }

  const read = active === null ? undefined : bars[active]
  const marks = [read?.kind === 'stored' && storedDay, read?.isIncomplete && incomplete]
    .filter(Boolean)
    .join(', ')
  const words = read && `${read.day} ${figure(read.kb, base, noData).text}${marks && ` (${marks})`}`
  return (
    <figure>
      {/* A slider over the days: what a screen reader says of one is its label and the day's words. */}
      <div
        className={css['chart']}
        role="slider"
        tabIndex={0}
        aria-label={t('usage.chartLabel')}
        aria-valuemin={1}
        aria-valuemax={bars.length}
        aria-valuenow={(active ?? bars.length - 1) + 1}
        aria-valuetext={words ?? ''}
        onKeyDown={onKeyDown}
      >
        <canvas ref={canvas} aria-hidden />
      </div>
      <figcaption className={css['readout']} data-testid="chart-readout">
        {words}
      </figcaption>
    </figure>
  )
}

interface Colors {
  readonly bar: string
  readonly stored: string
  readonly limit: string
  readonly text: string
  readonly grid: string
  readonly font: string
}

function configuration({
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
  readonly base: Series['base']
  readonly limit: { readonly kb: number; readonly words: string } | null
  readonly onActive: (index: number | null) => void
}): ChartConfiguration<'bar', (number | null)[], string[]> {
  const labelOf = ({ lines, kb, isIncomplete }: Bar) => [
    ...lines,
    kb === null ? noData : isIncomplete ? incomplete : '',
  ]
  const unit = unitOf(Math.max(0, limit?.kb ?? 0, ...bars.map(bar => bar.kb ?? 0)), base)
  const font = { family: colors.font, size: 12 }
  return {
    type: 'bar',
    data: {
      labels: bars.map(labelOf),
      datasets: [
        {
          data: bars.map(bar => bar.kb && bar.kb / unit.kb),
          backgroundColor: bars.map(({ kind, isIncomplete }) => {
            const color = kind === 'stored' ? colors.stored : colors.bar
            return isIncomplete ? hatched(color) : color
          }),
          borderColor: colors.bar,
          borderWidth: bars.map(({ isIncomplete }) => (isIncomplete ? 1 : 0)),
          borderRadius: 3,
          maxBarThickness: 56,
        },
      ],
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
          ticks: { color: colors.text, font, maxRotation: 0 },
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

/** The chart as a PNG (base64), twice as fine and on white, for a ticket. */
function pictureOf(chart: Chart): string {
  const { width, height } = chart
  const picture = document.createElement('canvas')
  picture.width = width * 2
  picture.height = height * 2
  const pen = picture.getContext('2d')
  if (pen === null) return ''
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, picture.width, picture.height)
  pen.drawImage(chart.canvas, 0, 0, picture.width, picture.height)
  return picture.toDataURL('image/png').replace(/^.*,/, '')
}

function themeColors(element: Element, _dark: boolean): Colors {
  const style = getComputedStyle(element)
  // A custom property keeps light-dark() unresolved; a colour property of a probe resolves it.
  const probe = document.createElement('span')
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

function useDarkMode(): boolean {
  const query = useMemo(() => matchMedia('(prefers-color-scheme: dark)'), [])
  const [dark, setDark] = useState(query.matches)
  useEffect(() => {
    const follow = () => setDark(query.matches)
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [query])
  return dark
}
