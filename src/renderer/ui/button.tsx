import type { ComponentProps } from 'react'
import css from './button.module.css'

type Look = 'plain' | 'primary' | 'quiet' | 'danger'

/** A button in one of the program's four looks; never submits unless it says so. */
export function Button({
  look = 'plain',
  className = '',
  ...props
}: ComponentProps<'button'> & { readonly look?: Look }) {
  return <button type="button" {...props} className={`${css['button']} ${css[look]} ${className}`} />
}
