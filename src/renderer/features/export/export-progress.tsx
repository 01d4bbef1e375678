import { useTranslation } from 'react-i18next'
import { useDesk } from '../../store/index.ts'
import { Button } from '../../ui/button.tsx'
import css from './export-progress.module.css'

/** A file that takes longer than a moment to write, with a way out. */
export function ExportProgress() {
  const { t } = useTranslation()
  const progress = useDesk(state => state.exporting)
  const cancelExport = useDesk(state => state.cancelExport)
  if (progress === null) return null
  const { done, total } = progress
  return (
    <section className={css['export']} aria-label={t('export.title')}>
      <label>
        {t('export.progress', { done: done.toLocaleString('en-US'), total: total.toLocaleString('en-US') })}
        <progress value={done} max={Math.max(total, 1)} />
      </label>
      <Button onClick={() => void cancelExport()}>{t('export.cancel')}</Button>
    </section>
  )
}
