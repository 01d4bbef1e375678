import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../shared/failure.ts'
import { useDesk } from '../../store/index.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import css from './settings.module.css'

/** The key goes in here and never comes back: the screen knows only when it was saved. */
export function AuthKeyForm({ autoFocus }: { readonly autoFocus: boolean }) {
  const { t, i18n } = useTranslation()
  const current = useDesk(state => state.app.current)
  const saveAuthKey = useDesk(state => state.saveAuthKey)
  const deleteAuthKey = useDesk(state => state.deleteAuthKey)
  const [failure, setFailure] = useState<Failure | null>(null)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (autoFocus) field.current?.focus()
  }, [autoFocus])

  if (current === null) return null
  const { savedAt } = current.key
  const status =
    savedAt === null
      ? t('settings.keyNone')
      : t('settings.keySaved', {
          date: new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' }).format(
            savedAt,
          ),
        })

  const save = async (event: FormEvent) => {
    event.preventDefault()
    if (field.current === null || field.current.value === '') return
    // Read from the field and wiped at once: no state of the page ever holds the key.
    const authKey = field.current.value
    field.current.value = ''
    setFailure(await saveAuthKey(authKey))
  }

  return (
    <section>
      <h3>
        {t('settings.key')} — {current.profile.name}
      </h3>
      {current.profile.carrier.kind === 'simulator' ? (
        <p className={css['soft']}>{t('settings.keyDemo')}</p>
      ) : (
        <form onSubmit={event => void save(event)}>
          <Field label={t('settings.key')} hint={t('settings.keyHint')}>
            {ids => (
              <div className={css['row']}>
                <input
                  {...ids}
                  ref={field}
                  type="password"
                  autoComplete="off"
                  spellCheck={false}
                  placeholder={t('settings.keyPlaceholder')}
                />
                <Button type="submit" look="primary">
                  {t(savedAt === null ? 'settings.keySave' : 'settings.keyReplace')}
                </Button>
              </div>
            )}
          </Field>
          <div className={css['row']}>
            <p className={css['status']} role="status" data-testid="key-status">
              {status}
            </p>
            {savedAt !== null && (
              <Button look="danger" onClick={() => void deleteAuthKey().then(setFailure)}>
                {t('settings.keyDelete')}
              </Button>
            )}
          </div>
          {failure && (
            <p className={css['failure']} role="alert" data-code={failure.code}>
              {t(`failure.${failure.code}.title`)} {t(`failure.${failure.code}.cause`)}
            </p>
          )}
        </form>
      )}
    </section>
  )
}
