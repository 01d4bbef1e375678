import {
  Command as CommandIcon,
  Eye,
  EyeOff,
  PanelLeft,
  PanelRight,
  Settings as SettingsIcon,
  SunMoon,
} from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { type Command, type CommandInfo, commands, shortcutText } from '../contract/commands.ts'
import { words } from '../domain/words/words.ts'
import css from './app.module.css'
import { useRunCommand } from './commands.ts'
import { GateLine } from './features/lookup/gate-line.tsx'
import { LookupForm } from './features/lookup/lookup-form.tsx'
import { Notices } from './features/notices/notices.tsx'
import { ProgressBar } from './features/progress/progress-bar.tsx'
import { LastRecents, Recents } from './features/recents/recents.tsx'
import { SavedAccounts } from './features/saved-accounts/saved-accounts.tsx'
import { PolicyBanner } from './features/settings/policy-banner.tsx'
import { ProfileSwitch } from './features/settings/profile-switch.tsx'
import { StoreBanner } from './features/settings/store-banner.tsx'
import { UpdateNote } from './features/settings/update-note.tsx'
import { changeLanguage, translation } from './i18n/index.ts'
import { TranslationProvider, useTranslation } from './i18n/use-translation.ts'
import {
  DoctorSheet,
  FirstRun,
  GuideSheet,
  ImportSheet,
  LineEditor,
  MakeSetupSheet,
  Palette,
  SettingsSheet,
  SetupSheet,
  ShortcutSheet,
  TemplateSheet,
} from './parts.ts'
import { Summary, View } from './result-view.tsx'
import { useStore } from './store/react.ts'
import { TicketPane } from './ticket-pane.tsx'
import { Button } from './ui/button.tsx'

/** The window: saved lines, lookup and result, ticket. */
export function App() {
  const language = useStore(state => state.app.language)
  const [translated, setTranslated] = useState(translation)
  const overlay = useStore(state => state.overlay)
  const templatesOpen = useStore(state => state.templatesOpen)
  const offeredSetup = useStore(state => state.offeredSetup?.no ?? null)
  const isMakingSetup = useStore(state => state.isMakingSetup)
  const isGuideOpen = useStore(state => state.guide !== null)
  const isDoctorOpen = useStore(state => state.isDoctorOpen)
  const isEditing = useStore(state => state.editing !== null)
  const importing = useStore(state => state.importing)
  const sheet = useStore(state => state.sheet)
  const hasProfile = useStore(state => state.app.current !== null && state.sheet !== 'first-run')
  useEffect(() => {
    document.documentElement.lang = language
    void changeLanguage(language).then(setTranslated)
  }, [language])
  return (
    <TranslationProvider value={translated}>
      {hasProfile ? (
        <div className={css['window']}>
          <HiddenStrip />
          <MainWindow />
        </div>
      ) : (
        <FirstRun />
      )}
      {isEditing && <LineEditor />}
      {sheet !== null && sheet !== 'first-run' && <SettingsSheet />}
      {importing && <ImportSheet />}
      {templatesOpen && <TemplateSheet />}
      {isGuideOpen && <GuideSheet />}
      {isDoctorOpen && <DoctorSheet />}
      {offeredSetup !== null && <SetupSheet key={offeredSetup} />}
      {isMakingSetup && <MakeSetupSheet />}
      {overlay === 'palette' && <Palette />}
      {overlay === 'shortcuts' && <ShortcutSheet />}
      <Summary />
      <div className={css['corner']}>
        <ProgressBar />
        <Notices />
      </div>
    </TranslationProvider>
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
  const listPane = useStore(state => state.app.settings.listPane)
  const listDrawer = useStore(state => state.listDrawer)
  const numbersHidden = useStore(state => state.numbersHidden)
  const isEmpty = useStore(state => state.view.kind === 'empty')
  const run = useRunCommand()
  return (
    <div className={css['layout']} data-demo={isDemo} data-list={listPane} data-drawer={listDrawer}>
      <header className={css['top']}>
        <h1 className="visually-hidden">{t('app.title')}</h1>
        <Tool command="toggle-list" icon={<PanelLeft size={16} aria-hidden />} />
        <ProfileSwitch />
        {isDemo && (
          <p className={css['demo']}>
            <strong>{t('app.demo')}</strong> <span>{t('app.demoHint')}</span>
          </p>
        )}
        <div className={css['tools']}>
          <Left />
          <Tool command="palette" icon={<CommandIcon size={16} aria-hidden />} />
          <Tool
            command="hide-numbers"
            icon={numbersHidden ? <EyeOff size={16} aria-hidden /> : <Eye size={16} aria-hidden />}
          />
          <span className={css['wide']}>
            <Tool command="toggle-theme" icon={<SunMoon size={16} aria-hidden />} />
            <Tool command="toggle-ticket" icon={<PanelRight size={16} aria-hidden />} />
          </span>
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
      <aside className={css['left']} aria-label={t('app.lists')}>
        <Recents />
        <SavedAccounts />
      </aside>
      <main className={css['main']} data-empty={isEmpty}>
        <div className={css['bar']}>
          <StoreBanner />
          <PolicyBanner />
          <UpdateNote />
          <LookupForm />
          <GateLine />
          <div className={css['chips']}>
            <LastRecents />
          </div>
        </div>
        <div className={css['scroll']}>
          <View />
        </div>
      </main>
      <TicketPane />
    </div>
  )
}

/** How many lookups the hour still has. */
function Left() {
  const { t } = useTranslation()
  const budget = useStore(({ gate }) => gate.state.budget)
  if (budget === null) return null
  return (
    <span className={css['budget']} title={t('lookup.leftHint')} data-low={budget.left <= budget.of / 10}>
      {t('lookup.left', budget)}
    </span>
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
