import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { shownTicketOf } from '../../store/ticket-of.ts'
import { CopyButton } from '../../ui/copy-button.tsx'

/** Puts the ticket on the clipboard, where there is one. */
export default function CopyTicket() {
  const { t } = useTranslation()
  const hasTicket = useStore(state => shownTicketOf(state) !== null)
  const copyTicket = useStore(state => state.copyTicket)
  return (
    <CopyButton
      look="primary"
      disabled={!hasTicket}
      aria-label={t('ticket.copy')}
      copied={t('ticket.isCopied')}
      onCopy={copyTicket}
    >
      {t('ticket.copy')}
    </CopyButton>
  )
}
