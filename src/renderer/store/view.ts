import type { SavedAccount } from '../../contract/state.ts'
import { type Account, formatAccount } from '../../domain/account.ts'
import type { Failure } from '../../domain/failure.ts'
import type { Unclear } from '../../domain/read-accounts.ts'
import type { GoodLookup, Lookup } from '../../domain/traffic.ts'

/**
 * What the middle of the screen shows: one account at most, the one asked last. While B waits or fails there is no
 * place in this union for A's figures.
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
  /** Monotonic milliseconds, so that what opens later can be counted down. */
  readonly heardAt: number
  /** What is recorded of it; null where nothing was sent, or it was called off. */
  readonly lookup: Lookup | null
  /** The kept line of the account; undefined while it is still being read. */
  readonly savedAccount: SavedAccount | null | undefined
  readonly rawReply?: RawReply
}

/**
 * The carrier's reply to the lookup that is shown, read because a template speaks of it; null where none came, undefined
 * where it was not kept. It is a part of that view and goes with it: no other lookup's reply can stand in a ticket.
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

/** Whether an answer about the account on the screen is newer than what stands there. */
export function isOlder(view: View, lookup: Lookup): boolean {
  return (
    view.kind === 'shown' && view.account.id === lookup.account.id && view.lookup.askedAt < lookup.askedAt
  )
}
