import type { ComponentProps } from 'react'
import css from './account-field.module.css'

/**
 * A one-line field for a number or a group's code. An input would drop the line ends of a pasted text and
 * join two numbers into one; this field keeps them and shows them as spaces. Enter submits the form. With
 * `data-hidden`, what is typed is shown as dots.
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
