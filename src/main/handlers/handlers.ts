import type { Handlers } from '../shell/ipc-guard.ts'
import { copyHandlers } from './copies.ts'
import { lookupHandlers } from './lookup.ts'
import { profileHandlers } from './profiles.ts'
import { savedAccountHandlers } from './saved-accounts.ts'

/** Every method of the contract, and what all of them together need of the program. */
export const createHandlers = (
  parts: Parameters<typeof lookupHandlers>[0] &
    Parameters<typeof copyHandlers>[0] &
    Parameters<typeof savedAccountHandlers>[0] &
    Parameters<typeof profileHandlers>[0],
): Handlers => ({
  ...lookupHandlers(parts),
  ...copyHandlers(parts),
  ...savedAccountHandlers(parts),
  ...profileHandlers(parts),
})
