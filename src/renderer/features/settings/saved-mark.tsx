import { Check } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import css from './settings.module.css'

/** Beside a field that is saved as it is typed. */
export function Saved({ isSaved }: { readonly isSaved: boolean }) {
  const { t } = useTranslation()
  return (
    <span className={css['saved']} role="status">
      {isSaved && (
        <>
          <Check size={14} aria-hidden /> {t('settings.saved')}
        </>
      )}
    </span>
  )
}
