import { useState } from 'react'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import { failureWords } from '../../ui/failure-words.ts'
import css from './settings.module.css'

/** Whether the program is signed in, and one query to sign in now. */
export function SignInNow({ signedInAt }: { readonly signedInAt: number | null }) {
  const { t, language } = useTranslation()
  const signIn = useStore(state => state.signIn)
  const [asking, setAsking] = useState(false)
  const [words, setWords] = useState('')
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })

  const ask = async () => {
    setWords('')
    setAsking(true)
    const failure = await signIn()
    setAsking(false)
    setWords(failure === null ? t('credential.signedIn') : failureWords(t, failure.code))
  }

  return (
    <>
      <div className={css['row']}>
        <p className={css['status']} data-testid="signed-in-at">
          {signedInAt === null
            ? t('credential.notSignedIn')
            : t('credential.signedInAt', { date: date.format(signedInAt) })}
        </p>
        <Button disabled={asking} onClick={() => void ask()}>
          {t('credential.signInNow')}
        </Button>
      </div>
      <p role="status">{words}</p>
    </>
  )
}
