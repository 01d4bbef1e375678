import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import css from './progress-bar.module.css'

/** Long work that somebody waits for, and a way out where there is one. */
export function ProgressBar() {
  const { t } = useTranslation()
  const progress = useStore(state => state.progress)
  const cancelExport = useStore(state => state.cancelExport)
  if (progress === null) return null
  const { task, done, total } = progress
  // Rows can be counted; what comes after the last one has no measure.
  const isMeasured = total > 0 && done < total
  const count = { done: done.toLocaleString('en-US'), total: total.toLocaleString('en-US') }
  return (
    <section className={css['progress']} aria-label={t('progress.title')}>
      <label>
        {task === 'erase' && !isMeasured ? t('progress.busy') : t(`progress.${task}`, count)}
        <progress {...(isMeasured ? { value: done, max: total } : {})} />
      </label>
      {task === 'export' && <Button onClick={() => void cancelExport()}>{t('progress.cancel')}</Button>}
    </section>
  )
}
