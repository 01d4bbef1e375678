import { type SubmitEvent, useState } from 'react'
import type { Failure } from '../../../domain/failure.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import { failureWords } from '../../ui/failure-words.ts'
import { Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { newPassphrase, STRONG_ENOUGH, strengthOf } from './passphrase.ts'
import css from './settings.module.css'

/**
 * A file with which other seats are set up like this one. Its secrets are typed anew: what is in the keychain never comes out
 * of it, not even sealed.
 */
export default function MakeSetupSheet() {
  const { t } = useTranslation()
  const current = useStore(state => state.app.current)
  const language = useStore(state => state.app.language)
  const makeSetup = useStore(state => state.makeSetup)
  const openMakeSetup = useStore(state => state.openMakeSetup)
  const [typed, setTyped] = useState('')
  const [isShown, setShown] = useState(false)
  const [isWrong, setWrong] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setBusy] = useState(false)
  if (current === null) return null
  const { profile } = current
  const { strength, advice } = strengthOf(typed, { language, known: [profile.name, 'traffic desk'] })
  const isStrong = strength >= STRONG_ENOUGH

  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const said = (name: string) => String(form.get(name) ?? '')
    const isSame = isShown || said('again') === typed
    setWrong(!isSame)
    if (!isSame || !isStrong || isBusy) return
    setBusy(true)
    const failed = await makeSetup({
      key: said('key') || null,
      teamPassword: said('teamPassword') || null,
      passphrase: typed,
    })
    setBusy(false)
    setFailure(failed)
  }
  const secret = { type: 'password', autoComplete: 'off', spellCheck: false } as const
  return (
    <Sheet title={t('setup.make')} closeLabel={t('settings.close')} onClose={() => openMakeSetup(false)}>
      {profile.carrier.kind === 'simulator' ? (
        <p>{t('setup.notDemo')}</p>
      ) : (
        <form noValidate className={css['setup']} onSubmit={event => void submit(event)}>
          <p>{t('setup.makeLead', { name: profile.name })}</p>
          <Field label={t(`key.${profile.credential.kind}.name`)} hint={t('setup.keyHint')}>
            {ids => <input {...ids} {...secret} name="key" />}
          </Field>
          {profile.team !== null && (
            <Field label={t('settings.team.password')}>
              {ids => <input {...ids} {...secret} name="teamPassword" />}
            </Field>
          )}
          <Field label={t('setup.passphrase')} hint={advice || t('setup.passphraseHint')}>
            {ids => (
              <>
                <div className={css['row']}>
                  <input
                    {...ids}
                    {...secret}
                    type={isShown ? 'text' : 'password'}
                    value={typed}
                    onChange={({ target }) => setTyped(target.value)}
                  />
                  <Button
                    onClick={() => {
                      setTyped(newPassphrase())
                      setShown(true)
                    }}
                  >
                    {t('setup.invent')}
                  </Button>
                </div>
                <p className={css['meter']} data-strength={strength}>
                  <meter min={0} max={4} low={3} high={3.5} optimum={4} value={typed === '' ? 0 : strength} />
                  <span role="status">{typed !== '' && t(`setup.strength.${strength}`)}</span>
                </p>
              </>
            )}
          </Field>
          {!isShown && (
            <Field label={t('setup.again')} error={isWrong ? t('setup.notSame') : undefined}>
              {ids => <input {...ids} {...secret} name="again" />}
            </Field>
          )}
          {failure && (
            <p className={css['failure']} role="alert" data-code={failure.code}>
              {failureWords(t, failure.code)}
            </p>
          )}
          <div className={css['actions']}>
            <span role="status" className={css['soft']}>
              {isBusy && t('setup.making')}
            </span>
            <Button type="submit" look="primary" disabled={isBusy || !isStrong}>
              {t('setup.makeNow')}
            </Button>
          </div>
        </form>
      )}
    </Sheet>
  )
}
