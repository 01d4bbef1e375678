import type { Opened } from '../../contract/events.ts'
import type { Profile } from '../../contract/profile.ts'
import { ok } from '../../domain/result.ts'
import { ownerOf } from '../profiles/owner.ts'
import type { Handlers } from '../shell/ipc-guard.ts'
import type { Erasure } from '../store/erasure.ts'
import type { Store } from '../store/open-store.ts'
import { written } from '../store/written.ts'
import { copyHandlers } from './copies.ts'
import { lookupHandlers } from './lookup.ts'
import { oldKeys } from './old-keys.ts'
import { profileHandlers } from './profiles.ts'
import { savedAccountHandlers } from './saved-accounts.ts'
import { setupHandlers } from './setup.ts'
import { supportHandlers } from './support.ts'
import { teamHandlers } from './team.ts'

/** What setting a seat up does to the rest of the program: the same as an agent's own acts. */
const setUpBy = ({
  profiles,
  lookUp,
  vault,
  credentials,
  gate,
  teamTurns,
  writable,
}: Omit<Parameters<typeof profileHandlers>[0], 'erase'> & Parameters<typeof teamHandlers>[0]) => {
  const { dropOldKeys } = oldKeys({ profiles, lookUp, vault, credentials, gate })
  return {
    async takeProfiles(brought: readonly Profile[]) {
      lookUp.dropUnsent()
      await writable()
      const before = profiles.all()
      const taken = await profiles.takeIn(brought)
      if (taken.ok) await dropOldKeys(before, true)
      return taken
    },
    async keysReplaced(profile: Profile) {
      // A waiting request has read the old key already.
      lookUp.dropUnsent()
      if (profile.credential.kind === 'oem') await credentials.forget(ownerOf(profile))
      gate.keyChanged(ownerOf(profile).origin)
      teamTurns.accessChanged()
    },
  }
}

/** Every method of the contract, and what all of them together need of the program. */
export const createHandlers = (
  parts: Omit<Parameters<typeof lookupHandlers>[0], 'erase'> &
    Parameters<typeof copyHandlers>[0] &
    Parameters<typeof savedAccountHandlers>[0] &
    Parameters<typeof teamHandlers>[0] &
    Omit<Parameters<typeof setupHandlers>[0], 'keysReplaced' | 'takeProfiles' | 'selectProfile'> &
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
    ...setupHandlers({ ...parts, ...setUpBy(parts), selectProfile: seat.selectProfile }),
    ...supportHandlers(parts),
    takeOpened: () => ok(parts.takeOpened()),
  }
}
