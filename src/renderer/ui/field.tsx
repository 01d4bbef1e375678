import { type ReactNode, useId } from 'react'
import css from './field.module.css'

/** A label beside its control; the control gets the ids that tie the two together. */
export function Field({
  label,
  hint,
  children,
}: {
  readonly label: string
  readonly hint?: string | undefined
  readonly children: (ids: {
    readonly id: string
    readonly 'aria-describedby': string | undefined
  }) => ReactNode
}) {
  const id = useId()
  return (
    <div className={css['field']}>
      <label htmlFor={id}>{label}</label>
      <div className={css['control']}>
        {children({ id, 'aria-describedby': hint ? `${id}-hint` : undefined })}
        {hint && (
          <p className={css['hint']} id={`${id}-hint`}>
            {hint}
          </p>
        )}
      </div>
    </div>
  )
}
