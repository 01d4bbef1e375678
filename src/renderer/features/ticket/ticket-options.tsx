import { Pencil } from 'lucide-react'
import type { Settings } from '../../../contract/settings.ts'
import { type BuiltIn, builtIn } from '../../../ticket/built-in.ts'
import { hasTemplate, type TicketPresetId, ticketPresetIds } from '../../../ticket/presets.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { ticketChoice } from '../../store/ticket-of.ts'
import { Button } from '../../ui/button.tsx'
import css from './ticket.module.css'

/** Where the ticket is pasted, by which template, in which language, and how numbers and figures stand in it. */
export function TicketOptions() {
  const { t } = useTranslation()
  const app = useStore(state => state.app)
  const choosePreset = useStore(state => state.choosePreset)
  const changePreset = useStore(state => state.changePreset)
  const changeSettings = useStore(state => state.changeSettings)
  const openTemplates = useStore(state => state.openTemplates)
  const { preset, format, template, masked, rawKb } = ticketChoice({ app })
  const { ticketTemplates, ticketLanguage } = app.settings
  return (
    <div className={css['options']}>
      <header>
        <h2>{t('ticket.title')}</h2>
        <select
          aria-label={t('ticket.preset')}
          value={preset}
          onChange={event => void choosePreset(event.target.value as TicketPresetId)}
        >
          {ticketPresetIds.map(id => (
            <option key={id} value={id}>
              {t(`ticket.presets.${id}`)}
            </option>
          ))}
        </select>
      </header>
      {hasTemplate(format) && (
        <div className={css['row']}>
          <select
            aria-label={t('ticket.template')}
            value={template}
            onChange={event => void changePreset({ template: event.target.value })}
          >
            {(Object.keys(builtIn) as BuiltIn[]).map(id => (
              <option key={id} value={id}>
                {t(`ticket.templates.${id}`)}
              </option>
            ))}
            {ticketTemplates.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          <Button
            look="quiet"
            aria-label={t('template.edit')}
            title={t('template.edit')}
            onClick={() => openTemplates(true)}
          >
            <Pencil size={16} aria-hidden />
          </Button>
        </div>
      )}
      <details className={css['more']}>
        <summary>{t('ticket.options')}</summary>
        <select
          aria-label={t('ticket.language')}
          value={ticketLanguage}
          onChange={event =>
            void changeSettings({ ticketLanguage: event.target.value as Settings['ticketLanguage'] })
          }
        >
          {(['screen', 'ja', 'en'] as const).map(choice => (
            <option key={choice} value={choice}>
              {t('ticket.languageIs', { language: t(`settings.languages.${choice}`) })}
            </option>
          ))}
        </select>
        <div className={css['checks']}>
          <label>
            <input
              type="checkbox"
              checked={masked}
              onChange={event => void changePreset({ masked: event.target.checked })}
            />{' '}
            {t('ticket.masked')}
          </label>
          {hasTemplate(format) && (
            <label>
              <input
                type="checkbox"
                checked={rawKb}
                onChange={event => void changePreset({ rawKb: event.target.checked })}
              />{' '}
              {t('ticket.rawKb')}
            </label>
          )}
        </div>
      </details>
    </div>
  )
}
