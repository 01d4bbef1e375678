import type { SavedAccount } from '../../../contract/state.ts'
import { dailyUsage } from '../../../domain/traffic.ts'
import { useStore } from '../../store/react.ts'
import css from './saved-accounts.module.css'

const WIDTH = 44
const HEIGHT = 20
const MOST = 7

/** The days of the last answer at a glance; the figures are in the result. A day without data leaves a gap. */
export function Sparkline({ line: { last } }: { readonly line: SavedAccount }) {
  const setting = useStore(state => state.app.current?.profile.days)
  const days = last && setting ? dailyUsage(last, setting)?.slice(0, MOST) : null
  if (!days || days.length === 0) return <span className={css['spark']} />
  const top = Math.max(1, ...days.map(day => day.kb ?? 0))
  const step = WIDTH / MOST
  return (
    <svg
      className={css['spark']}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      aria-hidden
    >
      {days.map(({ daysBefore, kb }, index) => {
        const height = kb === null ? 0 : Math.max(1, (kb / top) * HEIGHT)
        return (
          <rect
            key={daysBefore}
            x={WIDTH - (index + 1) * step}
            y={HEIGHT - height}
            width={step - 2}
            height={height}
            rx={1}
          />
        )
      })}
    </svg>
  )
}
