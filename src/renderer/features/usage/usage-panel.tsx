import { CircleCheck, CircleHelp, ImageDown, OctagonAlert, Star } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../../shared/account.ts'
import type { SeriesDay } from '../../../shared/series.ts'
import type { Profile } from '../../../shared/settings.ts'
import { ticketWords } from '../../../shared/ticket/words.ts'
import {
  type Blacklist,
  type DailyUsage,
  dailyUsage,
  type GoodLookup,
  japanDay,
  japanMinute,
  threeDaySums,
  windowFigures,
} from '../../../shared/traffic.ts'
import { useDesk } from '../../store/index.ts'
import { lineOf } from '../../store/saved-lines.ts'
import { useNumber } from '../../store/use-number.ts'
import { Button } from '../../ui/button.tsx'
import { ago, figure } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { DaysTable } from './days-table.tsx'
import { History } from './history.tsx'
import { LineLabel } from './line-label.tsx'
import type { Series } from './series.ts'
import css from './usage.module.css'

// Its own chunk: the figures are on the screen before the chart's library is read.
const UsageChart = lazy(() => import('./usage-chart.tsx'))

/** One account's answer: who, the state, the figures, the days. */
export function UsagePanel({
  account,
  lookup,
  stored,
  profile,
  children,
}: {
  readonly account: Account
  readonly lookup: GoodLookup
  readonly stored: boolean
  readonly profile: Profile
  /** What stands between the figures and the days. */
  readonly children: ReactNode
}) {
  const { t } = useTranslation()
  const number = useNumber()
  const language = useDesk(state => state.app.language)
  const { report, repliedAt } = lookup
  // An answer of another day, or one that stood here over midnight, is named by its dates.
  const isToday = japanDay(useNow(30_000)) === japanDay(repliedAt)
  const { day } = ticketWords[language]
  const days = dailyUsage(report, repliedAt, profile.days)
  const sums = threeDaySums(report.todayKb, days)
  const show = (kb: number | null) => figure(kb, profile.kbBase, t('usage.noData'))
  return (
    <article
      className={css['panel']}
      data-account={account.id}
      data-stored={stored}
      aria-labelledby="usage-account"
    >
      <header>
        <div className={css['who']}>
          <h2 id="usage-account">{number(account)}</h2>
          <span className={css['soft']}>{t(`usage.kind.${account.kind}`)}</span>
          <StarButton account={account} />
          <LineLabel account={account} />
        </div>
        <Asked account={account} lookup={lookup} stored={stored} />
      </header>

      <State state={report.blacklist} />

      <dl className={css['figures']}>
        <Figure
          name={isToday ? t('usage.today') : `${day(japanDay(repliedAt))} ${t('usage.incomplete')}`}
          {...show(report.todayKb)}
          large
          missing={report.todayKb === null}
        />
        {days !== null && (
          <>
            <Figure
              name={isToday || !days[0] ? t('usage.yesterday') : day(days[0].date)}
              {...show(days[0]?.kb ?? null)}
              missing={(days[0]?.kb ?? null) === null}
            />
            <Figure name={t('usage.withToday')} {...show(sums.withToday)} missing={sums.withToday === null} />
            <Figure
              name={t('usage.withoutToday')}
              {...show(sums.withoutToday)}
              missing={sums.withoutToday === null}
            />
          </>
        )}
      </dl>

      {days !== null && <Window days={days} show={show} />}

      {children}

      <Days
        key={`${lookup.id} ${profile.days.order} ${profile.days.includesToday}`}
        account={account}
        days={days}
        lookup={lookup}
        profile={profile}
      />

      <History account={account} shownId={lookup.id} />

      <footer className={css['soft']}>
        {t('usage.resultCode', { code: report.carrier.resultCode })} ·{' '}
        {t('usage.base', { base: profile.kbBase })}
      </footer>
    </article>
  )
}

function Days({
  account,
  days,
  lookup,
  profile,
}: {
  readonly account: Account
  readonly days: readonly DailyUsage[] | null
  readonly lookup: GoodLookup
  readonly profile: Profile
}) {
  const { t } = useTranslation()
  const language = useDesk(state => state.app.language)
  const readSeries = useDesk(state => state.readSeries)
  const copyChart = useDesk(state => state.copyChart)
  const [stored, setStored] = useState<readonly SeriesDay[]>([])
  if (days === null) {
    return (
      <p className={css['noChart']} role="note">
        {t(account.kind === 'group' ? 'usage.groupNoChart' : 'usage.noChart')}
      </p>
    )
  }
  const oldest = days.at(-1)?.date ?? japanDay(lookup.repliedAt)
  const showStored = async (show: boolean) =>
    setStored(show ? (await readSeries(account)).filter(({ date }) => date < oldest) : [])
  const series: Series = {
    days,
    stored,
    todayKb: lookup.report.todayKb,
    repliedAt: lookup.repliedAt,
    base: profile.kbBase,
    language,
    limitKb: profile.limitKb,
  }
  return (
    <section aria-label={t('usage.days')} className={css['days']}>
      <div>
        <Suspense fallback={<div className={css['chart']} />}>
          <UsageChart {...series} />
        </Suspense>
        <div className={css['chartBar']}>
          <label>
            <input type="checkbox" onChange={event => void showStored(event.target.checked)} />{' '}
            {t('usage.showStored')}
          </label>
          <Button look="quiet" onClick={() => void copyChart()}>
            <ImageDown size={16} aria-hidden />
            {t('usage.copyChart')}
          </Button>
        </div>
      </div>
      <DaysTable {...series} />
    </section>
  )
}

/** Total, average and peak of the carrier's window, today left out; a sum with a missing day is "no data". */
function Window({
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

const icons: Readonly<Record<Blacklist, ReactNode>> = {
  listed: <OctagonAlert size={22} aria-hidden />,
  'not-listed': <CircleCheck size={22} aria-hidden />,
  unknown: <CircleHelp size={22} aria-hidden />,
}

/** The carrier's word on the blacklist, by colour, icon and word. */
function State({ state }: { readonly state: Blacklist }) {
  const { t } = useTranslation()
  return (
    <p className={css['state']} data-state={state}>
      {icons[state]}
      {t(`usage.state.${state}`)}
    </p>
  )
}

function Figure({
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

function Asked({
  account,
  lookup,
  stored,
}: {
  readonly account: Account
  readonly lookup: GoodLookup
  readonly stored: boolean
}) {
  const { t } = useTranslation()
  const language = useDesk(state => state.app.language)
  const lookUp = useDesk(state => state.lookUp)
  const now = useNow(1000)
  const age = ago(now - lookup.repliedAt, language)
  return (
    <div className={css['asked']}>
      <p>
        {stored && <strong className={css['stored']}>{t('usage.stored')}</strong>}
        {t('usage.asked', { at: japanMinute(lookup.repliedAt) })}
        {' · '}
        {t('usage.took', { seconds: (lookup.durationMs / 1000).toFixed(1) })}
      </p>
      <p className={css['soft']}>{t(stored ? 'usage.storedHint' : 'usage.freshHint', { ago: age })}</p>
      <Button onClick={() => void lookUp(account, true)}>{t('lookup.again')}</Button>
    </div>
  )
}

function StarButton({ account }: { readonly account: Account }) {
  const { t } = useTranslation()
  const isKept = useDesk(state => lineOf(state.app.current?.savedLines ?? [], account) !== undefined)
  const toggleStar = useDesk(state => state.toggleStar)
  const words = t(isKept ? 'saved.unstar' : 'saved.star')
  return (
    <Button
      look="quiet"
      aria-pressed={isKept}
      aria-label={words}
      title={words}
      onClick={() => void toggleStar(account)}
    >
      <Star size={18} aria-hidden fill={isKept ? 'currentColor' : 'none'} />
    </Button>
  )
}
