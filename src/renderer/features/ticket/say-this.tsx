import { Copy } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../store/react.ts'
import { sentenceText } from '../../store/ticket.ts'
import { Button } from '../../ui/button.tsx'
import css from './ticket.module.css'

/** A sentence to read out to the customer. */
export function SayThis() {
  const { t } = useTranslation()
  const text = useStore(sentenceText)
  const copySentence = useStore(state => state.copySentence)
  if (text === null) return null
  return (
    <section className={css['say']} aria-label={t('say.title')}>
      <h3>{t('say.title')}</h3>
      <blockquote data-testid="sentence">{text}</blockquote>
      <Button
        look="quiet"
        aria-label={t('say.copy')}
        title={t('say.copy')}
        onClick={() => void copySentence()}
      >
        <Copy size={16} aria-hidden />
      </Button>
    </section>
  )
}
