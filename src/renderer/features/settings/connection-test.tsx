import { type FormEvent, useState } from 'react'
import { readAccounts } from '../../../domain/read-accounts.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { useHidden, useNumber } from '../../store/use-number.ts'
import { AccountField } from '../../ui/account-field.tsx'
import { Button } from '../../ui/button.tsx'
import { failureWords } from '../../ui/failure-words.ts'
import { Field } from '../../ui/field.tsx'
import { problemWords } from '../../ui/problem-words.ts'
import css from './settings.module.css'

/** One real query, and it says so: whether host, key and network work together. */
export function ConnectionTest() {
  const { t } = useTranslation()
  const testConnection = useStore(state => state.testConnection)
  const [asking, setAsking] = useState(false)
  const [words, setWords] = useState('')
  const [problem, setProblem] = useState<string>()
  const number = useNumber()
  const hidden = useHidden().isOn

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('account') ?? '')
    const reading = readAccounts(text)
    setWords('')
    setProblem(reading.found === 'one' ? undefined : problemWords(t, reading))
    if (reading.found !== 'one') return
    setAsking(true)
    const done = await testConnection(reading.account)
    setAsking(false)
    setWords(
      'account' in done
        ? t('test.ok', { account: number(done.account) })
        : failureWords(t, done.failure.code),
    )
  }

  return (
    <form noValidate onSubmit={event => void submit(event)}>
      <Field label={t('test.title')} hint={t('test.hint')} error={problem}>
        {ids => (
          <div className={css['row']}>
            <AccountField
              {...ids}
              name="account"
              data-hidden={hidden}
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
