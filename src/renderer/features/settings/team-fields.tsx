import { useState } from 'react'
import { TEAM_PORT } from '../../../contract/team-host.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { Field } from '../../ui/field.tsx'
import type { FieldsProps } from './profile-fields.tsx'

/** The operator's server that makes all desks one; a native dialog confirms a change of it. */
export function TeamFields({ initial, of }: FieldsProps) {
  const { t } = useTranslation()
  const { team } = initial
  const [isOn, setOn] = useState(team !== null)
  return (
    <>
      <Field label={t('settings.team.use')} hint={t('settings.team.useHint')}>
        {ids => (
          <input
            {...ids}
            name="team"
            type="checkbox"
            checked={isOn}
            onChange={({ target }) => setOn(target.checked)}
          />
        )}
      </Field>
      {isOn && (
        <>
          <Field label={t('settings.team.host')} {...of('teamHost')}>
            {ids => <input {...ids} name="teamHost" maxLength={253} defaultValue={team?.host ?? ''} />}
          </Field>
          <Field label={t('settings.team.port')} {...of('teamPort')}>
            {ids => (
              <input {...ids} name="teamPort" inputMode="numeric" defaultValue={team?.port ?? TEAM_PORT} />
            )}
          </Field>
          <Field label={t('settings.team.database')} {...of('teamDatabase')}>
            {ids => (
              <input
                {...ids}
                name="teamDatabase"
                maxLength={63}
                defaultValue={team?.database ?? 'traffic_desk'}
              />
            )}
          </Field>
          <Field label={t('settings.team.user')} {...of('teamUser')}>
            {ids => <input {...ids} name="teamUser" maxLength={63} defaultValue={team?.user ?? ''} />}
          </Field>
          <Field label={t('settings.team.caFile')} hint={t('settings.team.caHint')} {...of('teamCaFile')}>
            {ids => <input {...ids} name="teamCaFile" maxLength={1024} defaultValue={team?.caFile ?? ''} />}
          </Field>
        </>
      )}
    </>
  )
}
