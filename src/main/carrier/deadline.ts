import { fail, type Result } from '../../domain/result.ts'
import type { Clock } from '../clock.ts'

/**
 * Runs `task` until it settles, `ms` have passed, or `signal` aborts, whichever comes first; the task's own
 * signal aborts in the last two cases. The promise settles even if the task hangs: undici ignores an abort
 * while it connects, and a keychain or a proxy lookup can't be aborted at all.
 */
export function withDeadline<T, F>(
  {
    clock,
    ms,
    signal,
  }: { readonly clock: Pick<Clock, 'after'>; readonly ms: number; readonly signal: AbortSignal },
  task: (signal: AbortSignal) => Promise<Result<T, F>>,
): Promise<Result<T, F | { readonly code: 'TIMEOUT' | 'CANCELLED' }>> {
  const inner = new AbortController()
  return new Promise((resolve, reject) => {
    const end = (code: 'TIMEOUT' | 'CANCELLED') => {
      settle()
      inner.abort()
      resolve(fail({ code }))
    }
    const cancel = () => end('CANCELLED')
    const settle = () => {
      callOff()
      signal.removeEventListener('abort', cancel)
    }
    const callOff = clock.after(ms, () => end('TIMEOUT'))
    if (signal.aborted) return cancel()
    signal.addEventListener('abort', cancel, { once: true })
    task(inner.signal).then(
      value => {
        settle()
        resolve(value)
      },
      error => {
        settle()
        reject(error)
      },
    )
  })
}
