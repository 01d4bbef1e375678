import { Check, Copy } from 'lucide-react'
import { type ComponentProps, type ReactNode, useEffect, useState } from 'react'
import { Button } from './button.tsx'

const SAID_MS = 2_000

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
  // Counted, so that a second copy begins the two seconds anew.
  const [copies, setCopies] = useState(0)
  useEffect(() => {
    if (copies === 0) return
    const timer = setTimeout(() => setCopies(0), SAID_MS)
    return () => clearTimeout(timer)
  }, [copies])
  return (
    <Button
      {...props}
      data-copied={copies > 0}
      onClick={() => void onCopy().then(done => setCopies(count => (done ? count + 1 : 0)))}
    >
      {copies > 0 ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      {children !== undefined && (copies > 0 ? copied : children)}
    </Button>
  )
}
