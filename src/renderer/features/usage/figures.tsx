import { CircleCheck, CircleHelp, OctagonAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { type Blacklist, type DailyUsage, windowFigures } from '../../../shared/traffic.ts'
import css from './usage.module.css'

const icons: Readonly<Record<Blacklist, ReactNode>> = {
  listed: <OctagonAlert size={22} aria-hidden />,
  'not-listed': <CircleCheck size={22} aria-hidden />,
  unknown: <CircleHelp size={22} aria-hidden />,
}

/** The carrier's word on the blacklist, by colour, icon and word. */
export function State({ state }: { readonly state: Blacklist }) {
  const { t } = useTranslation()
  return (
    <p className={css['state']} data-state={state}>
      {icons[state]}
      {t(`usage.state.${state}`)}
    </p>
  )
}

/** One figure and its name; "no data" never looks like 0. */
export function Figure({
  name,
  text,
  raw,
  large = false,
  missing,
}: {
  readonly name: string
  readonly text: string
  readonly raw: string
  readonly large?: boolean
  readonly missing: boolean
}) {
  return (
    <div className={css['figure']} data-large={large} data-missing={missing}>
      <dt>{name}</dt>
      <dd title={raw}>{text}</dd>
    </div>
  )
}

/** Total, average and peak of the carrier's window, today left out; a sum with a missing day is "no data". */
export function Window({
  days,
  show,
}: {
  readonly days: readonly DailyUsage[]
  readonly show: (kb: number | null) => { readonly text: string }
}) {
  const { t } = useTranslation()
  const { total, average, peak } = windowFigures(days)
  return (
    <div className={css['window']}>
      <dl>
        {[
          [t('usage.total'), total] as const,
          [t('usage.average'), average] as const,
          [t('usage.peak'), peak] as const,
        ].map(([name, kb]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{show(kb).text}</dd>
          </div>
        ))}
      </dl>
      <p>{t('usage.windowHint', { count: days.length })}</p>
    </div>
  )
}
