import { writeSync } from 'node:fs'
import { systemClock } from '../src/main/clock.ts'
import { openStore } from '../src/main/store/database.ts'
import { createLookups } from '../src/main/store/lookups.ts'
import { createSavedLines } from '../src/main/store/saved-lines.ts'

/** Writes lookups for ever and says of each that it is kept, with imports and backups in between; somebody else ends it. */

export const TORTURE_PROFILE = '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'
export const TORTURE_LINE = { kind: 'line', id: '09012345678' } as const

function write(path: string, round: string): never {
  // Every backup asks for the day's first.
  let days = 0
  const clock = { ...systemClock, now: () => systemClock.now() + days * 86_400_000 }
  const store = openStore(path, clock)
  const lookups = createLookups(store.database)
  const savedLines = createSavedLines(store.database, clock)
  for (let number = 0; ; number++) {
    const token = `${round}-${number}`
    const { id } = lookups.record({
      profileId: TORTURE_PROFILE,
      account: TORTURE_LINE,
      askedAt: systemClock.now(),
      repliedAt: systemClock.now(),
      durationMs: 1,
      agent: token,
      result: { ok: false, failure: { code: 'TIMEOUT' } },
      rawReply: 'x'.repeat(number % 9000),
    })
    if (number % 7 === 6) {
      savedLines.importAll(TORTURE_PROFILE, [
        { account: TORTURE_LINE, label: token, note: '', pinned: false },
      ])
    }
    if (number % 11 === 10) {
      days++
      store.backUpDaily()
    }
    // Not console.log: the word has to be out before the next write begins.
    if (id > 0) writeSync(1, `${token}\n`)
  }
}

if (import.meta.main) {
  const [, , path = '', round = ''] = process.argv
  write(path, round)
}
