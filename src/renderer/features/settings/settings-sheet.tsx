import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../contract/settings.ts'
import type { Failure } from '../../../domain/failure.ts'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { Field } from '../../ui/field.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { KeyForm } from './key-form.tsx'
import { ProfileForm } from './profile-form.tsx'
import css from './settings.module.css'

/** General settings, the current profile and its key. */
export function SettingsSheet() {
  const { t } = useTranslation()
  const sheet = useStore(state => state.sheet)
  const openSheet = useStore(state => state.openSheet)
  const profile = useStore(state => state.app.current?.profile ?? null)
  if (sheet === null) return null
  const isNew = sheet === 'new-profile'
  return (
    <Sheet
      title={t(isNew ? 'app.addProfile' : 'settings.title')}
      closeLabel={t('settings.close')}
      onClose={() => openSheet(null)}
    >
      {isNew ? (
        <ProfileForm profile={null} onSaved={() => openSheet('key')} />
      ) : (
        <>
          {profile !== null && <KeyForm key={`key ${profile.id}`} autoFocus={sheet === 'key'} />}
          <GeneralForm />
          {profile !== null && <ProfileForm key={profile.id} profile={profile} onSaved={() => {}} />}
        </>
      )}
    </Sheet>
  )
}

const languages = ['system', 'ja', 'en'] as const
const themes = ['system', 'light', 'dark'] as const

function GeneralForm() {
  const { t } = useTranslation()
  const settings = useStore(state => state.app.settings)
  const platform = useStore(state => state.app.platform)
  const changeSettings = useStore(state => state.changeSettings)
  return (
    <section>
      <h3>{t('settings.general')}</h3>
      <Field label={t('settings.language')}>
        {ids => (
          <select
            {...ids}
            value={settings.language}
            onChange={event => void changeSettings({ language: event.target.value as Settings['language'] })}
          >
            {languages.map(choice => (
              <option key={choice} value={choice}>
                {t(`settings.languages.${choice}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t('settings.theme')}>
        {ids => (
          <select
            {...ids}
            value={settings.theme}
            onChange={event => void changeSettings({ theme: event.target.value as Settings['theme'] })}
          >
            {themes.map(choice => (
              <option key={choice} value={choice}>
                {t(`settings.themes.${choice}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Retention />
      {platform === 'win32' && (
        <Field label={t('settings.privateCopies')} hint={t('settings.privateCopiesHint')}>
          {ids => (
            <input
              {...ids}
              type="checkbox"
              checked={settings.privateCopies}
              onChange={event => void changeSettings({ privateCopies: event.target.checked })}
            />
          )}
        </Field>
      )}
      <DataActs />
    </section>
  )
}

const retentionDays = { min: 0, max: 3650 } as const

/** Saves the value as soon as the field loses focus, if it is a valid number of days. */
function Retention() {
  const { t } = useTranslation()
  const kept = useStore(state => state.app.settings.retentionDays)
  const changeSettings = useStore(state => state.changeSettings)
  const [isWrong, setWrong] = useState(false)
  const keep = (text: string) => {
    const days = Number(text)
    const isRight =
      text.trim() !== '' && Number.isInteger(days) && days >= retentionDays.min && days <= retentionDays.max
    setWrong(!isRight)
    if (isRight && days !== kept) void changeSettings({ retentionDays: days })
  }
  return (
    <Field
      label={t('settings.retention')}
      hint={t('settings.retentionHint')}
      error={isWrong ? t('settings.problem.WHOLE_RANGE', retentionDays) : undefined}
    >
      {ids => (
        <input
          {...ids}
          inputMode="numeric"
          defaultValue={kept}
          onBlur={({ target }) => keep(target.value.normalize('NFKC'))}
        />
      )}
    </Field>
  )
}

function DataActs() {
  const { t } = useTranslation()
  const clearHistory = useStore(state => state.clearHistory)
  const exportSettings = useStore(state => state.exportSettings)
  const importSettings = useStore(state => state.importSettings)
  const [told, setTold] = useState('')
  const tell = (failure: Failure | null) => setTold(failure ? t(`failures.${failure.code}`) : '')
  return (
    <>
      <Field label={t('settings.files')} hint={t('settings.filesHint')}>
        {ids => (
          <fieldset {...ids} className={css['buttons']} aria-label={t('settings.files')}>
            <Button onClick={() => void exportSettings().then(tell)}>{t('settings.exportSettings')}</Button>
            <FileButton
              accept=".json,application/json"
              label={t('settings.importSettings')}
              onPick={async file => tell(await importSettings(await file.text()))}
            />
          </fieldset>
        )}
      </Field>
      <div className={css['row']}>
        <p role="status">{told}</p>
        <ConfirmButton
          sure={t('history.clearSure')}
          onConfirm={() => void clearHistory().then(done => done && setTold(t('history.cleared')))}
        >
          {t('history.clear')}
        </ConfirmButton>
      </div>
    </>
  )
}
