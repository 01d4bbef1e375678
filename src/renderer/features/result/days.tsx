import { ImageDown } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Profile } from '../../../contract/profile.ts'
import type { Account } from '../../../domain/account.ts'
import type { StoredDay } from '../../../domain/stored-days.ts'
import { type DailyUsage, type GoodLookup, type ReportDay, reportDay } from '../../../domain/traffic.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import { later } from '../../ui/later.tsx'
import { DaysTable } from './days-table.tsx'
import css from './usage.module.css'
import type { UsageDays } from './usage-days.ts'

/** What the chart will take: nothing below it moves when it comes. */
const ChartSpace = () => (
  <figure>
    <div className={css['chart']} />
    <figcaption className={css['readout']} />
  </figure>
)

// Its own chunk: the figures are on the screen before the chart's library is read.
export const UsageChart = later(() => import('./usage-chart.tsx'), ChartSpace)

/** The recent days as chart and table, or why there are none. */
export function Days({
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
  const language = useStore(state => state.app.language)
  const readStoredDays = useStore(state => state.readStoredDays)
  const copyChart = useStore(state => state.copyChart)
  const [stored, setStored] = useState<readonly StoredDay[]>([])
  const wanted = useRef({ isWanted: false })
  useEffect(
    () => () => {
      wanted.current.isWanted = false
    },
    [],
  )
  // Keep the same object while nothing changes, because a new object makes the chart redraw.
  const usage = useMemo<UsageDays>(
    () => ({
      days: days ?? [],
      stored,
      todayKb: lookup.report.todayKb,
      day: reportDay(lookup),
      base: profile.kbBase,
      language,
      limitKb: profile.limitKb,
    }),
    [days, stored, lookup, profile, language],
  )
  if (days === null) {
    return (
      <p className={css['noChart']} role="note" data-testid="no-chart">
        {t(account.kind === 'group' ? 'usage.groupNoChart' : 'usage.noChart')}
      </p>
    )
  }
  const oldest = oldestOf(days, reportDay(lookup))
  const showStored = async (show: boolean) => {
    // What an earlier click still reads is not shown any more.
    const reading = { isWanted: show }
    wanted.current.isWanted = false
    wanted.current = reading
    setStored([])
    if (!show) return
    let merged: readonly StoredDay[] = []
    for await (const soFar of readStoredDays(account)) {
      if (!reading.isWanted) return
      // The first page at once and the rest when it is whole: each time the chart is drawn anew.
      if (merged.length === 0) setStored(before(soFar, oldest))
      merged = soFar
    }
    setStored(before(merged, oldest))
  }
  return (
    <section aria-label={t('usage.days')} className={css['days']}>
      <div>
        <UsageChart usage={usage} />
        <div className={css['chartBar']}>
          <label>
            <input
              type="checkbox"
              disabled={oldest === null}
              onChange={event => void showStored(event.target.checked)}
            />{' '}
            {t('usage.showStored')}
          </label>
          <Button look="quiet" onClick={() => void copyChart()}>
            <ImageDown size={16} aria-hidden />
            {t('usage.copyChart')}
          </Button>
        </div>
      </div>
      <DaysTable {...usage} />
    </section>
  )
}

/** Those of the days that the carrier’s window does not have. */
const before = (days: readonly StoredDay[], oldest: string | null): readonly StoredDay[] =>
  days.filter(({ date }) => oldest !== null && date < oldest)

/** The first day of the carrier's window; null where a query over midnight leaves its dates open. */
const oldestOf = (days: readonly DailyUsage[], day: ReportDay): string | null =>
  days.at(-1)?.date ?? (day.isCertain ? day.date : null)
