import { Star } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import type { Profile } from '../../../contract/profile.ts'
import type { SavedAccount } from '../../../contract/state.ts'
import type { Account } from '../../../domain/account.ts'
import { dailyUsage, type GoodLookup, isOfToday, reportDay, threeDaySums } from '../../../domain/traffic.ts'
import { ticketWords } from '../../../ticket/words.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { useNumber } from '../../store/use-number.ts'
import { Button } from '../../ui/button.tsx'
import { figure } from '../../ui/format.ts'
import { Asked } from './asked.tsx'
import { Days } from './days.tsx'
import { Figure, State, Window } from './figures.tsx'
import { History } from './history.tsx'
import { Limits } from './limits.tsx'
import { LineLabel } from './line-label.tsx'
import { ListedSince } from './listed-since.tsx'
import css from './usage.module.css'

/** One account's answer: who, the state, the figures, the days. */
export function UsagePanel({
  account,
  lookup,
  stored,
  profile,
  savedAccount,
  children,
}: {
  readonly account: Account
  readonly lookup: GoodLookup
  readonly stored: boolean
  readonly profile: Profile
  /** The account's kept line; null where it is not kept. */
  readonly savedAccount: SavedAccount | null
  /** What stands between the figures and the days. */
  readonly children: ReactNode
}) {
  const { t } = useTranslation()
  const number = useNumber()
  const language = useStore(state => state.app.language)
  const { report } = lookup
  // If the answer is of another day, or midnight has passed since, its figures are named by their dates.
  const isToday = useStore(state => isOfToday(lookup, state.now))
  const words = ticketWords[language]
  const day = words.reportDay(reportDay(lookup))
  const days = useMemo(() => dailyUsage(lookup, profile.days), [lookup, profile.days])
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
          <StarButton isKept={savedAccount !== null} />
          {savedAccount && <LineLabel key={`${savedAccount.id} ${savedAccount.label}`} line={savedAccount} />}
        </div>
        <Asked account={account} lookup={lookup} stored={stored} isToday={isToday} />
      </header>

      <ClockNote offMs={report.clockOffMs} />
      <State state={report.blacklist} lookup={isToday ? null : lookup}>
        <ListedSince key={lookup.id} lookupId={lookup.id} />
      </State>

      <dl className={css['figures']}>
        <Figure
          name={isToday ? t('usage.today') : `${day} ${t('usage.incomplete')}`}
          {...show(report.todayKb)}
          large
          missing={report.todayKb === null}
        />
        {days !== null && (
          <>
            <Figure
              name={isToday || !days[0] ? t('usage.yesterday') : words.dayBefore(days[0])}
              {...show(days[0]?.kb ?? null)}
              missing={(days[0]?.kb ?? null) === null}
            />
            <Figure
              name={isToday ? t('usage.withToday') : t('usage.withThatDay', { day })}
              {...show(sums.withToday)}
              missing={sums.withToday === null}
            />
            <Figure
              name={isToday ? t('usage.withoutToday') : t('usage.withoutThatDay', { day })}
              {...show(sums.withoutToday)}
              missing={sums.withoutToday === null}
            />
          </>
        )}
      </dl>

      <Limits profile={profile} todayKb={report.todayKb} days={days} />

      {days !== null && <Window days={days} show={show} before={isToday ? null : day} />}

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

/**
 * Warns that this computer's clock differs from the carrier's. The carrier's clock decides the day, so
 * somebody should set this one.
 */
function ClockNote({ offMs }: { readonly offMs: number }) {
  const { t } = useTranslation()
  if (offMs === 0) return null
  const minutes = Math.round(Math.abs(offMs) / 60_000)
  return (
    <p className={css['clock']} role="note">
      {t(offMs > 0 ? 'usage.clockSlow' : 'usage.clockFast', {
        time:
          minutes < 120
            ? t('duration.minutes', { count: minutes })
            : t('duration.hours', { count: Math.round(minutes / 60) }),
      })}
    </p>
  )
}

function StarButton({ isKept }: { readonly isKept: boolean }) {
  const { t } = useTranslation()
  const toggleStar = useStore(state => state.toggleStar)
  const words = t(isKept ? 'saved.unstar' : 'saved.star')
  return (
    <Button
      look="quiet"
      aria-pressed={isKept}
      aria-label={words}
      title={words}
      onClick={() => void toggleStar()}
    >
      <Star size={18} aria-hidden fill={isKept ? 'currentColor' : 'none'} />
    </Button>
  )
}
