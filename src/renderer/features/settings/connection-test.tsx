import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatAccount } from '../../../shared/account.ts'
import { useDesk } from '../../store/index.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import css from './settings.module.css'

/** One real query, and it says so: whether host, key and network work together. */
export function ConnectionTest() {
  const { t } = useTranslation()
  const testConnection = useDesk(state => state.testConnection)
  const [asking, setAsking] = useState(false)
  const [words, setWords] = useState('')

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('account') ?? '')
    setAsking(true)
    const done = await testConnection(text)
    setAsking(false)
    setWords(
      'account' in done
        ? t('test.ok', { account: formatAccount(done.account) })
        : `${t(`failure.${done.failure.code}.title`)} ${t(`failure.${done.failure.code}.cause`)}`,
    )
  }

  return (
    <form onSubmit={event => void submit(event)}>
      <Field label={t('test.title')} hint={t('test.hint')}>
        {ids => (
          <div className={css['row']}>
            <input
              {...ids}
              name="account"
              required
              autoComplete="off"
              placeholder={t('lookup.placeholder')}
            />
            <Button type="submit" disabled={asking}>
              {t('test.run')}
            </Button>
          </div>
        )}
      </Field>
      <p role="status">{words}</p>
    </form>
  )
}
