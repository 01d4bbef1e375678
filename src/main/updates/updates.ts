import type { Clock } from '../clock.ts'
import { isNewer, latestIn } from './latest.ts'

/** What was heard last, kept over restarts: a program that is started ten times a day asks once. */
export interface HeardUpdate {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly version: string | null
}

export interface Updates {
  /** A version that is newer than this one, and was announced; null where none was. */
  newer(): string | null
  /** Asks now if a day has passed, and from then on once a day. */
  begin(): void
  /** Asks nobody any more. */
  stop(): void
}

const DAY_MS = 86_400_000

/** @param url where a newer version is announced; null where the administrator set none, and nobody is ever asked */
export function createUpdates({
  url,
  version,
  clock,
  read,
  write,
  get,
  onFound,
}: {
  readonly url: string | null
  readonly version: string
  readonly clock: Pick<Clock, 'now' | 'after'>
  readonly read: () => HeardUpdate | null
  readonly write: (heard: HeardUpdate) => void
  /** One GET; null where nothing came of it. */
  readonly get: (url: string) => Promise<string | null>
  readonly onFound: (version: string) => void
}): Updates {
  let callOff = () => {}
  let isStopped = false

  const newer = () => {
    const heard = url === null ? null : (read()?.version ?? null)
    return heard !== null && isNewer(heard, version) ? heard : null
  }

  async function ask(address: string): Promise<void> {
    // In this run the next one is a day away, whatever becomes of this one and of what is written down.
    callOff = clock.after(DAY_MS, () => void ask(address))
    const text = await get(address).catch(() => null)
    if (isStopped) return
    const said = text === null ? null : latestIn(text)
    // Nothing heard today takes nothing back that was heard before.
    write({ at: clock.now(), version: said ?? read()?.version ?? null })
    const found = newer()
    if (found !== null) onFound(found)
  }

  return {
    newer,
    begin() {
      if (url === null) return
      const since = clock.now() - (read()?.at ?? Number.NEGATIVE_INFINITY)
      // A clock that was set back must not silence it.
      const isDue = since < 0 || since >= DAY_MS
      callOff = clock.after(isDue ? 0 : DAY_MS - since, () => void ask(url))
    },
    stop() {
      isStopped = true
      callOff()
    },
  }
}
