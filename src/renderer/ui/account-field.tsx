import type { ComponentProps } from 'react'
import css from './account-field.module.css'

/**
 * A field of one line for a number or a group's code. An input would make one line of a pasted text, and one number of
 * two; here the line ends stay, and only look like spaces. Enter submits the form.
 * With `data-hidden` what is typed is dots.
 */
export function AccountField({ className = '', onKeyDown, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={1}
      autoComplete="off"
      spellCheck={false}
      className={`${css['field']} ${className}`}
      onKeyDown={event => {
        onKeyDown?.(event)
        if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.defaultPrevented) return
        event.preventDefault()
        event.currentTarget.form?.requestSubmit()
      }}
      {...props}
    />
  )
}
