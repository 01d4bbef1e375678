import type { SavedAccount } from '../../contract/state.ts'
import { type Account, formatAccount } from '../../domain/account.ts'
import type { Failure } from '../../domain/failure.ts'
import type { GoodLookup, Lookup } from '../../domain/traffic.ts'

/**
 * What the middle of the screen shows: one account, the one asked last. Everything that is copied, saved or asked again is
 * about it: the result from before stands apart, and only while the new one is awaited.
 */
export type View =
  | { readonly kind: 'empty' }
  /** `before` is the last result: it stays in sight under its own name, but nothing can be done with it. */
  | { readonly kind: 'asking'; readonly account: Account; readonly before: Settled | null }
  | Shown
  | { readonly kind: 'nothing-stored'; readonly account: Account; readonly savedAccount: SavedAccount | null }
  | Failed

/** Figures of one account. */
export interface Shown {
  readonly kind: 'shown'
  readonly account: Account
  readonly lookup: GoodLookup
  readonly stored: boolean
  readonly savedAccount: SavedAccount | null
  readonly rawReply?: RawReply
}

/** What came of a lookup. */
export type Settled = Shown | Failed

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

/** The result on the screen, also while the next one is awaited. */
export const settledOf = (view: View): Settled | null =>
  view.kind === 'shown' || view.kind === 'failed' ? view : view.kind === 'asking' ? view.before : null

/** The view once an account's kept line has changed, also where its result only waits to come back. */
export function withSavedAccount(view: View, account: Account, savedAccount: SavedAccount | null): View {
  if ('savedAccount' in view && view.account.id === account.id) return { ...view, savedAccount }
  return view.kind === 'asking' && view.before?.account.id === account.id
    ? { ...view, before: { ...view.before, savedAccount } }
    : view
}
