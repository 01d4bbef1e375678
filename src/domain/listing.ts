import type { Blacklist, GoodLookup } from './traffic.ts'

/** Since when a line is known to be in its state, and when it was last seen in another. Milliseconds since the epoch. */
export interface Listing {
  readonly state: Blacklist
  /** The first of the unbroken run of lookups that gave this state. */
  readonly since: number
  /** The last lookup before that; null where none is stored. */
  readonly before: { readonly state: Blacklist; readonly at: number } | null
}

/**
 * Reads from stored answers, newest first, when the state changed. An unknown state in between says nothing and is passed
 * over. Null where there is no answer, or the newest one's state is unknown.
 */
export function listingOf(lookups: Iterable<Pick<GoodLookup, 'repliedAt' | 'report'>>): Listing | null {
  let run: Omit<Listing, 'before'> | null = null
  for (const { repliedAt, report } of lookups) {
    const state = report.blacklist
    if (run === null) {
      if (state === 'unknown') return null
      run = { state, since: repliedAt }
    } else if (state === run.state) run = { state, since: repliedAt }
    else if (state !== 'unknown') return { ...run, before: { state, at: repliedAt } }
  }
  return run && { ...run, before: null }
}
