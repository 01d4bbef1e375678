import {
  type Account,
  type AccountReading,
  formatAccount,
  problemOf,
  readAccounts,
} from '../../shared/account.ts'
import type { Bridge, LookUpAnswer } from '../../shared/bridge.ts'
import type { Failure, Outcome } from '../../shared/failure.ts'
import { fail, ok } from '../../shared/result.ts'
import { sentence } from '../../shared/sentence.ts'
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
  /** `heardAt` in monotonic milliseconds, so that what opens later can be counted down. */
  | {
      readonly kind: 'failed'
      readonly account: Account
      readonly failure: Failure
      readonly heardAt: number
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
  copyTicket(): Promise<void>
  copySentence(): Promise<void>
  /** The chart on the screen as a PNG on the clipboard; does nothing where there is none. */
  copyChart(): Promise<void>
  /** The chart says how its picture is made while it is on the screen. */
  offerChart(draw: (() => string) | null): void
  /** One real query about one account, for a new profile; gives the failure, or the account it worked for. */
  testConnection(text: string): Promise<{ readonly account: Account } | { readonly failure: Failure }>
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
    isDemo: profile.carrier.kind === 'simulator',
  })
}

/** What to say to the customer about what is shown. */
export function sentenceText(state: Pick<DeskState, 'view' | 'app'>): string | null {
  const { view, app } = state
  if (view.kind !== 'shown' || app.current === null) return null
  const { days, kbBase } = app.current.profile
  return sentence(view.lookup, { language: app.language, days, kbBase })
}

export const createLookupSlice =
  (bridge: Bridge): Slice<LookupSlice> =>
  (set, get) => {
    // Each act on the middle of the screen takes a number; an answer to an older act is not shown.
    let latest = 0
    let drawChart: (() => string) | null = null

    /** Asks, and shows what came of it unless the agent has turned to something else since. */
    async function show(account: Account, ask: () => Promise<Outcome<LookUpAnswer>>): Promise<void> {
      latest += 1
      const act = latest
      const profileId = get().app.current?.profile.id
      set({ text: formatAccount(account), view: { kind: 'asking', account } })
      const outcome = await ask()
      // A late reply after a change of profile is filed under its own profile and not spoken of here.
      if (get().app.current?.profile.id !== profileId) return
      if (outcome.ok) {
        await get().refreshLine(account)
        if (outcome.value.lookup.id === 0) get().notify({ kind: 'trouble', code: 'STORE_READ_ONLY' })
      }
      const { view } = get()
      if (act === latest || (outcome.ok && isOlder(view, outcome.value.lookup))) {
        set({
          view: outcome.ok
            ? { kind: 'shown', account, lookup: outcome.value.lookup, stored: outcome.value.stored }
            : { kind: 'failed', account, failure: outcome.failure, heardAt: get().monotonic() },
        })
        return
      }
      // The same account asked twice has one answer, which the later act shows.
      if (view.kind === 'asking' && view.account.id === account.id) return
      if (outcome.ok) get().notify({ kind: 'filed', account })
      else if (outcome.failure.code === 'SUPERSEDED') get().notify({ kind: 'superseded', account })
      else get().notify({ kind: 'failed', account, code: outcome.failure.code })
    }

    /** Copies something of what is shown, and says whose it was once it is on the clipboard. */
    async function copy(
      kind: 'copied' | 'sentence-copied' | 'chart-copied',
      content: string | null,
      write: (content: string) => Promise<Outcome<null>>,
    ): Promise<void> {
      const { view } = get()
      if (content === null || view.kind !== 'shown') return
      const outcome = await write(content)
      get().notify({ kind: outcome.ok ? kind : 'not-copied', account: view.account })
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
        const { waiting, inFlight } = get().gate.state
        const account = waiting ?? inFlight
        if (account === null) return
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
        const view: View = !outcome.ok
          ? { kind: 'failed', account, failure: outcome.failure, heardAt: get().monotonic() }
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
        const act = latest
        const outcome = await bridge.tryKeyAgain()
        if (act !== latest || view.kind !== 'failed') {
          get().tell(outcome.ok ? null : outcome.failure)
        } else if (outcome.ok) {
          await get().lookUp(view.account, true)
        } else {
          set({ view: { ...view, failure: outcome.failure, heardAt: get().monotonic() } })
        }
      },
      copyTicket: () => copy('copied', ticketText(get()), bridge.copyText),
      copySentence: () => copy('sentence-copied', sentenceText(get()), bridge.copyText),
      copyChart: () => copy('chart-copied', drawChart?.() ?? null, bridge.copyImage),
      offerChart(draw) {
        drawChart = draw
      },
      async testConnection(text) {
        const reading = readAccounts(text)
        if (reading.found !== 'one') {
          return { failure: { code: 'INVALID_ACCOUNT', problem: problemOf(reading) } }
        }
        const { account } = reading
        const profileId = get().app.current?.profile.id ?? ''
        const outcome = await bridge.lookUp({ account: account.id, again: true, profileId })
        return outcome.ok ? { account } : { failure: outcome.failure }
      },
      clearView() {
        latest++
        set({ text: '', view: { kind: 'empty' } })
      },
    }
  }

/** Whether an answer about the account on the screen is newer than what stands there. */
function isOlder(view: View, lookup: GoodLookup): boolean {
  return (
    view.kind === 'shown' && view.account.id === lookup.account.id && view.lookup.askedAt < lookup.askedAt
  )
}
