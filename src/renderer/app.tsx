import { Settings as SettingsIcon } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { formatAccount } from '../shared/account.ts'
import css from './app.module.css'
import { FailureCard } from './features/lookup/failure-card.tsx'
import { GateLine } from './features/lookup/gate-line.tsx'
import { LookupForm } from './features/lookup/lookup-form.tsx'
import { Question } from './features/lookup/question.tsx'
import { Notices } from './features/notices/notices.tsx'
import { ImportSheet } from './features/saved-lines/import-sheet.tsx'
import { LineEditor } from './features/saved-lines/line-editor.tsx'
import { SavedLines } from './features/saved-lines/saved-lines.tsx'
import { FirstRun } from './features/settings/first-run.tsx'
import { ProfileSwitch } from './features/settings/profile-switch.tsx'
import { SettingsSheet } from './features/settings/settings-sheet.tsx'
import { StoreBanner } from './features/settings/store-banner.tsx'
import { TicketPreview } from './features/ticket/ticket-preview.tsx'
import { UsagePanel } from './features/usage/usage-panel.tsx'
import { useDesk } from './store/index.ts'
import { Button } from './ui/button.tsx'

/** The desk: saved lines, lookup and result, ticket. */
export function App() {
  const { i18n } = useTranslation()
  const language = useDesk(state => state.app.language)
  const hasProfile = useDesk(state => state.app.current !== null)
  useEffect(() => {
    document.documentElement.lang = language
    void i18n.changeLanguage(language)
  }, [language, i18n])
  return (
    <>
      {hasProfile ? <Desk /> : <FirstRun />}
      <SettingsSheet />
      <LineEditor />
      <ImportSheet />
      <Notices />
    </>
  )
}

function Desk() {
  const { t } = useTranslation()
  const isDemo = useDesk(state => state.app.current?.profile.carrier.kind === 'simulator')
  const openSheet = useDesk(state => state.openSheet)
  return (
    <div className={css['desk']} data-demo={isDemo}>
      <header className={css['top']}>
        <h1>{t('app.title')}</h1>
        <ProfileSwitch />
        {isDemo && (
          <p className={css['demo']}>
            <strong>{t('app.demo')}</strong> {t('app.demoHint')}
          </p>
        )}
        <Button
          look="quiet"
          aria-label={t('app.settings')}
          title={t('app.settings')}
          onClick={() => openSheet('settings')}
        >
          <SettingsIcon size={16} aria-hidden />
        </Button>
      </header>
      <aside className={css['left']}>
        <SavedLines />
      </aside>
      <main className={css['main']}>
        <StoreBanner />
        <LookupForm />
        <GateLine />
        <View />
      </main>
      <aside className={css['right']}>
        <TicketPreview />
      </aside>
    </div>
  )
}

function View() {
  const { t } = useTranslation()
  const view = useDesk(state => state.view)
  const profile = useDesk(state => state.app.current?.profile)
  switch (view.kind) {
    case 'empty':
      return <p className={css['hint']}>{t('lookup.empty')}</p>
    case 'question':
      return <Question reading={view.reading} />
    case 'asking':
      return (
        <p className={css['asking']} aria-busy="true" data-account={view.account.id}>
          {formatAccount(view.account)}
        </p>
      )
    case 'nothing-stored':
      return (
        <p className={css['hint']}>
          {formatAccount(view.account)} — {t('usage.nothingStored')}
        </p>
      )
    case 'failed':
      return <FailureCard account={view.account} failure={view.failure} />
    case 'shown':
      return profile ? (
        <UsagePanel
          key={view.account.id}
          account={view.account}
          lookup={view.lookup}
          stored={view.stored}
          profile={profile}
        />
      ) : null
  }
}
