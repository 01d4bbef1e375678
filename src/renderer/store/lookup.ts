import type { Bridge, LookUpAnswer, SavedLine } from '../../contract/bridge.ts'
import { type Account, formatAccount } from '../../domain/account.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'
import { readAccounts, type Unclear } from '../../domain/read-accounts.ts'
import { fail, ok } from '../../domain/result.ts'
import type { GoodLookup, Lookup } from '../../domain/traffic.ts'
import type { NoticesSlice } from './notices.ts'
import type { SessionSlice } from './session.ts'
import type { Slice } from './slice.ts'

type Needs = Pick<SessionSlice, 'app' | 'clock' | 'gate'> &
  Pick<NoticesSlice, 'notify' | 'tell'> & {
    /** A kept line has another answer. */
    lineAnswered(line: SavedLine): void
  }

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
      readonly savedLine: SavedLine | null
      readonly rawReply?: RawReply
    }
  | { readonly kind: 'nothing-stored'; readonly account: Account; readonly savedLine: SavedLine | null }
  | Failed

interface Failed {
  readonly kind: 'failed'
  readonly account: Account
  readonly failure: Failure
  /** When the agent asked, milliseconds since the epoch. */
  readonly askedAt: number
  /** Monotonic milliseconds, so that what opens later can be counted down. */
  readonly heardAt: number
  /** What was recorded of it; null where it did not reach the carrier, undefined until that is read. */
  readonly lookup: Lookup | null | undefined
  /** The kept line of the account; read with the record. */
  readonly savedLine: SavedLine | null
  readonly rawReply?: RawReply
}

/**
 * The carrier's reply to the lookup that is shown, read because a template speaks of it; null where none came, undefined
 * where it was not kept. It is a part of that view and goes with it: no other lookup's reply can stand in a ticket.
 */
export interface RawReply {
  readonly text: string | null | undefined
}

export interface LookupSlice {
  /** The form's text as typed. */
  readonly text: string
  readonly view: View
  setText(text: string): void
  /** Looks up what the form holds, if that is one account. */
  submit(): Promise<void>
  /** One act, one query: asks the carrier about one account. */
  lookUp(account: Account, again?: boolean): Promise<void>
  /** Shows what is stored about an account; sends nothing. */
  openStored(account: Account): Promise<void>
  /** After a reload of the page: goes on waiting for what was asked before. Sends nothing. */
  resume(): Promise<void>
  cancel(): Promise<void>
  tryKeyAgain(): Promise<void>
  /** One real query about one account, for a new profile; gives the failure, or the account it worked for. */
  testConnection(account: Account): Promise<{ readonly account: Account } | { readonly failure: Failure }>
  /** Another profile: nothing of the last one stays on the screen. */
  clearView(): void
  /** The kept line of an account is another, or is gone. */
  savedLineChanged(account: Account, savedLine: SavedLine | null): void
}

export const createLookupSlice =
  (bridge: Bridge): Slice<LookupSlice, Needs> =>
  (set, get) => {
    // Each act on the middle of the screen takes a number; an answer to an older act is not shown.
    let latest = 0

    /** Shows a failure, and then reads what was recorded of it, for the ticket. */
    async function showFailure(account: Account, failure: Failure, askedAt: number): Promise<void> {
      const { monotonic } = get().clock
      const view: View = {
        kind: 'failed',
        account,
        failure,
        askedAt,
        heardAt: monotonic(),
        lookup: undefined,
        savedLine: null,
      }
      set({ view })
      const last = await bridge.lastLookup(account.id)
      if (get().view !== view) return
      const { lookup, savedLine } = last.ok ? last.value : { lookup: null, savedLine: null }
      const isThisOne = lookup !== null && isOf(lookup, failure, askedAt)
      set({ view: { ...view, lookup: isThisOne ? lookup : null, savedLine } })
    }

    /** Asks, and shows what came of it unless the agent has turned to something else since. */
    async function show(account: Account, ask: () => Promise<Outcome<LookUpAnswer>>): Promise<void> {
      latest += 1
      const act = latest
      const profileId = get().app.current?.profile.id
      const { now } = get().clock
      const askedAt = now()
      set({ text: formatAccount(account), view: { kind: 'asking', account } })
      const outcome = await ask()
      // A late reply after a change of profile is filed under its own profile and not spoken of here.
      if (get().app.current?.profile.id !== profileId) return
      if (outcome.ok && outcome.value.savedLine !== null) get().lineAnswered(outcome.value.savedLine)
      const { view } = get()
      if (act === latest || (outcome.ok && isOlder(view, outcome.value.lookup))) {
        if (!outcome.ok) return showFailure(account, outcome.failure, askedAt)
        set({ view: { kind: 'shown', account, ...outcome.value } })
        return
      }
      // The same account asked twice has one answer, which the later act shows.
      if (view.kind === 'asking' && view.account.id === account.id) return
      if (outcome.ok) get().notify({ kind: 'filed', account })
      else if (outcome.failure.code === 'SUPERSEDED') get().notify({ kind: 'superseded', account })
      else get().notify({ kind: 'failed', account, code: outcome.failure.code })
    }

    return {
      text: '',
      view: { kind: 'empty' },
      setText(text) {
        set({ text })
      },
      async submit() {
        const reading = readAccounts(get().text)
        if (reading.found === 'one') return get().lookUp(reading.account)
        latest++
        set({ view: { kind: 'question', reading } })
      },
      async lookUp(account, again = false) {
        const profileId = get().app.current?.profile.id
        if (profileId === undefined) return
        await show(account, () => bridge.lookUp({ account: account.id, again, profileId }))
      },
      async resume() {
        const asked = get().app.current?.asked ?? null
        if (asked === null) return
        const { account } = asked
        await show(account, async () => {
          const outcome = await bridge.joinLookup(account.id)
          if (!outcome.ok) return outcome
          return outcome.value === null ? fail({ code: 'CANCELLED' }) : ok(outcome.value)
        })
      },
      async openStored(account) {
        latest += 1
        const act = latest
        const outcome = await bridge.storedLookup(account.id)
        if (act !== latest) return
        set({ text: formatAccount(account) })
        if (!outcome.ok) return showFailure(account, outcome.failure, get().clock.now())
        const { lookup, savedLine } = outcome.value
        set({
          view:
            lookup === null
              ? { kind: 'nothing-stored', account, savedLine }
              : { kind: 'shown', account, lookup, savedLine, stored: true },
        })
      },
      async cancel() {
        const { inFlight, waiting } = get().gate.state
        if (get().view.kind === 'asking' || inFlight !== null || waiting !== null) await bridge.cancelLookup()
      },
      async tryKeyAgain() {
        const { view } = get()
        const act = latest
        const outcome = await bridge.tryKeyAgain()
        if (act !== latest || view.kind !== 'failed') {
          get().tell(outcome.ok ? null : outcome.failure)
        } else if (outcome.ok) {
          await get().lookUp(view.account, true)
        } else {
          await showFailure(view.account, outcome.failure, get().clock.now())
        }
      },
      async testConnection(account) {
        const profileId = get().app.current?.profile.id ?? ''
        const outcome = await bridge.lookUp({ account: account.id, again: true, profileId })
        return outcome.ok ? { account } : { failure: outcome.failure }
      },
      clearView() {
        latest++
        set({ text: '', view: { kind: 'empty' } })
      },
      savedLineChanged(account, savedLine) {
        const { view } = get()
        if ('savedLine' in view && view.account.id === account.id) set({ view: { ...view, savedLine } })
      },
    }
  }

/** The account that was looked up, while the field still says it; null once something else is typed. */
export const lookedUpInField = ({ text, view }: Pick<LookupSlice, 'text' | 'view'>): Account | null =>
  'account' in view && text === formatAccount(view.account) ? view.account : null

/** Whether an answer about the account on the screen is newer than what stands there. */
function isOlder(view: View, lookup: GoodLookup): boolean {
  return (
    view.kind === 'shown' && view.account.id === lookup.account.id && view.lookup.askedAt < lookup.askedAt
  )
}

/**
 * Whether a recorded lookup is the one that just failed: a refusal by the gate or the keychain records none. An act that
 * joined a lookup began later than that, but not after its end.
 */
const isOf = ({ result, repliedAt }: Lookup, failure: Failure, since: number): boolean =>
  !result.ok && result.failure.code === failure.code && repliedAt >= since
