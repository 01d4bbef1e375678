import { X } from 'lucide-react'
import { type ReactNode, useLayoutEffect, useRef } from 'react'
import { Button } from './button.tsx'
import css from './sheet.module.css'

const FIELD = 'input:not([type="file"]), textarea, select'

/** A modal sheet: the platform's own dialog keeps the focus inside, and Esc closes it. */
export function Sheet({
  title,
  closeLabel,
  onClose,
  children,
}: {
  readonly title: string
  readonly closeLabel: string
  readonly onClose: () => void
  readonly children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  // Before the children's effects, so that one of them can take the focus in the open sheet.
  useLayoutEffect(() => {
    if (dialog.current === null || dialog.current.open) return
    dialog.current.showModal()
    // The sheet's own first field, not the button that closes it.
    dialog.current.querySelector<HTMLElement>(FIELD)?.focus()
  }, [])
  return (
    <dialog
      ref={dialog}
      className={css['sheet']}
      aria-label={title}
      onClose={onClose}
      onKeyDown={({ key }) => {
        // A field that saves when it is left is left: a dialog that goes away tells it nothing.
        if (key === 'Escape' && document.activeElement instanceof HTMLElement) document.activeElement.blur()
      }}
    >
      <header>
        <h2>{title}</h2>
        <Button look="quiet" aria-label={closeLabel} onClick={() => dialog.current?.close()}>
          <X size={16} aria-hidden />
        </Button>
      </header>
      <div className={css['body']}>{children}</div>
    </dialog>
  )
}
