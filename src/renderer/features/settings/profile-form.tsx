import type { ReactNode } from 'react'
import type { Profile } from '../../../contract/profile.ts'
import { useTranslation } from '../../i18n/use-translation.ts'
import { Button } from '../../ui/button.tsx'
import { failureWords } from '../../ui/failure-words.ts'
import { CredentialFields } from './credential-fields.tsx'
import { LimitFields } from './limit-fields.tsx'
import { ConnectionFields, DetailFields } from './profile-fields.tsx'
import css from './settings.module.css'
import { type ProfileForm as Form, useProfileForm } from './use-profile-form.ts'

/** A new operator on one page: its name, its host and what it asks with; the rest has defaults and is folded away. */
export function ProfileForm({
  profile,
  onSaved,
  children,
}: {
  /** Set once it was saved, while the rest of the page is not done yet. */
  readonly profile: Profile | null
  readonly onSaved: (form: HTMLFormElement) => void
  /** What stands above the button. */
  readonly children?: ReactNode
}) {
  const { t } = useTranslation()
  const { initial, of, failure, saved, submit, typed } = useProfileForm(profile, onSaved)
  return (
    <form noValidate onSubmit={event => void submit(event)} onChange={event => typed(event.target)}>
      <ConnectionFields initial={initial} of={of} />
      <CredentialFields initial={initial.credential} of={of} />
      {children}
      <details className={css['messages']}>
        <summary>{t('settings.more')}</summary>
        <LimitFields initial={initial} of={of} />
        <DetailFields initial={initial} of={of} />
      </details>
      <SaveRow failure={failure} saved={saved} />
    </form>
  )
}

/** What came of saving, and the button for it. */
export function SaveRow({
  failure,
  saved,
  isWaiting = true,
  form,
}: Pick<Form, 'failure' | 'saved'> & { readonly isWaiting?: boolean; readonly form?: string }) {
  const { t } = useTranslation()
  return (
    <div className={css['actions']}>
      {failure && (
        <p className={css['failure']} role="alert" data-code={failure.code}>
          {failure.code === 'CANCELLED' ? t('settings.notChanged') : failureWords(t, failure.code)}
        </p>
      )}
      <span role="status" className={css['soft']}>
        {saved && t('settings.saved')}
        {!saved && form !== undefined && t(isWaiting ? 'settings.waiting' : 'settings.savedAlone')}
      </span>
      {isWaiting && (
        <Button type="submit" look="primary" form={form}>
          {t('settings.save')}
        </Button>
      )}
    </div>
  )
}
