import { useTranslation } from 'react-i18next'
import { carrierTimes, isOfToday } from '../domain/traffic.ts'
import { ticketWords } from '../ticket/words.ts'
import css from './app.module.css'
import { FailureCard } from './features/lookup/failure-card.tsx'
import { Question } from './features/lookup/question.tsx'
import { History } from './features/result/history.tsx'
import { UsagePanel } from './features/result/usage-panel.tsx'
import { SayThis } from './features/ticket/say-this.tsx'
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
  const profile = useStore(state => state.app.current?.profile)
  switch (view.kind) {
    case 'empty':
      return <p className={css['hint']}>{t('lookup.empty')}</p>
    case 'question':
      return <Question reading={view.reading} />
    case 'asking':
      return (
        <p className={css['asking']} aria-busy="true" data-account={view.account.id}>
          {number(view.account)}
        </p>
      )
    case 'nothing-stored':
      return (
        <>
          <p className={css['hint']}>
            {number(view.account)} — {t('usage.nothingStored')}
          </p>
          <History account={view.account} shownId={null} />
        </>
      )
    case 'failed':
      return (
        <>
          <FailureCard account={view.account} failure={view.failure} heardAt={view.heardAt} />
          <History account={view.account} shownId={view.heardAt} />
        </>
      )
    case 'shown':
      return profile ? (
        <UsagePanel
          key={view.account.id}
          account={view.account}
          lookup={view.lookup}
          stored={view.stored}
          profile={profile}
        >
          <SayThis />
        </UsagePanel>
      ) : null
  }
}
