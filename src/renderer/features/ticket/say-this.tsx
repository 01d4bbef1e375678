import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { sentenceText } from '../../store/ticket-copies.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Segments } from '../../ui/segments.tsx'
import css from './ticket.module.css'

/** What to tell the customer, on the phone or in a mail. */
export function SayThis() {
  const { t } = useTranslation()
  const text = useStore(sentenceText)
  const medium = useStore(state => state.app.settings.medium)
  const changeSettings = useStore(state => state.changeSettings)
  const copySentence = useStore(state => state.copySentence)
  if (text === null) return null
  return (
    <section className={css['say']} aria-label={t('say.title')}>
      <header>
        <h3>{t('say.title')}</h3>
        <Segments
          label={t('say.medium')}
          value={medium}
          choices={[
            ['phone', t('say.phone')],
            ['mail', t('say.mail')],
          ]}
          onChoose={chosen => void changeSettings({ medium: chosen })}
        />
        <CopyButton
          look="quiet"
          aria-label={t('say.copy')}
          title={t('say.copy')}
          copied={t('ticket.isCopied')}
          onCopy={copySentence}
        />
      </header>
      <blockquote data-testid="sentence">{text}</blockquote>
    </section>
  )
}
