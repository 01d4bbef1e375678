import { setImmediate as pause } from 'node:timers/promises'
import type { Clock } from '../clock.ts'
import { backupsOf, redateBackups } from './backups.ts'
import { type Erasure, pendingErasure } from './erasure.ts'
import { createExclusive, type Exclusive } from './exclusive.ts'
import { type Job, type JobResult, runJob } from './maintenance.ts'
import { createMaintenanceThread, type JobOptions, type Maintenance } from './maintenance-client.ts'
import { openOrMend, type StoreCondition, tryMark } from './open-or-mend.ts'
import { createPartialFiles } from './partial-files.ts'
import { isLarge } from './schema.ts'
import { type Database, guard, isDamaged, markDamaged, onDamaged } from './sqlite.ts'

export interface Store {
  readonly database: Database
  /** Whether long work keeps writers out; acts of a person wait for its end. */
  readonly exclusive: Exclusive
  condition(): StoreCondition
  /** Tells once that the file was damaged while the program runs. */
  onDamaged(listener: () => void): void
  /** Finishes what a killed program began, and reads a file whole that was too large for that at start. */
  afterStart(): Promise<void>
  /** Takes a verified backup; two are kept. False where the disk does not take it. */
  backUp(now: number): Promise<boolean>
  /** Milliseconds since the epoch; null where there is no backup. */
  lastBackupAt(): number | null
  /** Gives backups that are dated later than `now` that date. */
  redateBackups(now: number): void
  /** Removes lookups and set-aside files from before a time, but for what saved lines show; null for every such lookup. */
  retain(before: number | null): Promise<boolean>
  /**
   * Deletes for good: unreadable in the file, its write-ahead log, set-aside files and backups. A kill on the way is made
   * good at the next start. False where it could not be done.
   */
  erase(erasure: Erasure, options?: JobOptions): Promise<boolean>
  /** Long work of the other modules. */
  run(job: Job & { readonly kind: 'export' | 'import' }, options?: JobOptions): Promise<JobResult>
  /** Waits for what can't be cut short; nothing may be written afterwards. */
  close(): Promise<void>
}

/**
 * Opens (or makes) the program's database, mends what can be mended, and brings its schema up to date.
 *
 * WAL with synchronous=FULL: a row that was acknowledged is on disk. Files are readable by their owner alone. Never
 * throws: where the file can't be used, the program still works and says so.
 *
 * @param thread the module of the thread for long work; null does that work here, which keeps everything waiting
 */
export function openStore(path: string, clock: Pick<Clock, 'now'>, thread: URL | null = null): Store {
  const { database, condition } = openOrMend(path, clock.now())
  const kept = condition.kind !== 'in-memory' && condition.kind !== 'read-only'
  const exclusive = createExclusive()
  const urgent = new Int32Array(new SharedArrayBuffer(4))
  const endGuard = kept ? guard(database, path, urgent) : () => {}
  const maintenance =
    thread === null || !kept
      ? createInline(database, path)
      : createMaintenanceThread(thread, { path, urgent }, exclusive)
  const isDone = async (job: Job, options?: JobOptions): Promise<boolean> =>
    kept && !isDamaged(database) && (await maintenance.run(job, options)).outcome === 'done'

  return {
    database,
    exclusive,
    condition: () => (isDamaged(database) ? { kind: 'damaged' } : condition),
    onDamaged: listener => onDamaged(database, listener),
    async afterStart() {
      if (!kept) return
      if (pendingErasure(database) !== null) await isDone({ kind: 'finish-erasing', now: clock.now() })
      if (!isLarge(path)) return
      if ((await maintenance.run({ kind: 'check' })).rows === 0) return
      tryMark(path)
      markDamaged(database)
    },
    backUp: now => isDone({ kind: 'back-up', now }),
    lastBackupAt: () => backupsOf(path)[0]?.at ?? null,
    redateBackups: now => redateBackups(path, now),
    retain: async before =>
      condition.kind === 'in-memory'
        ? (await maintenance.run({ kind: 'retain', before })).outcome === 'done'
        : isDone({ kind: 'retain', before }),
    erase: (erasure, options) => isDone({ kind: 'erase', erasure, now: clock.now() }, options),
    run: async (job, options) =>
      isDamaged(database) ? { outcome: 'failed', rows: 0 } : maintenance.run(job, options),
    async close() {
      if (!database.isOpen) return
      await maintenance.close()
      database.close()
      endGuard()
    },
  }
}

/** Does the store's long work on its own connection, here and now. */
function createInline(database: Database, path: string): Maintenance {
  return {
    async run(job, { onProgress, signal } = {}) {
      try {
        return await runJob(job, {
          database,
          path,
          partialFiles: createPartialFiles(database),
          signal: signal ?? new AbortController().signal,
          report: (done, total) => onProgress?.({ done, total }),
          breathe: pause,
          exclusively: async work => work(),
        })
      } catch {
        return { outcome: 'failed', rows: 0 }
      }
    },
    async close() {},
  }
}
