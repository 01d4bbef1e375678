import { CircleCheck, CircleHelp, OctagonAlert, Star } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Account, formatAccount } from '../../../shared/account.ts'
import type { SeriesDay } from '../../../shared/series.ts'
import type { Profile } from '../../../shared/settings.ts'
import {
  type Blacklist,
  type DailyUsage,
  dailyUsage,
  type GoodLookup,
  japanDay,
  japanMinute,
  threeDaySums,
} from '../../../shared/traffic.ts'
import { useDesk } from '../../store/index.ts'
import { lineOf } from '../../store/saved-lines.ts'
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
}: {
  readonly account: Account
  readonly lookup: GoodLookup
  readonly stored: boolean
  readonly profile: Profile
}) {
  const { t } = useTranslation()
  const { report, repliedAt } = lookup
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
          <h2 id="usage-account">{formatAccount(account)}</h2>
          <span className={css['soft']}>{t(`usage.kind.${account.kind}`)}</span>
          <StarButton account={account} />
          <LineLabel account={account} />
        </div>
        <Asked account={account} lookup={lookup} stored={stored} />
      </header>

      <State state={report.blacklist} />

      <dl className={css['figures']}>
        <Figure name={t('usage.today')} {...show(report.todayKb)} large missing={report.todayKb === null} />
        {days !== null && (
          <>
            <Figure
              name={t('usage.yesterday')}
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

      <Days account={account} days={days} lookup={lookup} profile={profile} />

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
  }
  return (
    <section aria-label={t('usage.days')} className={css['days']}>
      <div>
        <Suspense fallback={<div className={css['chart']} />}>
          <UsageChart {...series} />
        </Suspense>
        <label className={css['soft']}>
          <input type="checkbox" onChange={event => void showStored(event.target.checked)} />{' '}
          {t('usage.showStored')}
        </label>
      </div>
      <DaysTable {...series} />
    </section>
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
  const line = useDesk(state => lineOf(state.app.current?.savedLines ?? [], account))
  const addLine = useDesk(state => state.addLine)
  const removeLine = useDesk(state => state.removeLine)
  return (
    <Button
      look="quiet"
      aria-pressed={line !== undefined}
      aria-label={t(line ? 'saved.unstar' : 'saved.star')}
      title={t(line ? 'saved.unstar' : 'saved.star')}
      onClick={() =>
        void (line ? removeLine(line) : addLine({ account, label: '', note: '', pinned: false }))
      }
    >
      <Star size={18} aria-hidden fill={line ? 'currentColor' : 'none'} />
    </Button>
  )
}
