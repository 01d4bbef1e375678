import { type Account, type AccountReading, formatAccount, readAccounts } from '../../shared/account.ts'
import type { Bridge } from '../../shared/bridge.ts'
import type { Failure } from '../../shared/failure.ts'
import { plainTicket } from '../../shared/ticket/plain.ts'
import type { GoodLookup } from '../../shared/traffic.ts'
import type { DeskState, Slice } from './index.ts'

/**
 * What the middle of the screen shows: one account at most, the one asked last. While B waits or fails there is no
 * place in this union for A's figures.
 */
export type View =
  | { readonly kind: 'empty' }
  | { readonly kind: 'question'; readonly reading: Exclude<AccountReading, { found: 'one' }> }
  | { readonly kind: 'asking'; readonly account: Account }
  | {
      readonly kind: 'shown'
      readonly account: Account
      readonly lookup: GoodLookup
      readonly stored: boolean
    }
  | { readonly kind: 'nothing-stored'; readonly account: Account }
  | { readonly kind: 'failed'; readonly account: Account; readonly failure: Failure }

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
  cancel(): Promise<void>
  tryKeyAgain(): Promise<void>
  copyTicket(): Promise<void>
  /** Another profile: nothing of the last one stays on the screen. */
  clearView(): void
}

/** The ticket for what is shown; null where there is nothing to copy. The preview and the copy are this same text. */
export function ticketText(state: Pick<DeskState, 'view' | 'app'>): string | null {
  const { view, app } = state
  if (view.kind !== 'shown' || app.current === null) return null
  const { profile } = app.current
  const chosen = app.settings.ticketLanguage
  return plainTicket(view.lookup, {
    language: chosen === 'screen' ? app.language : chosen,
    days: profile.days,
    kbBase: profile.kbBase,
  })
}

export const createLookupSlice =
  (bridge: Bridge): Slice<LookupSlice> =>
  (set, get) => {
    // Each act on the middle of the screen takes a number; an answer to an older act is not shown.
    let latest = 0

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
        latest += 1
        const act = latest
        set({ text: formatAccount(account), view: { kind: 'asking', account } })
        const { id: profileId } = get().app.current?.profile ?? { id: null }
        const outcome = await bridge.lookUp({ account: account.id, again })
        // A late reply after a change of profile is filed under its own profile and not spoken of here.
        if (get().app.current?.profile.id !== profileId) return
        if (outcome.ok) await get().refreshLine(account)
        if (act === latest) {
          set({
            view: outcome.ok
              ? { kind: 'shown', account, lookup: outcome.value.lookup, stored: outcome.value.stored }
              : { kind: 'failed', account, failure: outcome.failure },
          })
          return
        }
        if (sameAsked(get().view, account)) return
        if (outcome.ok) get().notify({ kind: 'filed', account })
        else if (outcome.failure.code === 'SUPERSEDED') get().notify({ kind: 'superseded', account })
        else get().notify({ kind: 'failed', account, code: outcome.failure.code })
      },
      async openStored(account) {
        latest += 1
        const act = latest
        const outcome = await bridge.storedLookup(account.id)
        if (act !== latest) return
        const view: View = !outcome.ok
          ? { kind: 'failed', account, failure: outcome.failure }
          : outcome.value === null
            ? { kind: 'nothing-stored', account }
            : { kind: 'shown', account, lookup: outcome.value, stored: true }
        set({ text: formatAccount(account), view })
      },
      async cancel() {
        const { inFlight, waiting } = get().gate.state
        if (get().view.kind === 'asking' || inFlight !== null || waiting !== null) await bridge.cancelLookup()
      },
      async tryKeyAgain() {
        const { view } = get()
        const outcome = await bridge.tryKeyAgain()
        if (view.kind !== 'failed') return
        if (outcome.ok) await get().lookUp(view.account, true)
        else set({ view: { ...view, failure: outcome.failure } })
      },
      async copyTicket() {
        const { view } = get()
        const text = ticketText(get())
        if (text === null || view.kind !== 'shown') return
        const outcome = await bridge.copyText(text)
        get().notify({ kind: outcome.ok ? 'copied' : 'not-copied', account: view.account })
      },
      clearView() {
        latest++
        set({ text: '', view: { kind: 'empty' } })
      },
    }
  }

/** The same account asked twice has one answer, which its later act shows. */
const sameAsked = (view: View, account: Account): boolean =>
  'account' in view && view.account.id === account.id
