import { type ReactNode, useState } from 'react'
import { Button } from './button.tsx'

/** For what can't be undone: the first press says what will happen, the second does it. Leaving it calls it off. */
export function ConfirmButton({
  sure,
  onConfirm,
  children,
}: {
  readonly sure: string
  readonly onConfirm: () => void
  readonly children: ReactNode
}) {
  const [asked, setAsked] = useState(false)
  return (
    <Button
      look="danger"
      aria-live="polite"
      onBlur={() => setAsked(false)}
      onClick={() => {
        setAsked(!asked)
        if (asked) onConfirm()
      }}
    >
      {asked ? sure : children}
    </Button>
  )
}
