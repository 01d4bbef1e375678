import { Star } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Account } from '../../../shared/account.ts'
import type { Profile } from '../../../shared/settings.ts'
import { ticketWords } from '../../../shared/ticket/words.ts'
import { dailyUsage, type GoodLookup, japanDay, threeDaySums } from '../../../shared/traffic.ts'
import { useDesk } from '../../store/index.ts'
import { lineOf } from '../../store/saved-lines.ts'
import { useNumber } from '../../store/use-number.ts'
import { Button } from '../../ui/button.tsx'
import { figure } from '../../ui/format.ts'
import { useNow } from '../../ui/use-now.ts'
import { Asked } from './asked.tsx'
import { Days } from './days.tsx'
import { Figure, State, Window } from './figures.tsx'
import { History } from './history.tsx'
import { LineLabel } from './line-label.tsx'
import css from './usage.module.css'

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
  const days = useMemo(() => dailyUsage(report, repliedAt, profile.days), [report, repliedAt, profile.days])
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
