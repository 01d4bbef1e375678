import type { Opened } from '../../contract/events.ts'
import { ok } from '../../domain/result.ts'
import type { Handlers } from '../shell/ipc-guard.ts'
import type { Erasure } from '../store/erasure.ts'
import type { Store } from '../store/open-store.ts'
import { written } from '../store/written.ts'
import { copyHandlers } from './copies.ts'
import { lookupHandlers } from './lookup.ts'
import { profileHandlers } from './profiles.ts'
import { savedAccountHandlers } from './saved-accounts.ts'
import { setupHandlers } from './setup.ts'
import { supportHandlers } from './support.ts'
import { teamHandlers } from './team.ts'

/** Every method of the contract, and what all of them together need of the program. */
export const createHandlers = (
  parts: Omit<Parameters<typeof lookupHandlers>[0], 'erase'> &
    Parameters<typeof copyHandlers>[0] &
    Parameters<typeof savedAccountHandlers>[0] &
    Parameters<typeof teamHandlers>[0] &
    Omit<Parameters<typeof setupHandlers>[0], 'seat'> &
    Parameters<typeof supportHandlers>[0] &
    Omit<Parameters<typeof profileHandlers>[0], 'erase'> & {
      readonly store: Pick<Store, 'erase'>
      readonly takeOpened: () => Opened | null
    },
): Handlers => {
  const erase = async (erasure: Erasure) =>
    written(await parts.showProgress('erase', options => parts.store.erase(erasure, options)))
  const seat = { ...teamHandlers(parts), ...profileHandlers({ ...parts, erase }) }
  return {
    ...lookupHandlers({ ...parts, erase }),
    ...copyHandlers(parts),
    ...savedAccountHandlers(parts),
    ...seat,
    ...setupHandlers({ ...parts, seat }),
    ...supportHandlers(parts),
    takeOpened: () => ok(parts.takeOpened()),
  }
}
