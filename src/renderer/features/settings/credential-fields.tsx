import { useContext, useState } from 'react'
import type { Credential } from '../../../contract/profile.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { Field, FieldsOf, LockedFields } from '../../ui/field.tsx'
import css from './settings.module.css'
import type { ProfileForm } from './use-profile-form.ts'

/** What the program asks with: one choice of two, each with where it comes from. */
export function CredentialFields({
  initial,
  of,
}: {
  readonly initial: Credential
  readonly of: ProfileForm['of']
}) {
  const { t } = useTranslation()
  const form = useContext(FieldsOf)
  const isLocked = useContext(LockedFields)
  const [kind, setKind] = useState(initial.kind)
  const given = initial.kind === 'oem' ? initial : null
  return (
    <>
      <fieldset className={css['choices']} disabled={isLocked}>
        <legend>{t('credential.title')}</legend>
        {(['oem', 'manual'] as const).map(choice => (
          <label key={choice}>
            <input
              type="radio"
              form={form}
              name="credential"
              value={choice}
              checked={kind === choice}
              onChange={() => setKind(choice)}
            />
            <span>
              {t(`credential.${choice}.name`)}
              <small>{t(`credential.${choice}.hint`)}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {kind === 'oem' && (
        <>
          <Field label={t('credential.oemId')} hint={t('credential.oemIdHint')} {...of('oemId')}>
            {ids => (
              <input
                {...ids}
                name="oemId"
                autoComplete="off"
                spellCheck={false}
                maxLength={128}
                defaultValue={given?.oemId ?? ''}
              />
            )}
          </Field>
          <Field
            label={t('credential.keyLives')}
            hint={t('credential.keyLivesHint')}
            {...of('renewAfterMinutes')}
          >
            {ids => (
              <input
                {...ids}
                name="renewAfterMinutes"
                inputMode="numeric"
                defaultValue={given?.renewAfterMinutes ?? ''}
              />
            )}
          </Field>
          <Field label={t('credential.signIns')} {...of('signInsPerHour')}>
            {ids => (
              <input
                {...ids}
                name="signInsPerHour"
                inputMode="numeric"
                defaultValue={given?.signInsPerHour ?? ''}
                placeholder="6"
              />
            )}
          </Field>
        </>
      )}
    </>
  )
}
