import { type FormEvent, useRef, useState } from 'react'
import type { Failure } from '../../../domain/failure.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import { failureWords } from '../../ui/failure-words.ts'
import { Field } from '../../ui/field.tsx'
import css from './settings.module.css'

/** The password for the team's server goes in here and never comes back; and whether the server can be used with it. */
export function TeamPassword() {
  const { t, language } = useTranslation()
  const savedAt = useStore(state => state.app.current?.teamPasswordAt ?? null)
  const savePassword = useStore(state => state.saveTeamPassword)
  const testTeam = useStore(state => state.testTeam)
  const [told, setTold] = useState<{ readonly words: string; readonly isBad: boolean } | null>(null)
  const field = useRef<HTMLInputElement>(null)

  const status =
    savedAt === null
      ? t('settings.team.passwordNone')
      : t('settings.team.passwordSaved', {
          date: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(
            savedAt,
          ),
        })

  const tell = (failure: Failure | null, good: string) => {
    if (failure === null) return setTold({ words: good, isBad: false })
    const detail =
      failure.code === 'TEAM_REFUSED'
        ? t(`teamReason.${failure.reason}`)
        : failure.code === 'TEAM_UNREACHED'
          ? t(`teamAway.${failure.why}`)
          : ''
    setTold({ words: `${failureWords(t, failure.code)} ${detail}`.trim(), isBad: true })
  }
  // Read from the field and wiped as soon as it is kept: no state of the page ever holds it.
  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (field.current === null || field.current.value === '') return
    const failure = await savePassword(field.current.value)
    if (failure === null && field.current !== null) field.current.value = ''
    tell(failure, t('settings.saved'))
  }
  return (
    <form noValidate onSubmit={event => void save(event)}>
      <Field label={t('settings.team.password')} hint={`${t('settings.team.passwordHint')} ${status}`}>
        {ids => (
          <div className={css['row']}>
            <input {...ids} ref={field} type="password" autoComplete="off" spellCheck={false} />
            <Button type="submit">{t('settings.team.savePassword')}</Button>
          </div>
        )}
      </Field>
      <Field label={t('settings.team.test')} hint={t('settings.team.testHint')}>
        {ids => (
          <Button
            {...ids}
            onClick={() => void testTeam().then(failure => tell(failure, t('settings.team.testOk')))}
          >
            {t('settings.team.test')}
          </Button>
        )}
      </Field>
      {told && (
        <p className={told.isBad ? css['failure'] : css['soft']} role={told.isBad ? 'alert' : 'status'}>
          {told.words}
        </p>
      )}
    </form>
  )
}
