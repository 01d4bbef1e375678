import { CircleAlert, CircleCheck, CircleHelp, CircleX } from 'lucide-react'
import { useState } from 'react'
import type { Diagnosis } from '../../../contract/diagnosis.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import css from './doctor.module.css'

const marks = { good: CircleCheck, odd: CircleAlert, bad: CircleX, unknown: CircleHelp } as const

/** Everything between the agent and the carrier, looked at when it is asked for; and a text for whoever helps. */
export default function DoctorSheet() {
  const { t } = useTranslation()
  const openDoctor = useStore(state => state.openDoctor)
  const diagnose = useStore(state => state.diagnose)
  const readBundle = useStore(state => state.readBundle)
  const saveBundle = useStore(state => state.saveBundle)
  const copyPlain = useStore(state => state.copyPlain)
  const contact = useStore(state => state.app.policy.supportContact)
  const [diagnosis, setDiagnosis] = useState<Diagnosis | null>(null)
  const [bundle, setBundle] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    setDiagnosis(await diagnose())
    setBundle(null)
    setBusy(false)
  }
  return (
    <Sheet title={t('doctor.title')} closeLabel={t('settings.close')} onClose={() => openDoctor(false)}>
      <div className={css['doctor']}>
        <p>{t('doctor.lead')}</p>
        {contact !== null && <p className={css['soft']}>{t('policy.support', { contact })}</p>}
        <div className={css['acts']}>
          <Button look="primary" disabled={isBusy} onClick={() => void run()}>
            {t(diagnosis === null ? 'doctor.run' : 'doctor.again')}
          </Button>
          {diagnosis !== null && (
            <Button disabled={isBusy} onClick={() => void copyPlain(diagnosis.text)}>
              {t('doctor.copy')}
            </Button>
          )}
          <Button disabled={isBusy} onClick={() => void readBundle().then(setBundle)}>
            {t('doctor.bundle')}
          </Button>
          <span role="status" className={css['soft']}>
            {isBusy && t('doctor.running')}
          </span>
        </div>
        {diagnosis !== null && !isBusy && (
          <ul className={css['findings']} aria-label={t('doctor.title')}>
            {diagnosis.findings.map(({ health, title, text }) => {
              const Mark = marks[health]
              return (
                <li key={`${title} ${text}`} data-health={health}>
                  <Mark size={16} role="img" aria-label={t(`doctor.health.${health}`)} />
                  <strong>{title}</strong>
                  <span>{text}</span>
                </li>
              )
            })}
          </ul>
        )}
        {bundle !== null && (
          <section aria-label={t('doctor.bundle')}>
            <p>{t('doctor.bundleLead')}</p>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: It scrolls, and the keyboard must be able to. */}
            <pre className={css['bundle']} tabIndex={0}>
              {bundle}
            </pre>
            <div className={css['acts']}>
              <Button onClick={() => void copyPlain(bundle)}>{t('doctor.copyBundle')}</Button>
              <Button look="primary" onClick={() => void saveBundle()}>
                {t('doctor.save')}
              </Button>
            </div>
          </section>
        )}
      </div>
    </Sheet>
  )
}
