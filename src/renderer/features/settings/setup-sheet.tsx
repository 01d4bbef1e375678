import { type SubmitEvent, useState } from 'react'
import type { Failure } from '../../../domain/failure.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import { failureWords } from '../../ui/failure-words.ts'
import { Field } from '../../ui/field.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import css from './settings.module.css'

/** A setup file that was opened: its passphrase, and whether a profile that is there may be replaced. */
export default function SetupSheet() {
  const { t } = useTranslation()
  const name = useStore(state => state.offeredSetup?.name ?? '')
  const openSetup = useStore(state => state.openSetup)
  const closeSetup = useStore(state => state.closeSetup)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [isBusy, setBusy] = useState(false)
  const exists = failure?.code === 'SETUP_EXISTS' ? failure : null

  // Read from the form alone: no state of the page ever holds the passphrase.
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const passphrase = String(new FormData(event.currentTarget).get('passphrase') ?? '')
    if (passphrase === '' || isBusy) return
    setBusy(true)
    const failed = await openSetup(passphrase, exists !== null)
    setBusy(false)
    setFailure(failed)
  }
  return (
    <Sheet title={t('setup.open')} closeLabel={t('settings.close')} onClose={closeSetup}>
      <form noValidate className={css['setup']} onSubmit={event => void submit(event)}>
        <p>{t('setup.openLead', { file: name })}</p>
        <Field label={t('setup.passphrase')}>
          {ids => <input {...ids} name="passphrase" type="password" autoComplete="off" spellCheck={false} />}
        </Field>
        {failure && (
          <p className={css['failure']} role="alert" data-code={failure.code}>
            {exists ? t('setup.exists', { name: exists.name }) : failureWords(t, failure.code)}
          </p>
        )}
        <div className={css['actions']}>
          <span role="status" className={css['soft']}>
            {isBusy && t('setup.opening')}
          </span>
          <Button type="submit" look="primary" disabled={isBusy}>
            {t(exists ? 'setup.replace' : 'setup.openNow')}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
