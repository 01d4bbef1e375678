import type { Opened } from '../contract/events.ts'
import { readSmall } from './files/read-small.ts'
import { createOfferedSetup, type OfferedSetup } from './setup/offered-setup.ts'
import type { OpenedArgument } from './shell/opened-argument.ts'

/** What the system asked to open: it waits here until the page takes it, which may not be there yet. */
export interface OpenedThings {
  readonly offeredSetup: OfferedSetup
  /** Gives whether the window is to come forward for it. */
  open(argument: OpenedArgument): Promise<boolean>
  /** The first that waits, once; null where nothing does. */
  take(): Opened | null
}

const LARGEST_SETUP = 1_000_000

export function createOpened({
  allowsLinks,
  tell,
}: {
  readonly allowsLinks: () => boolean
  /** Tells the page that something waits. */
  readonly tell: () => void
}): OpenedThings {
  const offeredSetup = createOfferedSetup(file => readSmall(file, LARGEST_SETUP))
  const waiting: Opened[] = []
  return {
    offeredSetup,
    async open(argument) {
      if (argument.kind === 'link') {
        if (!allowsLinks()) return false
        waiting.push({ kind: 'account', account: argument.account })
      } else {
        const offered = await offeredSetup.offer(argument.path)
        waiting.push(offered.ok ? { kind: 'setup', ...offered.value } : { kind: 'unreadable' })
      }
      tell()
      return true
    },
    take: () => waiting.shift() ?? null,
  }
}
