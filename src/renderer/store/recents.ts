import type { AppState, RecentLookup } from '../../contract/state.ts'
import { summaryOf } from '../../domain/lookup-summary.ts'
import type { Lookup } from '../../domain/traffic.ts'
import type { Slice } from './slice.ts'

/** One of the day's lookups. What the store does not keep is here until the page ends. */
export interface Recent extends Omit<RecentLookup, 'id'> {
  readonly id: number | null
  /** The whole of it, where the store does not have it; null where it is read from there. */
  readonly lookup: Lookup | null
}

export interface RecentsSlice {
  /** The agent's own lookups of the day, newest first. */
  readonly recents: readonly Recent[]
  recentsChanged(list: readonly RecentLookup[]): void
  /** A lookup reached the carrier and came back. */
  lookedUp(lookup: Lookup): void
  /** Its ticket is on the clipboard. */
  ticketCopied(lookup: Pick<Lookup, 'id' | 'askedAt'>): void
}

/** How the day went, at the end of a shift. */
export const countsOf = (recents: readonly Recent[]) => ({
  total: recents.length,
  failed: recents.filter(({ failure }) => failure !== null).length,
  restricted: recents.filter(({ blacklist }) => blacklist === 'listed').length,
})

/** Whether two are the same lookup: by its id, or by its moment where it was not stored. */
export const isSame = (a: Pick<Recent, 'id' | 'askedAt'>, b: Pick<Recent, 'id' | 'askedAt'>): boolean =>
  a.id === b.id && (a.id !== null || a.askedAt === b.askedAt)

const stored = (list: readonly RecentLookup[]): readonly Recent[] =>
  list.map(recent => ({ ...recent, lookup: null }))

export const createRecentsSlice =
  (app: AppState): Slice<RecentsSlice> =>
  set => ({
    recents: stored(app.current?.today ?? []),
    recentsChanged(list) {
      set({ recents: stored(list) })
    },
    lookedUp(lookup) {
      // A day has hundreds, which the page need not hold a second time.
      const line = { ...summaryOf(lookup), id: lookup.id, lookup: lookup.id === null ? lookup : null }
      set(({ recents }) => {
        // An act that is joined after a reload of the page answers twice.
        const copied = recents.some(other => isSame(other, line) && other.copied)
        return { recents: [{ ...line, copied }, ...recents.filter(other => !isSame(other, line))] }
      })
    },
    ticketCopied(lookup) {
      set(({ recents }) => ({
        recents: recents.map(recent => (isSame(recent, lookup) ? { ...recent, copied: true } : recent)),
      }))
    },
  })
