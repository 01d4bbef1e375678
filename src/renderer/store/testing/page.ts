import type { Bridge, Calls, LookUpAnswer, Method } from '../../../contract/bridge.ts'
import type { Events } from '../../../contract/events.ts'
import { unrestricted } from '../../../contract/policy.ts'
import type { Profile } from '../../../contract/profile.ts'
import { newProfile } from '../../../contract/profile-defaults.ts'
import { defaultSettings, type Settings } from '../../../contract/settings.ts'
import type { AppState, ProfileState, SavedAccount, SavedAccountsPage } from '../../../contract/state.ts'
import type { Failure, Outcome } from '../../../domain/failure.ts'
import { fail, ok } from '../../../domain/result.ts'
import type { GoodLookup, Lookup, StoredLookup, TrafficReport } from '../../../domain/traffic.ts'
import type { NoticeContent } from '../notices.ts'
import { createPageStore } from '../page-store.ts'
import { OPEN } from '../session.ts'

export { OPEN }

/** A page's state over a bridge that answers when the test says so. */

export const A = { kind: 'line', id: '09012345678' } as const
export const B = { kind: 'line', id: '08011112222' } as const
export const FIRST = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'
export const SECOND = '7f9619ff-8b86-4d01-b42d-00cf4fc964ff'
/** 13:05 on 23 November in Japan. */
export const AT = Date.parse('2026-11-23T13:05:00+09:00')

type Account = typeof A | typeof B

export const good = (
  account: Account,
  report: Partial<TrafficReport> = {},
  given: Partial<GoodLookup> = {},
): GoodLookup => ({
  id: account === A ? 1 : 2,
  profileId: FIRST,
  account,
  askedAt: AT,
  repliedAt: AT,
  durationMs: 1,
  agent: 'sato',
  report: {
    todayKb: account === A ? 111 : 222,
    recentDays: '1,2,3',
    blacklist: 'not-listed',
    carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
    clockOffMs: 0,
    ...report,
  },
  ...given,
})

/** The carrier's figures as the main process answers with them. */
export function answerOf({ report, ...lookup }: GoodLookup, given: Partial<LookUpAnswer> = {}): LookUpAnswer {
  return { lookup: { ...lookup, result: ok(report) }, stored: false, savedAccount: null, ...given }
}

/** What the store recorded of a lookup that failed. */
export function recorded(
  account: Account,
  failure: Failure,
  given: Partial<StoredLookup> = {},
): StoredLookup {
  const { report: _, ...lookup } = good(account)
  return { ...lookup, id: account === A ? 1 : 2, result: fail(failure), ...given }
}

export const line = (account: Account, given: Partial<SavedAccount> = {}): SavedAccount => ({
  id: account === A ? 1 : 2,
  account,
  label: '',
  note: '',
  pinned: false,
  last: null,
  before: null,
  ...given,
})

/** These lines as the only page of the list. */
export const pageOf = (
  lines: readonly SavedAccount[],
  given: Partial<SavedAccountsPage> = {},
): SavedAccountsPage => ({
  search: '',
  order: 'kept',
  total: lines.length,
  found: lines.length,
  offset: 0,
  lines,
  ...given,
})

/** What the main process says with one profile chosen. */
export function appOf(
  id: string,
  {
    settings,
    profile: some,
    savedAccounts = [],
    ...current
  }: Partial<Omit<ProfileState, 'profile' | 'savedAccounts'>> & {
    readonly savedAccounts?: readonly SavedAccount[]
    readonly settings?: Partial<Settings>
    readonly profile?: Partial<Profile>
  } = {},
): AppState {
  const carrier = { kind: 'host', origin: 'https://carrier.example' } as const
  const profile = { ...newProfile({ name: id, carrier }), id, ...some }
  return {
    version: '0',
    platform: 'linux',
    agent: 'sato',
    quickEntry: 'off',
    language: 'ja',
    settings: { ...defaultSettings, profileId: id, ...settings },
    store: { kind: 'ok', backupAt: null },
    policy: unrestricted,
    update: null,
    profiles: [profile],
    current: {
      profile,
      key: { savedAt: 1, forThisRun: false, signedInAt: null },
      savedAccounts: pageOf(savedAccounts),
      today: [],
      gate: OPEN,
      asked: null,
      teamPasswordAt: null,
      ...current,
    },
  }
}

interface Question {
  readonly method: Method
  readonly args: readonly unknown[]
  readonly resolve: (outcome: Outcome<unknown>) => void
  isAnswered: boolean
}

export function openPage(app: AppState = appOf(FIRST)) {
  const asked: Question[] = []
  const listeners = new Map<string, (value: unknown) => void>()
  /** What the computer's clocks say: wall clock and monotonic milliseconds. */
  const clock = { now: AT, monotonic: 0 }
  /** What the list is whenever it is read; null where the test answers itself. */
  let kept: readonly SavedAccount[] | null = app.current?.savedAccounts.lines ?? []
  const bridge = new Proxy({} as Bridge, {
    get: (_target, name: string) => {
      if (name.startsWith('on')) return (listener: (value: unknown) => void) => listeners.set(name, listener)
      return (...args: readonly unknown[]) => {
        const { promise, resolve } = Promise.withResolvers<Outcome<unknown>>()
        const isList = name === 'savedAccounts' && kept !== null
        asked.push({ method: name as Method, args, resolve, isAnswered: isList })
        if (isList) resolve(ok(pageOf(kept ?? [])))
        return promise
      }
    },
  })
  const store = createPageStore(bridge, app, {
    monotonic: () => clock.monotonic,
    now: () => clock.now,
  })
  const state = () => store.getState()

  /** Answers the oldest question of this kind that waits, and lets everything that follows from it happen. */
  async function answer<M extends Method>(
    method: M,
    outcome: Outcome<ReturnType<Calls[M]>>,
    { last = false }: { readonly last?: boolean } = {},
  ): Promise<void> {
    const waiting = asked.filter(question => question.method === method && !question.isAnswered)
    const question = waiting.at(last ? -1 : 0)
    if (question === undefined) throw new Error(`nobody waits for ${method}`)
    question.isAnswered = true
    question.resolve(outcome)
    await new Promise(resolve => setTimeout(resolve))
  }

  const keptLine = ({ id }: { readonly id: string }): SavedAccount | null =>
    kept?.find(({ account }) => account.id === id) ?? null

  return {
    store,
    state,
    clock,
    answer,
    /** From now on the store keeps these; null where the test answers itself. */
    keep(lines: readonly SavedAccount[] | null): void {
      kept = lines
    },
    /** Everything that was put to the main process, in order: the method and its arguments. */
    asked: () => asked.map(({ method, args }) => [method, ...args]),
    /** The arguments of each call of one method. */
    calls: (method: Method) => asked.filter(question => question.method === method).map(({ args }) => args),
    tell<E extends keyof Events>(event: E, value: Events[E]): void {
      const name = `on${event.charAt(0).toUpperCase()}${event.slice(1)}`
      const listener = listeners.get(name)
      if (listener === undefined) throw new Error(`nobody listens to ${name}`)
      listener(value)
    },
    notices: (): readonly NoticeContent[] => state().notices.map(({ id: _, ...notice }) => notice),
    /** Looks an account up, and the carrier answers; a kept line stays as it is. */
    async show(lookup: GoodLookup): Promise<void> {
      void state().lookUp(lookup.account)
      const savedAccount = keptLine(lookup.account)
      await answer('lookUp', ok(answerOf(lookup, { savedAccount })), { last: true })
    },
    /** Looks an account up and fails: with `record` if the query was sent; else the saved account is read. */
    async failAt(account: Account, failure: Failure, record: Lookup | null = null): Promise<void> {
      void state().lookUp(account)
      const savedAccount = keptLine(account)
      if (record !== null)
        return answer('lookUp', ok({ lookup: record, stored: false, savedAccount }), { last: true })
      await answer('lookUp', fail(failure), { last: true })
      await answer('savedAccount', ok(savedAccount))
    },
    async switchTo(other: AppState): Promise<void> {
      void state().selectProfile(other.current?.profile.id ?? '')
      await answer('selectProfile', ok(other))
    },
  }
}

export type Page = ReturnType<typeof openPage>
