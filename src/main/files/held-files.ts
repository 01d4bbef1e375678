import { copyFileSync, renameSync, rmSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { retryifyAsync, retryifySync } from 'stubborn-utils'

/** Milliseconds. A scanner or a sync client lets go of a file sooner; a file that is refused for good stays so. */
const HELD_AT_MOST = 2_000

/**
 * What Windows answers while somebody else has the file open. Elsewhere these are refusals for good, which come two seconds
 * later then: they are rare, and nobody waits for such a file before a figure is shown.
 */
const HELD: ReadonlySet<unknown> = new Set(['EPERM', 'EACCES', 'EBUSY'])

/** Whether a file was refused in the way in which Windows refuses one that somebody else has open. */
export const isHeld = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && HELD.has(error.code)

const options = { isRetriable: isHeld }

/** As `renameSync`, and tries again for 2 s while the file is held by somebody else. */
export const renameHeldSync = (from: string, to: string): void =>
  retryifySync(renameSync, options)({ timeout: HELD_AT_MOST })(from, to)

/** As `copyFileSync`, and tries again for 2 s while one of the two is held by somebody else. */
export const copyHeldSync = (from: string, to: string): void =>
  retryifySync(copyFileSync, options)({ timeout: HELD_AT_MOST })(from, to)

/** As `rmSync` of a file that may be missing, and tries again for 2 s while it is held by somebody else. */
export const removeHeldSync = (file: string): void =>
  retryifySync(rmSync, options)({ timeout: HELD_AT_MOST })(file, { force: true })

/** As `rename` of node:fs/promises, and tries again for 2 s while the file is held by somebody else. */
export const renameHeld = (from: string, to: string): Promise<void> =>
  retryifyAsync(rename, options)({ timeout: HELD_AT_MOST })(from, to)

/** As `rm` of a file that may be missing, and tries again for 2 s while it is held by somebody else. */
export const removeHeld = (file: string): Promise<void> =>
  retryifyAsync(rm, options)({ timeout: HELD_AT_MOST })(file, { force: true })
