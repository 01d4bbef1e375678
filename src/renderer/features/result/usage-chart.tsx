import { BarController, BarElement, CategoryScale, Chart, LinearScale } from 'chart.js'
import {
  type KeyboardEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { figure } from '../../ui/format.ts'
import { barsOf } from './bars.ts'
import { themeColors } from './chart-colors.ts'
import { configuration } from './chart-configuration.ts'
import { linesOf } from './chart-lines.ts'
import { chartPicture } from './chart-picture.ts'
import css from './usage.module.css'
import type { UsageDays } from './usage-days.ts'

Chart.register(BarController, BarElement, CategoryScale, LinearScale)

/** Bars by day, oldest left, today hatched at the right. The bar under the pointer or the arrow keys is read out below. */
export default function UsageChart({ usage }: { readonly usage: UsageDays }) {
  const { base } = usage
  const { t } = useTranslation()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [active, setActive] = useState<number | null>(null)
  /** Where the bar under the pointer stands, in pixels; null where the pointer is elsewhere. */
  const [pointedAt, setPointedAt] = useState<number | null>(null)
  const dark = useDarkMode()
  const bars = useMemo(() => barsOf(usage), [usage])
  const offerChart = useStore(state => state.offerChart)
  const noData = t('usage.noData')
  const lines = useMemo(() => linesOf(usage), [usage])
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
        colors: themeColors(canvas.current, dark ? 'dark' : 'light'),
        base,
        lines,
        onActive(index) {
          setActive(index)
          setPointedAt(index === null ? null : (chart.scales['x']?.getPixelForValue(index) ?? null))
        },
      }),
    )
    return () => {
      chart.destroy()
    }
  }, [bars, noData, incomplete, base, dark, lines])

  // A layout effect, because a passive one may run after a click on a chart that is already visible.
  useLayoutEffect(() => {
    const at = canvas.current
    if (at === null) return
    offerChart(picture => chartPicture(usage, picture, themeColors(at, 'light')))
    return () => offerChart(null)
  }, [usage, offerChart])

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (step === 0) return
    event.preventDefault()
    setPointedAt(null)
    setActive(at => Math.min(bars.length - 1, Math.max(0, (at ?? bars.length - (step < 0 ? 0 : 1)) + step)))
  }

  const read = active === null ? undefined : bars[active]
  const marks = [read?.kind === 'stored' && storedDay, read?.isIncomplete && incomplete]
    .filter(Boolean)
    .join(', ')
  const words = read && `${read.day} ${figure(read.kb, base, noData).text}${marks && ` (${marks})`}`
  return (
    <figure>
      {/* A slider over the days: a screen reader says its label and the text of the chosen day. */}
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
        onPointerLeave={() => {
          setActive(null)
          setPointedAt(null)
        }}
      >
        <canvas ref={canvas} aria-hidden />
        {pointedAt !== null && words && (
          <span className={css['tip']} style={{ left: pointedAt }} aria-hidden>
            {words}
          </span>
        )}
      </div>
      <figcaption className={css['readout']} data-testid="chart-readout">
        {words}
      </figcaption>
    </figure>
  )
}

// Shared by all charts, because the browser would never release an object made for each of them.
const darkScheme = matchMedia('(prefers-color-scheme: dark)')

const followScheme = (follow: () => void) => {
  darkScheme.addEventListener('change', follow)
  return () => darkScheme.removeEventListener('change', follow)
}

const useDarkMode = (): boolean => useSyncExternalStore(followScheme, () => darkScheme.matches)
