import { X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import css from './settings.module.css'

/** A newer version was announced. Nothing is installed by itself, so it says whom to ask; once seen, it can go. */
export function UpdateNote() {
  const { t } = useTranslation()
  const version = useStore(state => state.app.update)
  const contact = useStore(state => state.app.policy.supportContact)
  const [isSeen, setSeen] = useState(false)
  if (version === null || isSeen) return null
  return (
    <p className={css['note']} role="status" data-update={version}>
      <span>
        {t('update.found', { version })} {contact !== null && t('policy.support', { contact })}
      </span>
      <Button look="quiet" aria-label={t('notice.dismiss')} onClick={() => setSeen(true)}>
        <X size={14} aria-hidden />
      </Button>
    </p>
  )
}
