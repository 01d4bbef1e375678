import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import css from './settings.module.css'

/** What an administrator has to mend, by name. */
export function PolicyBanner() {
  const { t } = useTranslation()
  const { problems, stopsQueries } = useStore(state => state.app.policy)
  if (problems.length === 0) return null
  const keys = problems.map(({ key }) => key ?? t('policy.whole')).join(', ')
  return (
    <p className={css['banner']} role="status" data-policy={stopsQueries ? 'stops' : 'wrong'}>
      {t(stopsQueries ? 'policy.stops' : 'policy.wrong', { keys })}
    </p>
  )
}
