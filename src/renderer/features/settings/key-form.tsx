import { type FormEvent, useEffect, useRef, useState } from 'react'
import { keychainHelp } from '../../../contract/links.ts'
import type { Failure, FailureCode } from '../../../domain/failure.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmButton } from '../../ui/confirm-button.tsx'
import { failureWords } from '../../ui/failure-words.ts'
import { Field } from '../../ui/field.tsx'
import { ConnectionTest } from './connection-test.tsx'
import css from './settings.module.css'
import { SignInNow } from './sign-in-now.tsx'

/**
 * The key that a person types goes in here and never comes back: the screen knows only when it was saved. It is the authKey,
 * or the OEM key with which the program obtains authKeys.
 */
export function KeyForm({ autoFocus }: { readonly autoFocus: boolean }) {
  const { t, language } = useTranslation()
  const current = useStore(state => state.app.current)
  const saveKey = useStore(state => state.saveKey)
  const deleteKeys = useStore(state => state.deleteKeys)
  const help = keychainHelp(useStore(state => state.app.platform))
  const openLink = useStore(state => state.openLink)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isEmpty, setEmpty] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (autoFocus) field.current?.focus()
  }, [autoFocus])

  if (current === null) return null
  const { savedAt, forThisRun, signedInAt } = current.key
  const { kind } = current.profile.credential
  const isKept = savedAt !== null || forThisRun
  const status = forThisRun
    ? t('settings.keyInMemory')
    : savedAt === null
      ? t('settings.keyNone')
      : t('settings.keySaved', {
          date: new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(
            savedAt,
          ),
        })

  // Read from the field and wiped as soon as it is kept: no state of the page ever holds the key.
  const save = async (forThisRun: boolean) => {
    if (field.current === null) return
    setEmpty(field.current.value === '')
    if (field.current.value === '') return
    const failed = await saveKey(field.current.value, forThisRun)
    if (failed === null && field.current !== null) field.current.value = ''
    setFailure(failed)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save(false)
  }

  return (
    <>
      {current.profile.carrier.kind === 'simulator' ? (
        <p className={css['soft']}>{t('settings.keyDemo')}</p>
      ) : (
        <form noValidate onSubmit={submit}>
          <Field
            label={t(`key.${kind}.name`)}
            hint={t('settings.keyHint')}
            error={isEmpty ? t('settings.problem.REQUIRED') : undefined}
          >
            {ids => (
              <div className={css['row']}>
                <input
                  {...ids}
                  ref={field}
                  type="password"
                  autoComplete="off"
                  spellCheck={false}
                  placeholder={t(`key.${kind}.placeholder`)}
                />
                <Button type="submit" look="primary">
                  {t(`key.${kind}.${savedAt === null ? 'save' : 'replace'}`)}
                </Button>
              </div>
            )}
          </Field>
          <div className={css['row']}>
            <p className={css['status']} role="status" data-testid="key-status">
              {status}
            </p>
            {isKept && (
              <ConfirmButton sure={t('key.deleteSure')} onConfirm={() => void deleteKeys().then(setFailure)}>
                {t(`key.${kind}.delete`)}
              </ConfirmButton>
            )}
          </div>
          {failure && (
            <p className={css['failure']} role="alert" data-code={failure.code}>
              {failureWords(t, failure.code)}
              {isKeychains(failure.code) && (
                <Button onClick={() => void save(true)}>{t('settings.keyForThisRun')}</Button>
              )}
              {help && isKeychains(failure.code) && (
                <Button look="quiet" onClick={() => void openLink(help)}>
                  {t('failure.keychainHelp')}
                </Button>
              )}
            </p>
          )}
        </form>
      )}
      {isKept && kind === 'oem' && <SignInNow signedInAt={signedInAt} />}
      {isKept && <ConnectionTest />}
    </>
  )
}

/** Where no keychain can be used, the agent may still keep the key in memory. */
const isKeychains = (code: FailureCode): boolean => code.startsWith('KEYCHAIN_') || code === 'KEY_NOT_SAVED'
