import { Check, Lock } from 'lucide-react'
import { createContext, type ReactNode, useContext, useId } from 'react'
import { useTranslation } from '../i18n/use-translation.ts'
import css from './field.module.css'

/** What ties a control to its label, its hint and its error. */
export interface FieldIds {
  readonly id: string
  readonly form: string | undefined
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
  readonly disabled: true | undefined
}

/** The id of the form that fields belong to, where they stand outside of it. */
export const FieldsOf = createContext<string | undefined>(undefined)

/** Whether an administrator has set the fields in it. */
export const LockedFields = createContext(false)

/** A label beside its control, and under that a hint or what is wrong with it. */
export function Field({
  label,
  hint,
  error,
  saved,
  isLocked = false,
  children,
}: {
  readonly label: string
  readonly hint?: string | undefined
  /** In the screen's language, unlike a browser's own bubble. */
  readonly error?: string | undefined
  /** For a field that is saved as it is typed: the words for a moment after that, empty otherwise. */
  readonly saved?: string
  /** An administrator has set it: it says so, and can't be changed. */
  readonly isLocked?: boolean
  readonly children: (ids: FieldIds) => ReactNode
}) {
  const id = useId()
  const form = useContext(FieldsOf)
  const { t } = useTranslation()
  const locked = useContext(LockedFields) || isLocked
  const described = [locked && `${id}-locked`, error && `${id}-error`, hint && `${id}-hint`]
    .filter(Boolean)
    .join(' ')
  return (
    <div className={css['field']} data-field={`${label} ${hint ?? ''}`}>
      <label htmlFor={id}>{label}</label>
      <div className={css['control']}>
        {children({
          id,
          form,
          'aria-describedby': described || undefined,
          'aria-invalid': error ? true : undefined,
          disabled: locked ? true : undefined,
        })}
        {locked && (
          <p className={css['locked']} id={`${id}-locked`}>
            <Lock size={12} aria-hidden /> {t('policy.locked')}
          </p>
        )}
        {saved !== undefined && !locked && (
          <span className={css['saved']} role="status">
            {saved && <Check size={14} aria-hidden />} {saved}
          </span>
        )}
        {error && (
          <p className={css['error']} id={`${id}-error`} role="alert">
            {error}
          </p>
        )}
        {hint && (
          <p className={css['hint']} id={`${id}-hint`}>
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}
