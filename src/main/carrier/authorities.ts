import { Worker } from 'node:worker_threads'
import type { Clock } from '../clock.ts'

/** How one reading went, for the log. */
export interface AuthoritiesRead {
  /** How many there are; null where reading failed. */
  readonly count: number | null
  readonly durationMs: number
  readonly error: unknown
}

/** The certificate authorities that the operating system trusts. */
export interface SystemAuthorities {
  /**
   * Their PEM texts. They are read once in a run; whoever asks meanwhile waits for the same reading. Where it
   * fails there are none, and the next call reads again. Never rejects.
   */
  read(): Promise<readonly string[]>
  /** The same without waiting; null until they have been read. */
  known(): readonly string[] | null
  /** While true, the process can't end by itself: it would wait for the thread, which can't be interrupted. */
  isReading(): boolean
}

/**
 * Reads them in a thread of its own. Node's call is synchronous and asks the system's keychain, which takes
 * from 5 to 107 seconds on some Macs (nodejs/node#63313).
 *
 * @param script the thread's module
 */
export function createSystemAuthorities({
  script,
  clock,
  onRead,
}: {
  readonly script: URL
  readonly clock: Pick<Clock, 'monotonic'>
  readonly onRead: (reading: AuthoritiesRead) => void
}): SystemAuthorities {
  let known: readonly string[] | null = null
  let reading: Promise<readonly string[]> | null = null

  async function readOnce(): Promise<readonly string[]> {
    const from = clock.monotonic()
    const read = (count: number | null, error?: unknown) =>
      onRead({ count, durationMs: clock.monotonic() - from, error })
    try {
      known = await messageOf(script)
      read(known.length)
      return known
    } catch (error) {
      read(null, error)
      return []
    } finally {
      reading = null
    }
  }

  return {
    read() {
      if (known !== null) return Promise.resolve(known)
      reading ??= readOnce()
      return reading
    },
    known: () => known,
    isReading: () => reading !== null,
  }
}

/** The one message of a thread that then ends. */
function messageOf(script: URL): Promise<readonly string[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly string[]>()
  const thread = new Worker(script)
  thread.once('message', resolve)
  thread.once('error', reject)
  thread.once('exit', () => reject(new Error('the thread ended without an answer')))
  return promise
}
