import type { Bridge, LookUpAnswer } from '../../contract/bridge.ts'
import type { SavedAccount } from '../../contract/state.ts'
import { type Account, formatAccount } from '../../domain/account.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'
import { readAccounts, type Unclear } from '../../domain/read-accounts.ts'
import { fail, ok } from '../../domain/result.ts'
import { goodLookup } from '../../domain/traffic.ts'
import type { NoticesSlice } from './notices.ts'
import { isSame, type Recent, type RecentsSlice } from './recents.ts'
import type { SessionSlice } from './session.ts'
import type { Slice } from './slice.ts'
import { type Failed, isOlder, settledOf, type View, withSavedAccount } from './view.ts'

type Needs = Pick<SessionSlice, 'app' | 'clock' | 'gate'> &
  Pick<NoticesSlice, 'notify' | 'tell'> &
  Pick<RecentsSlice, 'recents' | 'lookedUp'> & {
    /** A saved account has a new answer. */
    accountAnswered(line: SavedAccount): void
  }

export interface LookupSlice {
  /** The form's text as typed. */
  readonly text: string
  readonly view: View
  /** Why what was typed is not one account; it stands under the field and changes nothing else. */
  readonly question: Unclear | null
  setText(text: string): void
  /** Looks up what the form holds, if that is one account. */
  submit(): Promise<void>
  /** One act, one query: asks the carrier about one account. */
  lookUp(account: Account, again?: boolean): Promise<void>
  /** Shows what is stored about an account; sends nothing. */
  openStored(account: Account): Promise<void>
  /** Goes back to one of the day's lookups as it was; sends nothing. */
  openRecent(recent: Pick<Recent, 'id' | 'account' | 'lookup'>): Promise<void>
  /** Goes to the lookup before the one on the screen, or to the one after it. */
  step(by: 'back' | 'forward'): Promise<void>
  /** After a reload of the page: goes on waiting for what was asked before. Sends nothing. */
  resume(): Promise<void>
  cancel(): Promise<void>
  tryKeyAgain(): Promise<void>
  /** One real query about one account, for a new profile; gives the failure, or the account it worked for. */
  testConnection(account: Account): Promise<{ readonly account: Account } | { readonly failure: Failure }>
  /** Clears the field and the view, so that nothing of the last profile stays on the screen. */
  clearView(): void
  /** The saved account changed; null if it was removed. */
  savedAccountChanged(account: Account, savedAccount: SavedAccount | null): void
}

export const createLookupSlice =
  (bridge: Bridge): Slice<LookupSlice, Needs> =>
  (set, get) => {
    // Each action that changes the view takes a number; an answer to an older action is not shown.
    let latest = 0

    const failed = (
      account: Account,
      failure: Failure,
      given: Pick<Failed, 'lookup' | 'savedAccount' | 'askedAt'>,
    ): Failed => {
      const { monotonic, now } = get().clock
      // A wait began when the failure arrived, which may be some time ago.
      const age = given.lookup === null ? 0 : Math.max(0, now() - given.lookup.repliedAt)
      return { kind: 'failed', account, failure, heardAt: monotonic() - age, ...given }
    }

    /** Shows why nothing was sent. The saved account, which the ticket needs, follows a moment later. */
    async function showUnsent(account: Account, failure: Failure, askedAt: number): Promise<void> {
      const view = failed(account, failure, { lookup: null, savedAccount: undefined, askedAt })
      set({ view })
      const line = await bridge.savedAccount(account)
      if (get().view === view) set({ view: { ...view, savedAccount: line.ok ? line.value : null } })
    }

    function showAnswer({ lookup, savedAccount, stored }: LookUpAnswer): void {
      const { account, askedAt, result } = lookup
      const good = goodLookup(lookup)
      if (good !== null) set({ view: { kind: 'shown', account, lookup: good, savedAccount, stored } })
      else if (!result.ok) set({ view: failed(account, result.failure, { lookup, savedAccount, askedAt }) })
    }

    /** Asks, and shows the outcome unless the agent has moved on to something else meanwhile. */
    async function show(account: Account, ask: () => Promise<Outcome<LookUpAnswer>>): Promise<void> {
      latest += 1
      const act = latest
      const profileId = get().app.current?.profile.id
      const { now } = get().clock
      const askedAt = now()
      set({
        text: formatAccount(account),
        question: null,
        view: { kind: 'asking', account, before: settledOf(get().view) },
      })
      const outcome = await ask()
      // A reply after a change of profile is stored under its own profile, so this page does not mention it.
      if (get().app.current?.profile.id !== profileId) return
      if (outcome.ok && !outcome.value.stored) get().lookedUp(outcome.value.lookup)
      if (outcome.ok && outcome.value.savedAccount !== null) get().accountAnswered(outcome.value.savedAccount)
      const { view } = get()
      const failure = failureOf(outcome)
      if (act === latest && failure?.code === 'CANCELLED') {
        // Only the agent calls a lookup off: what was there before is back, and nothing is wrong.
        const isUntouched = get().text === formatAccount(account)
        const back = settledOf(view)
        set({ view: back ?? { kind: 'empty' } })
        if (isUntouched && back !== null) set({ text: formatAccount(back.account) })
        return get().notify({ kind: 'cancelled', account })
      }
      if (act === latest || (failure === null && outcome.ok && isOlder(view, outcome.value.lookup))) {
        return outcome.ok ? showAnswer(outcome.value) : showUnsent(account, outcome.failure, askedAt)
      }
      // If the same account was asked again, the later action shows the answer.
      if (view.kind === 'asking' && view.account.id === account.id) return
      if (failure === null) get().notify({ kind: 'filed', account })
      else if (failure.code === 'SUPERSEDED') get().notify({ kind: 'superseded', account })
      else get().notify({ kind: 'failed', account, code: failure.code })
    }

    return {
      text: '',
      view: { kind: 'empty' },
      question: null,
      setText(text) {
        set({ text, question: null })
      },
      async submit() {
        const reading = readAccounts(get().text)
        if (reading.found === 'one') return get().lookUp(reading.account)
        set({ question: reading })
      },
      async lookUp(account, again = false) {
        const profileId = get().app.current?.profile.id
        if (profileId === undefined) return
        await show(account, () => bridge.lookUp({ account, again, profileId }))
      },
      async resume() {
        const asked = get().app.current?.asked ?? null
        if (asked === null) return
        const { account } = asked
        await show(account, async () => {
          const outcome = await bridge.joinLookup(account)
          if (!outcome.ok) return outcome
          return outcome.value === null ? fail({ code: 'CANCELLED' }) : ok(outcome.value)
        })
      },
      async openStored(account) {
        latest += 1
        const act = latest
        const outcome = await bridge.storedLookup(account)
        if (act !== latest) return
        set({ text: formatAccount(account), question: null })
        if (!outcome.ok) return showUnsent(account, outcome.failure, get().clock.now())
        const { lookup, savedAccount } = outcome.value
        set({
          view:
            lookup === null
              ? { kind: 'nothing-stored', account, savedAccount }
              : { kind: 'shown', account, lookup, savedAccount, stored: true },
        })
      },
      async openRecent(recent) {
        latest += 1
        const act = latest
        const opened =
          recent.lookup === null && recent.id !== null ? await bridge.openLookup(recent.id) : null
        const line = recent.lookup === null ? null : await bridge.savedAccount(recent.account)
        if (act !== latest) return
        if (opened?.ok === false) return get().tell(opened.failure)
        const lookup = opened?.value?.lookup ?? recent.lookup
        const savedAccount = opened?.value?.savedAccount ?? (line?.ok ? line.value : null)
        // It was deleted meanwhile.
        if (lookup === null) return get().notify({ kind: 'gone', account: recent.account })
        set({ text: formatAccount(lookup.account), question: null })
        showAnswer({ lookup, savedAccount, stored: true })
      },
      async step(by) {
        const { view, recents } = get()
        const lookup = 'lookup' in view ? view.lookup : null
        const at = lookup !== null ? recents.findIndex(recent => isSame(recent, lookup)) : -1
        const next = recents[by === 'back' ? at + 1 : at - 1]
        if (next !== undefined && (by === 'back' || at > 0)) await get().openRecent(next)
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
          await showUnsent(view.account, outcome.failure, get().clock.now())
        }
      },
      async testConnection(account) {
        const profileId = get().app.current?.profile.id ?? ''
        const outcome = await bridge.lookUp({ account, again: true, profileId })
        return outcome.ok ? { account } : { failure: outcome.failure }
      },
      clearView() {
        latest++
        set({ text: '', question: null, view: { kind: 'empty' } })
      },
      savedAccountChanged(account, savedAccount) {
        set(({ view }) => ({ view: withSavedAccount(view, account, savedAccount) }))
      },
    }
  }

/** Why the outcome has no figures: the call failed, or the lookup did. Null if it has figures. */
function failureOf(outcome: Outcome<LookUpAnswer>): Failure | null {
  if (!outcome.ok) return outcome.failure
  const { result } = outcome.value.lookup
  return result.ok ? null : result.failure
}
