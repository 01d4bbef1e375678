import { useState } from 'react'
import type { Failure } from '../../../domain/failure.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { Field } from '../../ui/field.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { NumberField } from './general-fields.tsx'
import css from './settings.module.css'

/** How long lookups are kept, and the settings as a file. */
export function DataFields() {
  const { t } = useTranslation()
  const max = useStore(state => state.app.policy.maxRetentionDays)
  return (
    <>
      <NumberField
        of="retentionDays"
        max={max ?? 3650}
        {...(max !== null && { hint: t('policy.retention', { days: max }) })}
      />
      <SettingsFile />
    </>
  )
}

/** What can't be taken back stands last, and is asked twice. */
export function DangerousActs() {
  const { t } = useTranslation()
  const profile = useStore(state => state.app.current?.profile ?? null)
  const clearHistory = useStore(state => state.clearHistory)
  const removeProfile = useStore(state => state.removeProfile)
  const openSheet = useStore(state => state.openSheet)
  const isGiven = useStore(state => state.app.policy.lockedProfiles.includes(profile?.id ?? ''))
  const [told, setTold] = useState('')
  if (profile === null) return null
  const remove = async () => {
    const failure = await removeProfile(profile.id)
    if (failure === null) openSheet(null)
    else setTold(t(`failures.${failure.code}`))
  }
  return (
    <div className={css['danger']}>
      <p role="status">{told}</p>
      <ConfirmButton
        sure={t('history.clearSure')}
        onConfirm={() => void clearHistory().then(done => done && setTold(t('history.cleared')))}
      >
        {t('history.clear')}
      </ConfirmButton>
      {!isGiven && (
        <ConfirmButton
          sure={t('settings.removeProfileSure', { name: profile.name })}
          onConfirm={() => void remove()}
        >
          {t('settings.removeProfile')}
        </ConfirmButton>
      )}
    </div>
  )
}

/** Settings and profiles go to a file and come from one, without any key. */
function SettingsFile() {
  const { t } = useTranslation()
  const exportSettings = useStore(state => state.exportSettings)
  const importSettings = useStore(state => state.importSettings)
  const { allowsExport } = useStore(state => state.app.policy)
  const [told, setTold] = useState('')
  const tell = (failure: Failure | null) => setTold(failure ? t(`failures.${failure.code}`) : '')
  return (
    <>
      <Field label={t('settings.files')} hint={t('settings.filesHint')}>
        {ids => (
          <fieldset {...ids} className={css['buttons']} aria-label={t('settings.files')}>
            <Button
              disabled={!allowsExport}
              title={allowsExport ? undefined : t('policy.locked')}
              onClick={() => void exportSettings().then(tell)}
            >
              {t('settings.exportSettings')}
            </Button>
            <FileButton
              accept=".json,application/json"
              label={t('settings.importSettings')}
              onPick={async file => tell(await importSettings(await file.text()))}
            />
          </fieldset>
        )}
      </Field>
      <p role="status">{told}</p>
    </>
  )
}
