import type { SavedAccount } from '../../contract/state.ts'
import { type Account, formatAccount } from '../../domain/account.ts'
import type { Failure } from '../../domain/failure.ts'
import type { Unclear } from '../../domain/read-accounts.ts'
import type { GoodLookup, Lookup } from '../../domain/traffic.ts'

/**
 * What the middle of the screen shows: at most one account, the one asked last. While its lookup waits or has
 * failed, this union has no place for another account's figures.
 */
export type View =
  | { readonly kind: 'empty' }
  | { readonly kind: 'question'; readonly reading: Unclear }
  | { readonly kind: 'asking'; readonly account: Account }
  | {
      readonly kind: 'shown'
      readonly account: Account
      readonly lookup: GoodLookup
      readonly stored: boolean
      readonly savedAccount: SavedAccount | null
      readonly rawReply?: RawReply
    }
  | { readonly kind: 'nothing-stored'; readonly account: Account; readonly savedAccount: SavedAccount | null }
  | Failed

/** What came of a lookup that gave no figures. */
export interface Failed {
  readonly kind: 'failed'
  readonly account: Account
  readonly failure: Failure
  /** When the agent asked, milliseconds since the epoch. */
  readonly askedAt: number
  /** When the failure arrived (monotonic milliseconds), for the countdown until the gate opens. */
  readonly heardAt: number
  /** What is recorded of it; null where nothing was sent, or it was called off. */
  readonly lookup: Lookup | null
  /** The saved account, null if there is none; undefined while it is still being read. */
  readonly savedAccount: SavedAccount | null | undefined
  readonly rawReply?: RawReply
}

/**
 * The carrier's reply to the lookup on the screen, read because a template uses it; null if none came,
 * undefined if it was not kept. It belongs to that view and goes with it, so no other lookup's reply can get
 * into a ticket.
 */
export interface RawReply {
  readonly text: string | null | undefined
}

/** The account that was looked up, while the field still says it; null once something else is typed. */
export const lookedUpInField = ({
  text,
  view,
}: {
  readonly text: string
  readonly view: View
}): Account | null => ('account' in view && text === formatAccount(view.account) ? view.account : null)

/** Whether the view shows an older answer about the same account than this lookup. */
export function isOlder(view: View, lookup: Lookup): boolean {
  return (
    view.kind === 'shown' && view.account.id === lookup.account.id && view.lookup.askedAt < lookup.askedAt
  )
}
