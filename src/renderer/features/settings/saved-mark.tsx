import { Check } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import css from './settings.module.css'

const SAID_MS = 2_000

/** Whether a field was saved a moment ago, and how to say that it was. */
export function useSaved(): readonly [boolean, () => void] {
  const [times, setTimes] = useState(0)
  useEffect(() => {
    if (times === 0) return
    const timer = setTimeout(() => setTimes(0), SAID_MS)
    return () => clearTimeout(timer)
  }, [times])
  return [times > 0, () => setTimes(count => count + 1)]
}

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
