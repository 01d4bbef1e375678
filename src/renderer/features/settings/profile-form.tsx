import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Profile, ProfileDraft } from '../../../contract/settings.ts'
import type { Failure } from '../../../domain/failure.ts'
import { useStore } from '../../store/react.ts'
import { Button } from '../../ui/button.tsx'
import { failureWords } from '../../ui/failure-words.ts'
import { Field } from '../../ui/field.tsx'
import { CredentialFields } from './credential-fields.tsx'
import { blankProfile, draftOf, type FieldName, type FieldProblem, type FieldProblems } from './draft.ts'
import css from './settings.module.css'

/** One operator: where its questions go, and how its host writes requests and days. */
export function ProfileForm({
  profile,
  onSaved,
}: {
  readonly profile: Profile | null
  readonly onSaved: () => void
}) {
  const { t } = useTranslation()
  const saveProfile = useStore(state => state.saveProfile)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [problems, setProblems] = useState<FieldProblems>({})
  const [saved, setSaved] = useState(false)
  const error = useFieldErrors(problems)
  const initial: ProfileDraft = profile ?? blankProfile
  const isDemo = initial.carrier.kind === 'simulator'

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const read = draftOf(initial, new FormData(form))
    if ('problems' in read) return refuse(form, read.problems)
    const failed = await saveProfile(read.draft)
    if (failed?.code === 'CA_FILE') return refuse(form, { caFile: { kind: 'CA_FILE' } })
    setProblems({})
    setFailure(failed)
    setSaved(failed === null)
    if (failed === null) onSaved()
  }

  const refuse = (form: HTMLFormElement, found: FieldProblems) => {
    setProblems(found)
    setFailure(null)
    setSaved(false)
    const first = [...form.elements].find(control => 'name' in control && String(control.name) in found)
    if (first instanceof HTMLElement) first.focus()
  }

  return (
    <form noValidate onSubmit={event => void submit(event)} onChange={() => setSaved(false)}>
      <h3>
        {t('settings.profile')}
        {profile && ` — ${profile.name}`}
      </h3>
      <Field label={t('settings.name')} error={error('name')}>
        {ids => <input {...ids} name="name" maxLength={60} defaultValue={initial.name} />}
      </Field>
      <Field
        label={t('settings.host')}
        hint={isDemo ? undefined : t('settings.hostHint')}
        error={error('origin')}
      >
        {ids =>
          initial.carrier.kind === 'simulator' ? (
            <output {...ids}>{t('settings.simulatorHost')}</output>
          ) : (
            <input {...ids} name="origin" inputMode="url" defaultValue={initial.carrier.origin} />
          )
        }
      </Field>
      {!isDemo && <CredentialFields initial={initial.credential} error={error} />}
      <Field label={t('settings.body')}>
        {ids => (
          <select {...ids} name="body" defaultValue={initial.body}>
            <option value="json">{t('settings.bodies.json')}</option>
            <option value="form">{t('settings.bodies.form')}</option>
            <option value="multipart">{t('settings.bodies.multipart')}</option>
          </select>
        )}
      </Field>
      <Field label={t('settings.order')}>
        {ids => (
          <select {...ids} name="order" defaultValue={initial.days.order}>
            <option value="newest-first">{t('settings.orders.newest-first')}</option>
            <option value="oldest-first">{t('settings.orders.oldest-first')}</option>
          </select>
        )}
      </Field>
      <Field label={t('settings.includesToday')}>
        {ids => (
          <input {...ids} name="includesToday" type="checkbox" defaultChecked={initial.days.includesToday} />
        )}
      </Field>
      <Field label={t('settings.kbBase')}>
        {ids => (
          <select {...ids} name="kbBase" defaultValue={initial.kbBase}>
            <option value="1024">1 GB = 1024 MB</option>
            <option value="1000">1 GB = 1000 MB</option>
          </select>
        )}
      </Field>
      <Field label={t('settings.limit')} hint={t('settings.limitHint')} error={error('limitMb')}>
        {ids => (
          <input
            {...ids}
            name="limitMb"
            inputMode="decimal"
            defaultValue={initial.limitKb === null ? '' : initial.limitKb / initial.kbBase}
          />
        )}
      </Field>
      <Field label={t('settings.deadline')} error={error('deadlineSeconds')}>
        {ids => (
          <input {...ids} name="deadlineSeconds" inputMode="numeric" defaultValue={initial.deadlineSeconds} />
        )}
      </Field>
      <Field label={t('settings.cooldown')} error={error('cooldownSeconds')}>
        {ids => (
          <input {...ids} name="cooldownSeconds" inputMode="numeric" defaultValue={initial.cooldownSeconds} />
        )}
      </Field>
      <Field label={t('settings.budget')} error={error('budgetPerHour')}>
        {ids => (
          <input
            {...ids}
            name="budgetPerHour"
            inputMode="numeric"
            defaultValue={initial.budgetPerHour ?? ''}
          />
        )}
      </Field>
      {!isDemo && <WayFields initial={initial} error={error} />}
      <div className={css['actions']}>
        {failure && (
          <p className={css['failure']} role="alert" data-code={failure.code}>
            {failure.code === 'CANCELLED' ? t('settings.notChanged') : failureWords(t, failure.code)}
          </p>
        )}
        <span role="status" className={css['soft']}>
          {saved && t('settings.saved')}
        </span>
        <Button type="submit" look="primary">
          {t('settings.save')}
        </Button>
      </div>
    </form>
  )
}

/** The proxy and the certificates on the way to the carrier. A native dialog confirms a change of these. */
function WayFields({
  initial,
  error,
}: {
  readonly initial: ProfileDraft
  readonly error: (name: FieldName) => string | undefined
}) {
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
        <Field label={t('settings.proxyUrl')} hint={t('settings.proxyHint')} error={error('proxyUrl')}>
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
      <Field label={t('settings.caFile')} hint={t('settings.caHint')} error={error('caFile')}>
        {ids => <input {...ids} name="caFile" maxLength={1024} defaultValue={initial.caFile ?? ''} />}
      </Field>
    </>
  )
}

/** The words under a field that is wrong. */
function useFieldErrors(problems: FieldProblems): (name: FieldName) => string | undefined {
  const { t } = useTranslation()
  const wordsOf = (problem: FieldProblem): string => {
    switch (problem.kind) {
      case 'PROXY':
        return t(`settings.problem.proxy.${problem.problem}`)
      case 'RANGE':
      case 'WHOLE_RANGE':
        return t(`settings.problem.${problem.kind}`, { min: problem.min, max: problem.max })
      default:
        return t(`settings.problem.${problem.kind}`)
    }
  }
  return name => problems[name] && wordsOf(problems[name])
}
