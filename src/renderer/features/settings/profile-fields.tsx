import { useState } from 'react'
import type { ProfileDraft } from '../../../contract/profile.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { Field } from '../../ui/field.tsx'
import type { ProfileForm } from './use-profile-form.ts'

/** What each part of a profile's form gets. */
export interface FieldsProps {
  readonly initial: ProfileDraft
  readonly of: ProfileForm['of']
}

/** What it is called, and where its questions go. */
export function ConnectionFields({ initial, of }: FieldsProps) {
  const { t } = useTranslation()
  const isDemo = initial.carrier.kind === 'simulator'
  return (
    <>
      <Field label={t('settings.name')} {...of('name')}>
        {ids => <input {...ids} name="name" maxLength={60} defaultValue={initial.name} />}
      </Field>
      <Field label={t('settings.host')} hint={isDemo ? undefined : t('settings.hostHint')} {...of('origin')}>
        {ids =>
          initial.carrier.kind === 'simulator' ? (
            <output {...ids}>{t('settings.simulatorHost')}</output>
          ) : (
            <input {...ids} name="origin" inputMode="url" defaultValue={initial.carrier.origin} />
          )
        }
      </Field>
    </>
  )
}

/** How the host writes requests and days, how often it is asked, and the way to it. */
export function DetailFields({ initial, of }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Field label={t('settings.body')} {...of('body')}>
        {ids => (
          <select {...ids} name="body" defaultValue={initial.body}>
            <option value="json">{t('settings.bodies.json')}</option>
            <option value="form">{t('settings.bodies.form')}</option>
            <option value="multipart">{t('settings.bodies.multipart')}</option>
          </select>
        )}
      </Field>
      <Field label={t('settings.order')} {...of('order')}>
        {ids => (
          <select {...ids} name="order" defaultValue={initial.days.order}>
            <option value="newest-first">{t('settings.orders.newest-first')}</option>
            <option value="oldest-first">{t('settings.orders.oldest-first')}</option>
          </select>
        )}
      </Field>
      <Field label={t('settings.includesToday')} {...of('includesToday')}>
        {ids => (
          <input {...ids} name="includesToday" type="checkbox" defaultChecked={initial.days.includesToday} />
        )}
      </Field>
      <Field label={t('settings.kbBase')} {...of('kbBase')}>
        {ids => (
          <select {...ids} name="kbBase" defaultValue={initial.kbBase}>
            <option value="1024">1 GB = 1024 MB</option>
            <option value="1000">1 GB = 1000 MB</option>
          </select>
        )}
      </Field>
      <Field label={t('settings.deadline')} {...of('deadlineSeconds')}>
        {ids => (
          <input {...ids} name="deadlineSeconds" inputMode="numeric" defaultValue={initial.deadlineSeconds} />
        )}
      </Field>
      <Field label={t('settings.cooldown')} {...of('cooldownSeconds')}>
        {ids => (
          <input {...ids} name="cooldownSeconds" inputMode="numeric" defaultValue={initial.cooldownSeconds} />
        )}
      </Field>
      <Field label={t('settings.budget')} {...of('budgetPerHour')}>
        {ids => (
          <input
            {...ids}
            name="budgetPerHour"
            inputMode="numeric"
            defaultValue={initial.budgetPerHour ?? ''}
          />
        )}
      </Field>
      {initial.carrier.kind === 'host' && <WayFields initial={initial} of={of} />}
    </>
  )
}

/** The proxy and the certificates on the way to the carrier. A native dialog confirms a change of these. */
function WayFields({ initial, of }: FieldsProps) {
  const { t } = useTranslation()
  const [proxy, setProxy] = useState(initial.proxy.kind)
  return (
    <>
      <Field label={t('settings.proxy')}>
        {ids => (
          <select
            {...ids}
            name="proxy"
            value={proxy}
            onChange={event => setProxy(event.target.value as ProfileDraft['proxy']['kind'])}
          >
            {(['system', 'none', 'manual'] as const).map(kind => (
              <option key={kind} value={kind}>
                {t(`settings.proxies.${kind}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      {proxy === 'manual' && (
        <Field label={t('settings.proxyUrl')} hint={t('settings.proxyHint')} {...of('proxyUrl')}>
          {ids => (
            <input
              {...ids}
              name="proxyUrl"
              inputMode="url"
              defaultValue={initial.proxy.kind === 'manual' ? initial.proxy.url : ''}
            />
          )}
        </Field>
      )}
      <Field label={t('settings.caFile')} hint={t('settings.caHint')} {...of('caFile')}>
        {ids => <input {...ids} name="caFile" maxLength={1024} defaultValue={initial.caFile ?? ''} />}
      </Field>
    </>
  )
}
