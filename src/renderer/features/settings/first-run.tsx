import { useState } from 'react'
import { readAccounts } from '../../../domain/read-accounts.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { useNumber } from '../../store/use-number.ts'
import { AccountField } from '../../ui/account-field.tsx'
import { Button } from '../../ui/button.tsx'
import { failureWords } from '../../ui/failure-words.ts'
import { Field } from '../../ui/field.tsx'
import { FileButton } from '../../ui/file-button.tsx'
import { problemWords } from '../../ui/problem-words.ts'
import css from './first-run.module.css'
import { PolicyBanner } from './policy-banner.tsx'
import { ProfileForm } from './profile-form.tsx'
import { StoreBanner } from './store-banner.tsx'

/** Before there is a profile: try the demo, or set up an operator. */
export default function FirstRun() {
  const { t } = useTranslation()
  const startDemo = useStore(state => state.startDemo)
  const tell = useStore(state => state.tell)
  const importSettings = useStore(state => state.importSettings)
  const { allowsDemo, allowsOwnProfiles, supportContact } = useStore(state => state.app.policy)
  const chooseSetup = useStore(state => state.chooseSetup)
  const isSettingUp = useStore(state => state.sheet === 'first-run')
  const openSheet = useStore(state => state.openSheet)
  return (
    <main className={css['page']}>
      <div className={css['box']}>
        <StoreBanner />
        <PolicyBanner />
        <h1>{t('firstRun.title')}</h1>
        <p className={css['lead']}>{t('firstRun.lead')}</p>
        {!allowsOwnProfiles && <p>{t('policy.noProfile')}</p>}
        {supportContact !== null && <p>{t('policy.support', { contact: supportContact })}</p>}
        {isSettingUp ? (
          <SetUp />
        ) : (
          <ul className={css['choices']}>
            {allowsDemo && (
              <li>
                <Button look="primary" onClick={() => void startDemo().then(tell)}>
                  {t('firstRun.demo')}
                </Button>
                <p>{t('firstRun.demoHint')}</p>
              </li>
            )}
            <li>
              <Button onClick={() => void chooseSetup()}>{t('firstRun.setup')}</Button>
              <p>{t('firstRun.setupHint')}</p>
            </li>
            {allowsOwnProfiles && (
              <>
                <li>
                  <Button onClick={() => openSheet('first-run')}>{t('firstRun.operator')}</Button>
                  <p>{t('firstRun.operatorHint')}</p>
                </li>
                <li>
                  <FileButton
                    accept=".json,application/json"
                    label={t('firstRun.file')}
                    onPick={async file => tell(await importSettings(await file.text()))}
                  />
                  <p>{t('firstRun.fileHint')}</p>
                </li>
              </>
            )}
          </ul>
        )}
      </div>
    </main>
  )
}

/** Profile, key and one query to see whether they work, on one page. */
function SetUp() {
  const { t } = useTranslation()
  const profile = useStore(state => state.app.current?.profile ?? null)
  const saveKey = useStore(state => state.saveKey)
  const testConnection = useStore(state => state.testConnection)
  const openSheet = useStore(state => state.openSheet)
  const number = useNumber()
  const [told, setTold] = useState<{ readonly ok: boolean; readonly words: string } | null>(null)
  const [problem, setProblem] = useState<string>()

  /** The profile is saved: now its key, and then one query about the test number. */
  const goOn = async (form: HTMLFormElement) => {
    const key = form.elements.namedItem('key')
    if (!(key instanceof HTMLInputElement)) return
    // Whoever has the key may type it later.
    if (key.value === '' && told === null) return openSheet('key')
    if (key.value !== '') {
      const failure = await saveKey(key.value, false)
      if (failure !== null) return setTold({ ok: false, words: failureWords(t, failure.code) })
      key.value = ''
    }
    const text = String(new FormData(form).get('test') ?? '')
    if (text.trim() === '') return openSheet(null)
    const reading = readAccounts(text)
    setProblem(reading.found === 'one' ? undefined : problemWords(t, reading))
    if (reading.found !== 'one') return
    const done = await testConnection(reading.account)
    setTold(
      'account' in done
        ? { ok: true, words: t('test.ok', { account: number(done.account) }) }
        : { ok: false, words: failureWords(t, done.failure.code) },
    )
  }

  return (
    <>
      <ProfileForm profile={profile} onSaved={form => void goOn(form)}>
        <Field label={t('firstRun.key')} hint={t('firstRun.keyHint')}>
          {ids => <input {...ids} name="key" type="password" autoComplete="off" spellCheck={false} />}
        </Field>
        <Field label={t('firstRun.test')} hint={t('firstRun.testHint')} error={problem}>
          {ids => <AccountField {...ids} name="test" placeholder={t('lookup.placeholder')} />}
        </Field>
      </ProfileForm>
      {told !== null && (
        <p className={css['told']} role="status" data-ok={told.ok}>
          {told.words}
        </p>
      )}
      <div className={css['steps']}>
        {/* A profile that is saved can be gone on with, whatever the test said. */}
        <Button onClick={() => openSheet(null)}>
          {t(profile === null ? 'firstRun.back' : 'firstRun.begin')}
        </Button>
      </div>
    </>
  )
}
