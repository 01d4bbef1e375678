import { ImagePlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { shownTicketOf } from '../../store/ticket-of.ts'
import { Button } from '../../ui/button.tsx'
import { Segments } from '../../ui/segments.tsx'
import CopyTicket from './copy-ticket.tsx'
import { RenderedTicket } from './rendered-ticket.tsx'
import css from './ticket.module.css'
import { TicketOptions } from './ticket-options.tsx'

/** The ticket exactly as it will be copied, seen before it is pasted. */
export default function TicketPreview() {
  const { t } = useTranslation()
  const ticket = useStore(shownTicketOf)
  const numbersHidden = useStore(state => state.numbersHidden)
  const hasChart = useStore(({ view }) => view.kind === 'shown' && view.lookup.report.recentDays !== null)
  const copyWithChart = useStore(state => state.copyWithChart)
  const [asSource, setAsSource] = useState(false)
  // Plain text, CSV and JSON look as they are written.
  const hasSource = ticket !== null && ticket.lines !== null && ticket.format !== 'plain'
  return (
    <div className={css['ticket']}>
      <TicketOptions />
      {hasSource && (
        <Segments
          label={t('ticket.view')}
          value={asSource ? 'source' : 'rendered'}
          choices={[
            ['rendered', t('ticket.rendered')],
            ['source', t('ticket.source')],
          ]}
          onChoose={chosen => setAsSource(chosen === 'source')}
        />
      )}
      {ticket === null ? (
        <p className={css['empty']}>{t('ticket.empty')}</p>
      ) : hasSource && !asSource ? (
        <RenderedTicket format={ticket.format} lines={ticket.lines ?? []} />
      ) : (
        <pre
          className={css['text']}
          data-markup={ticket.format !== 'plain'}
          data-testid="ticket-text"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keys
          tabIndex={0}
        >
          {ticket.html ?? ticket.text}
        </pre>
      )}
      {numbersHidden && ticket !== null && <p className={css['empty']}>{t('ticket.numbersHidden')}</p>}
      <CopyTicket />
      {hasChart && ticket?.format === 'html' && (
        <Button look="quiet" title={t('ticket.withChartHint')} onClick={() => void copyWithChart()}>
          <ImagePlus size={16} aria-hidden />
          {t('ticket.withChart')}
        </Button>
      )}
    </div>
  )
}
