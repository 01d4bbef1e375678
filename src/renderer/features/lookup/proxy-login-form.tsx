import { type FormEvent, useState } from 'react'
import type { Account } from '../../../domain/account.ts'
import type { Failure } from '../../../domain/failure.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import { failureWords } from '../../ui/failure-words.ts'
import { Field } from '../../ui/field.tsx'
import css from './lookup.module.css'

/** The proxy's user name and password go in here and never come back; then the same lookup is asked once more. */
export default function ProxyLoginForm({
  account,
  failure,
}: {
  readonly account: Account
  readonly failure: Failure & { readonly code: 'PROXY_LOGIN' }
}) {
  const { t } = useTranslation()
  const saveProxyLogin = useStore(state => state.saveProxyLogin)
  const lookUp = useStore(state => state.lookUp)
  const [refused, setRefused] = useState<Failure | null>(null)
  const [isEmpty, setEmpty] = useState(false)

  const save = async (form: HTMLFormElement, forThisRun: boolean) => {
    const data = new FormData(form)
    const user = String(data.get('user') ?? '').trim()
    setEmpty(user === '')
    if (user === '') return
    const failed = await saveProxyLogin({ user, password: String(data.get('password') ?? ''), forThisRun })
    setRefused(failed)
    // The agent may have turned to something else, or to another profile, while the system asked.
    if (failed !== null || !form.isConnected) return
    form.reset()
    await lookUp(account, true)
  }

  return (
    <form
      noValidate
      className={css['login']}
      onSubmit={(event: FormEvent<HTMLFormElement>) => {
        event.preventDefault()
        void save(event.currentTarget, false)
      }}
    >
      <p>
        {t('proxyLogin.proxy')} <bdi>{failure.proxy}</bdi>
      </p>
      {failure.wrong && <p className={css['wrong']}>{t('proxyLogin.wrong')}</p>}
      <Field label={t('proxyLogin.user')} error={isEmpty ? t('settings.problem.REQUIRED') : undefined}>
        {ids => <input {...ids} name="user" autoComplete="off" spellCheck={false} maxLength={256} />}
      </Field>
      <Field label={t('proxyLogin.password')} hint={t('proxyLogin.hint')}>
        {ids => <input {...ids} name="password" type="password" autoComplete="off" maxLength={512} />}
      </Field>
      {refused && refused.code !== 'CANCELLED' && (
        <p role="status" data-code={refused.code}>
          {failureWords(t, refused.code)}
          {(refused.code.startsWith('KEYCHAIN_') || refused.code === 'KEY_NOT_SAVED') && (
            <Button
              onClick={event => {
                const form = event.currentTarget.closest('form')
                if (form) void save(form, true)
              }}
            >
              {t('settings.keyForThisRun')}
            </Button>
          )}
        </p>
      )}
      <Button type="submit" look="primary">
        {t('failure.PROXY_LOGIN.action')}
      </Button>
    </form>
  )
}
