import { CircleCheck, CircleHelp, OctagonAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  type Blacklist,
  carrierTimes,
  type DailyUsage,
  type GoodLookup,
  windowFigures,
} from '../../../domain/traffic.ts'
import { ticketWords } from '../../../ticket/words.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import css from './usage.module.css'

const icons: Readonly<Record<Blacklist, ReactNode>> = {
  listed: <OctagonAlert size={22} aria-hidden />,
  'not-listed': <CircleCheck size={22} aria-hidden />,
  unknown: <CircleHelp size={22} aria-hidden />,
}

/** The carrier's word on the blacklist, by colour, icon and word. */
export function State({
  state,
  lookup,
  children,
}: {
  readonly state: Blacklist
  /** The lookup whose time is shown, if it is not of today; null if it is. */
  readonly lookup: GoodLookup | null
  /** What else is known of the state. */
  readonly children?: ReactNode
}) {
  const { t } = useTranslation()
  const words = ticketWords[useStore(({ app }) => app.language)]
  return (
    <p className={css['state']} data-state={state} data-old={lookup !== null}>
      {icons[state]}
      {lookup !== null && <small>{t('usage.asOf', { at: words.asOf(carrierTimes(lookup)) })}</small>}
      {t(`usage.state.${state}`)}
      {children}
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
  before,
}: {
  readonly days: readonly DailyUsage[]
  /** The day before which the window ends; null if that is today. */
  readonly before: string | null
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
      <p>
        {before === null
          ? t('usage.windowHint', { count: days.length })
          : t('usage.windowBefore', { count: days.length, day: before })}
      </p>
    </div>
  )
}
