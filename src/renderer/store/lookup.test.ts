import { beforeEach, describe, expect, it } from 'vitest'
import type { Bridge, LookUpAnswer } from '../../contract/bridge.ts'
import { unrestricted } from '../../contract/policy.ts'
import { newProfile } from '../../contract/profile-defaults.ts'
import { defaultSettings } from '../../contract/settings.ts'
import type { AppState } from '../../contract/state.ts'
import type { FailureCode, Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { GoodLookup } from '../../domain/traffic.ts'
import { createPageStore, type PageStore } from './page-store.ts'
import { NO_ACCOUNTS } from './saved-accounts.ts'
import { OPEN } from './session.ts'
import { ticketOf } from './ticket-of.ts'

const A = { kind: 'line', id: '09012345678' } as const
const B = { kind: 'line', id: '08011112222' } as const
const FIRST = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'
const SECOND = '7f9619ff-8b86-4d01-b42d-00cf4fc964ff'

const good = (account: typeof A | typeof B, askedAt: number, todayKb = 100): GoodLookup => ({
  id: askedAt,
  profileId: FIRST,
  account,
  askedAt,
  repliedAt: askedAt,
  durationMs: 1,
  agent: 'sato',
  report: {
    todayKb,
    recentDays: '1,2,3',
    blacklist: 'not-listed',
    carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
    clockOffMs: 0,
  },
})

function appOf(id: string, gate = OPEN): AppState {
  const profile = {
    ...newProfile({ name: id, carrier: { kind: 'host', origin: 'https://carrier.example' } }),
    id,
  }
  return {
    version: '0',
    platform: 'linux',
    agent: 'sato',
    quickEntry: 'off',
    language: 'ja',
    settings: { ...defaultSettings, profileId: id },
    store: { kind: 'ok', backupAt: null },
    policy: unrestricted,
    update: null,
    profiles: [profile],
    current: {
      profile,
      key: { savedAt: 1, forThisRun: false, signedInAt: null },
      savedAccounts: NO_ACCOUNTS,
      today: [],
      gate,
      asked: null,
      teamPasswordAt: null,
    },
  }
}

/** Questions that were put to the bridge, each waiting for the test's answer. */
let asked: {
  readonly method: string
  readonly args: readonly unknown[]
  answer(outcome: Outcome<unknown>): Promise<void>
}[]
let store: PageStore

const clock = {
  monotonic: () => 0,
  now: () => 0,
}

const settled = () => new Promise(resolve => setImmediate(resolve))

let tellTrouble: ((code: FailureCode) => void) | null = null

const bridge = new Proxy({} as Bridge, {
  get: (_target, method: string) => {
    if (method === 'onTrouble') {
      return (listener: typeof tellTrouble) => {
        tellTrouble = listener
      }
    }
    if (method.startsWith('on')) return () => () => {}
    return (...args: unknown[]) => {
      const { promise, resolve } = Promise.withResolvers<Outcome<unknown>>()
      asked.push({
        method,
        args,
        async answer(outcome) {
          resolve(outcome)
          await settled()
        },
      })
      return promise
    }
  },
})

beforeEach(() => {
  asked = []
  store = createPageStore(bridge, appOf(FIRST), clock)
})

const state = () => store.getState()
const ticketText = () => ticketOf(state())?.text ?? null
const lookups = () => asked.filter(({ method }) => method === 'lookUp')
const answer = ({ report, ...lookup }: GoodLookup, stored = false): Outcome<LookUpAnswer> =>
  ok({ lookup: { ...lookup, result: ok(report) }, stored, savedAccount: null })
const notices = () => state().notices.map(notice => notice.kind)

describe('the right customer', () => {
  it('while B waits A stays in sight under its own name, and there is nothing to copy', async () => {
    void state().lookUp(A)
    await lookups()[0]?.answer(answer(good(A, 1)))
    expect(ticketText()).toContain('090-1234-5678')
    void state().lookUp(B)
    expect(state().view).toMatchObject({
      kind: 'asking',
      account: B,
      before: { kind: 'shown', account: A },
    })
    expect(ticketText()).toBeNull()
  })

  it('when B fails, the card is about B and A is still gone', async () => {
    void state().lookUp(A)
    await lookups()[0]?.answer(answer(good(A, 1)))
    void state().lookUp(B)
    await lookups()[1]?.answer(fail({ code: 'TIMEOUT' }))
    expect(state().view).toMatchObject({ kind: 'failed', account: B, failure: { code: 'TIMEOUT' } })
    expect(ticketText()).toBeNull()
  })

  it('a late answer about A does not take the place of B, and is told of', async () => {
    void state().lookUp(A)
    void state().lookUp(B)
    await lookups()[0]?.answer(answer(good(A, 1)))
    expect(state().view).toEqual({ kind: 'asking', account: B, before: null })
    expect(notices()).toEqual(['filed'])
    await lookups()[1]?.answer(answer(good(B, 2)))
    expect(state().view).toMatchObject({ kind: 'shown', account: B })
  })

  it('a request that a newer one displaced is told of by its number', async () => {
    void state().lookUp(A)
    void state().lookUp(B)
    await lookups()[0]?.answer(fail({ code: 'SUPERSEDED' }))
    expect(state().notices).toMatchObject([{ kind: 'superseded', account: A }])
  })

  it('the same account asked twice is shown once, without a notice', async () => {
    void state().lookUp(A)
    void state().lookUp(A)
    await lookups()[0]?.answer(answer(good(A, 1)))
    await lookups()[1]?.answer(answer(good(A, 1)))
    expect(state().view).toMatchObject({ kind: 'shown', account: A })
    expect(notices()).toEqual([])
  })
})

describe('what is stored', () => {
  it('is opened without a question to the carrier, and gives way to the fresh answer that was under way', async () => {
    void state().lookUp(A)
    void state().openStored(A)
    await asked
      .find(({ method }) => method === 'storedLookup')
      ?.answer(ok({ lookup: good(A, 1, 50), savedAccount: null }))
    expect(state().view).toMatchObject({ kind: 'shown', stored: true })
    await lookups()[0]?.answer(answer(good(A, 2, 60)))
    expect(state().view).toMatchObject({ kind: 'shown', stored: false, lookup: { report: { todayKb: 60 } } })
    expect(lookups()).toHaveLength(1)
  })

  it('is not replaced by an older answer', async () => {
    void state().lookUp(A)
    void state().openStored(A)
    await asked
      .find(({ method }) => method === 'storedLookup')
      ?.answer(ok({ lookup: good(A, 2, 60), savedAccount: null }))
    await lookups()[0]?.answer(answer(good(A, 1, 50), true))
    expect(state().view).toMatchObject({ lookup: { report: { todayKb: 60 } } })
  })

  it('could not be kept: the figures are shown and the agent is told', async () => {
    void state().lookUp(A)
    await lookups()[0]?.answer(answer({ ...good(A, 1), id: null }))
    expect(state().view.kind).toBe('shown')
    tellTrouble?.('STORE_READ_ONLY')
    expect(state().notices).toMatchObject([{ kind: 'trouble', code: 'STORE_READ_ONLY' }])
  })
})

describe('another profile', () => {
  it('a late answer is filed under its own profile and not spoken of', async () => {
    void state().lookUp(A)
    void state().selectProfile(SECOND)
    await asked.find(({ method }) => method === 'selectProfile')?.answer(ok(appOf(SECOND)))
    await lookups()[0]?.answer(answer(good(A, 1)))
    expect(state().view).toEqual({ kind: 'empty' })
    expect(notices()).toEqual([])
  })

  it('leaves no figure, no search and no offer to bring a line back', async () => {
    void state().lookUp(A)
    await lookups()[0]?.answer(answer(good(A, 1)))
    state().setSearch('山田')
    state().notify({ kind: 'removed', line: { account: A, label: '', note: '', pinned: false } })
    void state().selectProfile(SECOND)
    await asked.find(({ method }) => method === 'selectProfile')?.answer(ok(appOf(SECOND)))
    expect(state()).toMatchObject({ view: { kind: 'empty' }, text: '', search: '', notices: [] })
  })

  it('is named in every question, so that one that crosses a switch can be refused', () => {
    void state().lookUp(A, true)
    expect(lookups()[0]?.args).toEqual([{ account: A, again: true, profileId: FIRST }])
  })
})

describe('after a reload of the page', () => {
  const withAsked = (account: typeof A): AppState => {
    const app = appOf(FIRST)
    return { ...app, current: app.current && { ...app.current, asked: { account, askedAt: 0 } } }
  }

  it('what was asked before is waited for, or shown if it ended meanwhile, and nothing is asked anew', async () => {
    store = createPageStore(bridge, withAsked(A), clock)
    void state().resume()
    expect(state().view).toEqual({ kind: 'asking', account: A, before: null })
    expect(asked.map(({ method, args }) => [method, ...args])).toEqual([['joinLookup', A]])
    await asked[0]?.answer(answer(good(A, 1)))
    expect(state().view).toMatchObject({ kind: 'shown', account: A })
  })

  it('with nothing asked nothing happens', async () => {
    await state().resume()
    expect(asked).toEqual([])
    expect(state().view).toEqual({ kind: 'empty' })
  })
})

describe('what is typed', () => {
  it('is sent only if it is one account', async () => {
    for (const text of ['', '03-1234-5678', '090-1234-5678 080-1111-2222']) {
      state().setText(text)
      await state().submit()
      expect(state().question).not.toBeNull()
      expect(state().view.kind).toBe('empty')
    }
    state().setText('0')
    expect(state().question).toBeNull()
    expect(asked).toEqual([])
  })
})

describe('trying a refused key again', () => {
  it('asks about the card’s account, once', async () => {
    void state().lookUp(A)
    await lookups()[0]?.answer(fail({ code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: null }))
    void state().tryKeyAgain()
    await asked.find(({ method }) => method === 'tryKeyAgain')?.answer(ok(null))
    expect(lookups()).toHaveLength(2)
  })

  it('does not put the card back where the agent went on', async () => {
    void state().lookUp(A)
    await lookups()[0]?.answer(fail({ code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: null }))
    void state().tryKeyAgain()
    void state().openStored(B)
    await asked
      .find(({ method }) => method === 'tryKeyAgain')
      ?.answer(fail({ code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: 5 }))
    await asked
      .find(({ method }) => method === 'storedLookup')
      ?.answer(ok({ lookup: good(B, 1), savedAccount: null }))
    expect(state().view).toMatchObject({ kind: 'shown', account: B })
    expect(lookups()).toHaveLength(1)
  })
})

describe('the ticket', () => {
  it('follows a corrected setting of the profile', async () => {
    void state().lookUp(A)
    await lookups()[0]?.answer(answer(good(A, Date.parse('2026-11-23T04:05:00Z'))))
    expect(ticketText()).toContain('日別: 11/22(日) 1 KB')
    const { profile } = appOf(FIRST).current ?? {}
    if (profile === undefined) throw new Error('no profile')
    state().currentChanged({ profile: { ...profile, days: { order: 'oldest-first', includesToday: false } } })
    expect(ticketText()).toContain('日別: 11/22(日) 3 KB')
  })
})
