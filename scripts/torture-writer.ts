import { writeSync } from 'node:fs'
import { systemClock } from '../src/main/clock.ts'
import { createLookups } from '../src/main/store/lookups.ts'
import { openStore } from '../src/main/store/open-store.ts'
import { createSavedAccounts } from '../src/main/store/saved-accounts.ts'

/** Writes lookups, imports and backups until it is killed, and prints the token of each stored lookup. */

export const TORTURE_PROFILE = '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'
const THREAD = new URL('../src/main/store/maintenance-thread.ts', import.meta.url)
/** Printed when a backup begins; every other printed line is the token of a stored row. */
export const BACKING_UP = 'backing up'
export const TORTURE_LINE = { kind: 'line', id: '09012345678' } as const

async function write(path: string, round: string): Promise<never> {
  const store = openStore(path, systemClock, THREAD)
  const lookups = createLookups(store.database, { exclusive: store.exclusive })
  const savedAccounts = createSavedAccounts(store.database, systemClock)
  let backingUp: Promise<boolean> | null = null
  for (let number = 0; ; number++) {
    const token = `${round}-${number}`
    const { id } = lookups.record({
      profileId: TORTURE_PROFILE,
      origin: 'https://carrier.example',
      account: TORTURE_LINE,
      askedAt: systemClock.now(),
      repliedAt: systemClock.now(),
      durationMs: 1,
      agent: token,
      result: { ok: false, failure: { code: 'TIMEOUT' } },
      rawReply: 'x'.repeat(number % 9000),
    })
    if (number % 7 === 6) {
      savedAccounts.importAll(TORTURE_PROFILE, [
        { account: TORTURE_LINE, label: token, note: '', pinned: false },
      ])
    }
    // A backup goes on beside the next writes, as the daily one does.
    if (number % 11 === 10 && backingUp === null) {
      writeSync(1, `${BACKING_UP}\n`)
      backingUp = store.backUp(systemClock.now()).finally(() => {
        backingUp = null
      })
    }
    // Not console.log: the token has to be out before the next write. A deferred lookup is not stored yet.
    if (id !== null && !store.exclusive.isOn()) writeSync(1, `${token}\n`)
    await new Promise(resolve => setImmediate(resolve))
  }
}

if (import.meta.main) {
  const [, , path = '', round = ''] = process.argv
  await write(path, round)
}
