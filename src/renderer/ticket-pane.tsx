import { ChevronDown, ChevronUp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import css from './app.module.css'
import { TicketPreview } from './features/ticket/ticket-preview.tsx'
import { useStore } from './store/react.ts'
import { shownTicketOf } from './store/ticket-of.ts'
import { Button } from './ui/button.tsx'
import { CopyButton } from './ui/copy-button.tsx'

/** Beside the result; in half a screen a bar at the foot, which opens. */
export function TicketPane() {
  const { t } = useTranslation()
  const ticketPane = useStore(state => state.app.settings.ticketPane)
  const isOpen = useStore(state => state.ticketDrawer)
  const openDrawer = useStore(state => state.openDrawer)
  const hasTicket = useStore(state => shownTicketOf(state) !== null)
  const copyTicket = useStore(state => state.copyTicket)
  return (
    <aside className={css['right']} aria-label={t('ticket.title')} data-pane={ticketPane} data-open={isOpen}>
      <Button
        look="quiet"
        className={css['fold'] ?? ''}
        aria-expanded={isOpen}
        onClick={() => openDrawer('ticket', !isOpen)}
      >
        {isOpen ? <ChevronDown size={16} aria-hidden /> : <ChevronUp size={16} aria-hidden />}
        {t('ticket.title')}
      </Button>
      {!isOpen && (
        <span className={css['fold']}>
          <CopyButton
            look="primary"
            disabled={!hasTicket}
            aria-label={t('ticket.copy')}
            copied={t('ticket.isCopied')}
            onCopy={copyTicket}
          >
            {t('ticket.copy')}
          </CopyButton>
        </span>
      )}
      <TicketPreview />
    </aside>
  )
}
