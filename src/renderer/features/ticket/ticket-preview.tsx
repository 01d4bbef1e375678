import { Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatAccount, maskAccount } from '../../../shared/account.ts'
import type { Settings } from '../../../shared/settings.ts'
import { useDesk } from '../../store/index.ts'
import { ticketText } from '../../store/lookup.ts'
import { Button } from '../../ui/button.tsx'
import css from './ticket.module.css'

/** The text exactly as it will be copied, seen before it is pasted. */
export function TicketPreview() {
  const { t } = useTranslation()
  const text = useDesk(ticketText)
  const language = useDesk(state => state.app.settings.ticketLanguage)
  const saveSettings = useDesk(state => state.saveSettings)
  const copyTicket = useDesk(state => state.copyTicket)
  const veiled = useDesk(state => state.veiled)
  const account = useDesk(({ view }) => (view.kind === 'shown' ? view.account : null))
  return (
    <div className={css['ticket']}>
      <header>
        <h2>{t('ticket.title')}</h2>
        <select
          aria-label={t('ticket.language')}
          value={language}
          onChange={event =>
            void saveSettings({ ticketLanguage: event.target.value as Settings['ticketLanguage'] })
          }
        >
          {(['screen', 'ja', 'en'] as const).map(choice => (
            <option key={choice} value={choice}>
              {t(`settings.languages.${choice}`)}
            </option>
          ))}
        </select>
      </header>
      {text === null ? (
        <p className={css['empty']}>{t('ticket.empty')}</p>
      ) : (
        <pre className={css['text']} data-testid="ticket-text">
          {veiled && account ? text.replaceAll(formatAccount(account), maskAccount(account)) : text}
        </pre>
      )}
      {veiled && text !== null && <p className={css['empty']}>{t('ticket.veiled')}</p>}
      <Button look="primary" disabled={text === null} onClick={() => void copyTicket()}>
        <Copy size={16} aria-hidden />
        {t('ticket.copy')}
      </Button>
    </div>
  )
}
