import type { Clock } from '../clock.ts'
import type { ConfirmedTime } from './confirmed-time.ts'
import type { Noted } from './noted.ts'
import type { StoreCondition } from './open-or-mend.ts'
import type { Store } from './open-store.ts'
import { type Database, tryRead, tryWrite } from './sqlite.ts'

/** The store's automatic work: a daily backup, and the removal of lookups older than the retention. */
export interface Upkeep {
  /** To be called every hour, and soon after the start. Does what is due. */
  tick(): Promise<void>
  /** The retention is shorter than before: what is older is gone from the backups too. */
  shorten(): Promise<void>
}

const DAY_MS = 86_400_000
/** A backup may be this much younger than a day, so that an hourly tick keeps to once a day. */
const SLACK_MS = 3_600_000
/** Conditions in which nothing is kept; a banner already says so. */
const KEPT_NOWHERE: ReadonlySet<StoreCondition['kind']> = new Set(['read-only', 'in-memory', 'damaged'])

export function createUpkeep({
  store,
  time,
  clock,
  retentionDays,
  chosenDays,
  heldDays,
  onBackUpFailed,
}: {
  readonly store: Pick<
    Store,
    'database' | 'condition' | 'backUp' | 'lastBackupAt' | 'redateBackups' | 'retain' | 'erase'
  >
  readonly time: Pick<ConfirmedTime, 'now'>
  readonly clock: Pick<Clock, 'now'>
  readonly retentionDays: () => number
  /** What the agent chose; an administrator may have shortened it. */
  readonly chosenDays: () => number
  /** What counted last. */
  readonly heldDays: Noted<number>
  /** Told once, until a backup works again. */
  readonly onBackUpFailed: () => void
}): Upkeep {
  const owed = createOwed(store.database)
  let isToldOf = false

  async function backUpIfDue(): Promise<void> {
    if (KEPT_NOWHERE.has(store.condition().kind)) return
    const now = time.now()
    // A backup from a time when the clock was ahead would otherwise count as the newest for that long.
    if (now !== null) store.redateBackups(now)
    const last = store.lastBackupAt()
    const isDue = last === null || (now !== null && now - last >= DAY_MS - SLACK_MS)
    if (!isDue) return
    const done = await store.backUp(now ?? clock.now())
    if (!done && !isToldOf) onBackUpFailed()
    isToldOf = !done
  }

  /** Undefined while the time is not certain; null for everything that no saved line needs. */
  function before(): number | null | undefined {
    const days = retentionDays()
    if (days === 0) return null
    const now = time.now()
    return now === null ? undefined : now - days * DAY_MS
  }

  /** A policy shortens it between two runs, where nobody is told of it. */
  function shortenedMeanwhile(): void {
    const days = retentionDays()
    if (days < (heldDays.read() ?? chosenDays())) owed.set(true)
    heldDays.write(days)
  }

  async function retain(): Promise<void> {
    const limit = before()
    if (limit === undefined) return
    if (!owed.is()) await store.retain(limit)
    else if (await store.erase({ kind: 'retain', before: limit })) owed.set(false)
  }

  return {
    async tick() {
      shortenedMeanwhile()
      await backUpIfDue()
      await retain()
    },
    async shorten() {
      heldDays.write(retentionDays())
      owed.set(true)
      await retain()
    },
  }
}

/**
 * Whether backups may still contain lookups that a shorter retention should have removed; survives a restart.
 */
function createOwed(database: Database) {
  const read = database.prepare("SELECT 1 FROM setting WHERE name = 'retention-shortened'")
  const write = database.prepare(
    "INSERT OR REPLACE INTO setting (name, value) VALUES ('retention-shortened', '')",
  )
  const remove = database.prepare("DELETE FROM setting WHERE name = 'retention-shortened'")
  return {
    is: () => tryRead(database, false, () => read.get() !== undefined),
    set(isOwed: boolean) {
      tryWrite(database, () => (isOwed ? write : remove).run())
    },
  }
}
