import { Command as CommandIcon, Eye, EyeOff, PanelRight, Settings as SettingsIcon } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { type Command, type CommandInfo, commands, shortcutText } from '../contract/commands.ts'
import { words } from '../domain/words/words.ts'
import css from './app.module.css'
import { useRunCommand } from './commands.ts'
import { GateLine } from './features/lookup/gate-line.tsx'
import { LookupForm } from './features/lookup/lookup-form.tsx'
import { Notices } from './features/notices/notices.tsx'
import { ProgressBar } from './features/progress/progress-bar.tsx'
import { LineEditor } from './features/saved-accounts/line-editor.tsx'
import { SavedAccounts } from './features/saved-accounts/saved-accounts.tsx'
import { FirstRun } from './features/settings/first-run.tsx'
import { ProfileSwitch } from './features/settings/profile-switch.tsx'
import { SettingsSheet } from './features/settings/settings-sheet.tsx'
import { StoreBanner } from './features/settings/store-banner.tsx'
import { TicketPreview } from './features/ticket/ticket-preview.tsx'
import { Summary, View } from './result-view.tsx'
import { useStore } from './store/react.ts'
import { Button } from './ui/button.tsx'

// Opened now and then: not part of what is read at start.
const ImportSheet = lazy(() => import('./features/saved-accounts/import-sheet.tsx'))
const Palette = lazy(() => import('./features/palette/palette.tsx'))
const TemplateSheet = lazy(() => import('./features/ticket/template-sheet.tsx'))
const ShortcutSheet = lazy(() => import('./features/palette/shortcut-sheet.tsx'))

/** The window: saved lines, lookup and result, ticket. */
export function App() {
  const { i18n } = useTranslation()
  const language = useStore(state => state.app.language)
  const overlay = useStore(state => state.overlay)
  const templatesOpen = useStore(state => state.templatesOpen)
  const importing = useStore(state => state.importing)
  const hasProfile = useStore(state => state.app.current !== null)
  useEffect(() => {
    document.documentElement.lang = language
    void i18n.changeLanguage(language)
  }, [language, i18n])
  return (
    <>
      {hasProfile ? (
        <div className={css['window']}>
          <HiddenStrip />
          <MainWindow />
        </div>
      ) : (
        <FirstRun />
      )}
      <SettingsSheet />
      <LineEditor />
      <Suspense>
        {importing && <ImportSheet />}
        {templatesOpen && <TemplateSheet />}
        {overlay === 'palette' && <Palette />}
        {overlay === 'shortcuts' && <ShortcutSheet />}
      </Suspense>
      <Summary />
      <div className={css['corner']}>
        <ProgressBar />
        <Notices />
      </div>
    </>
  )
}

/** Across the whole window, so that nobody wonders why a number is not there. */
function HiddenStrip() {
  const { t } = useTranslation()
  const numbersHidden = useStore(state => state.numbersHidden)
  const run = useRunCommand()
  if (!numbersHidden) return null
  return (
    <p className={css['strip']} role="status">
      <EyeOff size={16} aria-hidden />
      {t('app.hideNumbers')}
      <Button onClick={() => run('hide-numbers')}>{t('app.showNumbers')}</Button>
    </p>
  )
}

function MainWindow() {
  const { t } = useTranslation()
  const isDemo = useStore(state => state.app.current?.profile.carrier.kind === 'simulator')
  const ticketPane = useStore(state => state.app.settings.ticketPane)
  const numbersHidden = useStore(state => state.numbersHidden)
  const run = useRunCommand()
  return (
    <div className={css['layout']} data-demo={isDemo} data-ticket={ticketPane}>
      <header className={css['top']}>
        <h1>{t('app.title')}</h1>
        <ProfileSwitch />
        {isDemo && (
          <p className={css['demo']}>
            <strong>{t('app.demo')}</strong> {t('app.demoHint')}
          </p>
        )}
        <div className={css['tools']}>
          <Tool command="palette" icon={<CommandIcon size={16} aria-hidden />} />
          <Tool
            command="hide-numbers"
            icon={numbersHidden ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
          />
          <Tool command="toggle-ticket" icon={<PanelRight size={16} aria-hidden />} />
          <Button
            look="quiet"
            aria-label={t('app.settings')}
            title={t('app.settings')}
            onClick={() => run('open-settings')}
          >
            <SettingsIcon size={16} aria-hidden />
          </Button>
        </div>
      </header>
      <aside className={css['left']} aria-label={t('saved.title')}>
        <SavedAccounts />
      </aside>
      <main className={css['main']}>
        <StoreBanner />
        <LookupForm />
        <GateLine />
        <View />
      </main>
      {ticketPane && (
        <aside className={css['right']} aria-label={t('ticket.title')}>
          <TicketPreview />
        </aside>
      )}
    </div>
  )
}

/** A command as a button; its key is in the tooltip. */
function Tool({ command, icon }: { readonly command: Command; readonly icon: ReactNode }) {
  const language = useStore(state => state.app.language)
  const platform = useStore(state => state.app.platform)
  const run = useRunCommand()
  const { shortcut }: CommandInfo = commands[command]
  const title = words[language].commands[command]
  const key = shortcut ? ` (${shortcutText(shortcut, platform)})` : ''
  return (
    <Button look="quiet" aria-label={title} title={`${title}${key}`} onClick={() => run(command)}>
      {icon}
    </Button>
  )
}
