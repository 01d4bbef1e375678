import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import css from './settings.module.css'

/** How the program's data was found, where that is not as it should be. */
export function StoreBanner() {
  const { t, language } = useTranslation()
  const { kind, backupAt } = useStore(state => state.app.store)
  if (kind === 'ok') return null
  const date =
    backupAt === null
      ? ''
      : new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(backupAt)
  return (
    <p className={css['banner']} role="alert" data-store={kind}>
      {t(`store.${kind}`, { date })}
    </p>
  )
}
