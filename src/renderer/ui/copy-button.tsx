import { Check, Copy } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { Button } from './button.tsx'
import { useMoment } from './use-moment.ts'

/** Says in its own place that the copy is on the clipboard. */
export function CopyButton({
  onCopy,
  copied,
  children,
  ...props
}: Omit<ComponentProps<typeof Button>, 'onClick' | 'onCopy'> & {
  /** Resolves to true once it is there. */
  readonly onCopy: () => Promise<boolean>
  /** Stands in the place of its words for a moment. */
  readonly copied: string
  readonly children?: ReactNode
}) {
  const [isCopied, saidSo] = useMoment()
  return (
    <Button {...props} data-copied={isCopied} onClick={() => void onCopy().then(done => done && saidSo())}>
      {isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      {children !== undefined && (isCopied ? copied : children)}
    </Button>
  )
}
