import * as z from 'zod'
import type { Settings } from '../../contract/settings.ts'
import type { Clock } from '../clock.ts'
import { createConfirmedTime } from './confirmed-time.ts'
import { createDeskId } from './desk-id.ts'
import { createLookups } from './lookups.ts'
import { createNoted } from './noted.ts'
import type { Store } from './open-store.ts'
import { createPartialFiles } from './partial-files.ts'
import { createSavedAccounts } from './saved-accounts.ts'
import { createKeyDates, createSettingsStore } from './settings.ts'

/** Everything that is kept in the store, by what it is. */
export const createTables = (
  { database, exclusive }: Pick<Store, 'database' | 'exclusive'>,
  {
    clock,
    defaults,
    onRefused,
  }: {
    readonly clock: Clock
    /** The settings before the agent chose any. */
    readonly defaults: Settings
    /** Told of a lookup that the disk did not take. */
    readonly onRefused: () => void
  },
) => ({
  time: createConfirmedTime(database, clock),
  settings: createSettingsStore(database, clock, defaults),
  keyDates: createKeyDates(database),
  lookups: createLookups(database, { exclusive, onRefused }),
  savedAccounts: createSavedAccounts(database, clock),
  partialFiles: createPartialFiles(database),
  deskId: createDeskId(database),
  heardUpdate: createNoted(database, 'update', z.object({ at: z.number(), version: z.string().nullable() })),
  /** The retention that last counted, in days. */
  heldDays: createNoted(database, 'retention', z.number()),
})
