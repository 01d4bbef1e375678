import { ChevronDown, ChevronUp } from 'lucide-react'
import css from './app.module.css'
import { useTranslation } from './i18n/use-translation.ts'
import { CopyTicket, TicketPreview } from './parts.ts'
import { useStore } from './store/react.ts'
import { Button } from './ui/button.tsx'

/** Beside the result; in half a screen a bar at the foot, which opens. */
export function TicketPane() {
  const { t } = useTranslation()
  const ticketPane = useStore(state => state.app.settings.ticketPane)
  const isOpen = useStore(state => state.ticketDrawer)
  const openDrawer = useStore(state => state.openDrawer)
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
          <CopyTicket />
        </span>
      )}
      <TicketPreview />
    </aside>
  )
}
