import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import css from './first-run.module.css'
import { ProfileForm } from './profile-form.tsx'
import { StoreBanner } from './store-banner.tsx'

/** Before there is a profile: try the demo, or set up an operator. */
export function FirstRun() {
  const { t } = useTranslation()
  const startDemo = useStore(state => state.startDemo)
  const tell = useStore(state => state.tell)
  const openSheet = useStore(state => state.openSheet)
  const [settingUp, setSettingUp] = useState(false)
  return (
    <main className={css['page']}>
      <div className={css['box']}>
        <StoreBanner />
        <h1>{t('firstRun.title')}</h1>
        <p className={css['lead']}>{t('firstRun.lead')}</p>
        {settingUp ? (
          <ProfileForm profile={null} onSaved={() => openSheet('key')} />
        ) : (
          <ul className={css['choices']}>
            <li>
              <Button look="primary" onClick={() => void startDemo().then(tell)}>
                {t('firstRun.demo')}
              </Button>
              <p>{t('firstRun.demoHint')}</p>
            </li>
            <li>
              <Button onClick={() => setSettingUp(true)}>{t('firstRun.operator')}</Button>
              <p>{t('firstRun.operatorHint')}</p>
            </li>
          </ul>
        )}
      </div>
    </main>
  )
}
