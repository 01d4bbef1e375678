import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../shared/settings.ts'
import { useDesk } from '../../store/index.ts'
import { Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { AuthKeyForm } from './auth-key-form.tsx'
import { ProfileForm } from './profile-form.tsx'

/** General settings, the current profile and its key. */
export function SettingsSheet() {
  const { t } = useTranslation()
  const sheet = useDesk(state => state.sheet)
  const openSheet = useDesk(state => state.openSheet)
  const profile = useDesk(state => state.app.current?.profile ?? null)
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
          {profile !== null && <AuthKeyForm key={`key ${profile.id}`} autoFocus={sheet === 'key'} />}
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
  const settings = useDesk(state => state.app.settings)
  const saveSettings = useDesk(state => state.saveSettings)
  return (
    <section>
      <h3>{t('settings.general')}</h3>
      <Field label={t('settings.language')}>
        {ids => (
          <select
            {...ids}
            value={settings.language}
            onChange={event => void saveSettings({ language: event.target.value as Settings['language'] })}
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
            onChange={event => void saveSettings({ theme: event.target.value as Settings['theme'] })}
          >
            {themes.map(choice => (
              <option key={choice} value={choice}>
                {t(`settings.themes.${choice}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
    </section>
  )
}
