import { carrierTimes, isOfToday } from '../domain/traffic.ts'
import { ticketWords } from '../ticket/words.ts'
import css from './app.module.css'
import { Empty } from './features/recents/empty.tsx'
import { useTranslation } from './i18n/use-translation.ts'
import { Result } from './parts.ts'
import { useStore } from './store/react.ts'
import { useNumber } from './store/use-number.ts'
import { figure } from './ui/format.ts'

/** What a screen reader says of each result. */
export function Summary() {
  const { t } = useTranslation()
  const view = useStore(state => state.view)
  const base = useStore(state => state.app.current?.profile.kbBase ?? 1024)
  const number = useNumber()
  const language = useStore(state => state.app.language)
  const isToday = useStore(state => state.view.kind === 'shown' && isOfToday(state.view.lookup, state.now))
  const words =
    view.kind === 'shown'
      ? t(isToday ? 'usage.summary' : 'usage.summaryDated', {
          account: number(view.account),
          at: ticketWords[language].asOf(carrierTimes(view.lookup)),
          today: figure(view.lookup.report.todayKb, base, t('usage.noData')).text,
          state: t(`usage.state.${view.lookup.report.blacklist}`),
        })
      : ''
  return (
    <p className="visually-hidden" role="status" aria-live="polite" data-testid="summary">
      {words}
    </p>
  )
}

/** The middle of the window: what is known of one account, or what is asked back. */
export function View() {
  const { t } = useTranslation()
  const view = useStore(state => state.view)
  const number = useNumber()
  switch (view.kind) {
    case 'empty':
      return <Empty />
    case 'asking':
      return (
        <>
          <div className={css['asking']} aria-busy="true" data-account={view.account.id}>
            <p>{number(view.account)}</p>
            <progress className={css['line']} aria-label={t('lookup.asking')} />
          </div>
          {view.before !== null && (
            <>
              <p className={css['before']}>{t('lookup.before', { account: number(view.before.account) })}</p>
              {/* It can be read, but not copied, saved or asked again: that would be about another account. */}
              <div inert className={css['dimmed']} data-testid="before">
                <Result view={view.before} />
              </div>
            </>
          )}
        </>
      )
    case 'nothing-stored':
    case 'failed':
    case 'shown':
      return <Result view={view} />
  }
}
