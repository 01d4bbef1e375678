import { describe, expect, it } from 'vitest'
import type { Failure, Outcome } from '../../../domain/failure.ts'
import { fail, ok } from '../../../domain/result.ts'
import type { GateLimits, QueryKind, Turn } from '../gate.ts'
import {
  A,
  B,
  clock,
  gate,
  HOUR,
  limits,
  MINUTE,
  PROFILE,
  restart,
  SECOND,
  settled,
  state,
} from '../testing/local-gate.ts'

/** An act of several queries, each of which the test lets end by asking for the next one. */
function act(
  account: typeof A | null,
  {
    first = 'lookup',
    within = {},
    isRefused = false,
  }: { readonly first?: QueryKind; readonly within?: Partial<GateLimits>; readonly isRefused?: boolean } = {},
) {
  const begun = Promise.withResolvers<{ readonly turn: Turn; readonly signal: AbortSignal }>()
  const end = Promise.withResolvers<Outcome<string>>()
  const outcome = gate.run({
    key: account?.id ?? 'sign-in',
    account,
    profileId: PROFILE,
    limits: { ...limits, ...within },
    first: () => first,
    failureOf: () => (isRefused ? refused : null),
    query(signal, turn) {
      begun.resolve({ turn, signal })
      return end.promise
    },
  })
  return { outcome, begun: begun.promise, end: (value = ok('done')) => end.resolve(value) }
}

const refused: Failure = {
  code: 'SIGN_IN_REFUSED',
  carrier: { resultCode: '205', statusCode: '403', message: 'Auth Error' },
}

/** Whether a promise has settled by now. */
async function hasSettled(promise: Promise<unknown>): Promise<boolean> {
  let is = false
  void promise.then(() => {
    is = true
  })
  await settled()
  return is
}

describe('one more query in the same turn', () => {
  it('waits for the cool-down after the one before, and keeps whoever waits waiting', async () => {
    const one = act(A)
    const { turn } = await one.begun
    const other = act(B)
    clock.advance(SECOND)
    const next = turn.next('sign-in')
    clock.advance(limits.cooldownMs - 1)
    expect(await hasSettled(next)).toBe(false)
    expect(state()).toMatchObject({ inFlight: A, waiting: B })
    clock.advance(1)
    expect(await next).toEqual(ok(null))
    expect(await hasSettled(other.begun)).toBe(false)

    one.end()
    expect(await one.outcome).toEqual(ok('done'))
    clock.advance(limits.cooldownMs)
    expect(await hasSettled(other.begun)).toBe(true)
  })

  it('is counted like any other: a lookup against the budget of lookups', async () => {
    const within = { budget: 2 }
    const one = act(A, { within })
    const { turn } = await one.begun
    const next = turn.next('lookup')
    clock.advance(limits.cooldownMs)
    await next
    expect(await turn.next('lookup')).toEqual(
      fail({ code: 'BUDGET_SPENT', opensInMs: HOUR - limits.cooldownMs }),
    )
    one.end()
    expect(await act(B, { within }).outcome).toMatchObject(fail({ code: 'BUDGET_SPENT' }))
  })

  it('that signs in has a budget of its own, also after a restart', async () => {
    const within = { signIns: 1 }
    const one = act(A, { within })
    const { turn } = await one.begun
    const next = turn.next('sign-in')
    clock.advance(limits.cooldownMs)
    await next
    const failure = { code: 'SIGN_IN_REPEATED', opensInMs: HOUR }
    expect(await turn.next('sign-in')).toEqual(fail(failure))
    one.end()
    await one.outcome

    restart(MINUTE)
    const later = { ...failure, opensInMs: HOUR - MINUTE }
    expect(await act(B, { within, first: 'sign-in' }).outcome).toEqual(fail(later))
    // A lookup with the key that is there is none of that budget's business.
    const lookup = act(B, { within })
    expect(await hasSettled(lookup.begun)).toBe(true)
    lookup.end()
  })

  it('does not sign in for a lookup that may not follow', async () => {
    const one = act(A, { within: { budget: 1 } })
    const { turn } = await one.begun
    expect(await turn.next('sign-in')).toMatchObject(fail({ code: 'BUDGET_SPENT' }))
    one.end()
    await one.outcome
  })

  it('is not sent once the act was cancelled: its wait ends at once', async () => {
    const one = act(A)
    const { turn, signal } = await one.begun
    const next = turn.next('lookup')
    gate.cancel()
    expect(signal.aborted).toBe(true)
    expect(await next).toEqual(fail({ code: 'CANCELLED' }))
    expect(await one.outcome).toEqual(fail({ code: 'CANCELLED' }))
    expect(await turn.next('lookup')).toEqual(fail({ code: 'CANCELLED' }))
    expect(clock.pending).toBe(0)
    expect(state().budget).toEqual({ left: 59, of: 60 })
    // Nothing was in flight when it was cancelled: the cool-down is that of the first query.
    expect(state().closed).toEqual({ reason: 'cool-down', opensInMs: limits.cooldownMs })
  })
})

describe('an act that begins with a sign-in', () => {
  it('is counted as one, and says where it stands', async () => {
    const one = act(null, { first: 'sign-in', within: { signIns: 1, budget: 1 } })
    const { turn } = await one.begun
    turn.at('signing-in')
    expect(state()).toMatchObject({ inFlight: null, step: 'signing-in', waiting: null })
    one.end()
    await one.outcome
    clock.advance(limits.cooldownMs)
    expect(state({ budget: 1 }).closed).toBeNull()
    expect(await act(null, { first: 'sign-in', within: { signIns: 1 } }).outcome).toMatchObject(
      fail({ code: 'SIGN_IN_REPEATED' }),
    )
  })
})

it('an act that only signs in may begin although the hour has no lookup left', async () => {
  const within = { budget: 1 }
  const lookup = act(A, { within })
  await lookup.begun
  lookup.end()
  await lookup.outcome
  clock.advance(limits.cooldownMs)
  expect(await act(B, { within, first: 'sign-in' }).outcome).toMatchObject(fail({ code: 'BUDGET_SPENT' }))
  const alone = act(null, { within, first: 'sign-in' })
  expect(await hasSettled(alone.begun)).toBe(true)
  alone.end()
})

it('a request is not refused for want of a sign-in while somebody else is about to sign in', async () => {
  const within = { signIns: 1 }
  const one = act(A, { within, first: 'sign-in' })
  await one.begun
  let needsKey = true
  const other = gate.run({
    key: B.id,
    account: B,
    profileId: PROFILE,
    limits: { ...limits, ...within },
    first: () => (needsKey ? 'sign-in' : 'lookup'),
    failureOf: () => null,
    query: async () => ok('asked with the new key'),
  })
  needsKey = false
  one.end()
  await one.outcome
  clock.advance(limits.cooldownMs)
  expect(await other).toEqual(ok('asked with the new key'))
})

describe('a sign-in that the carrier refused', () => {
  it('closes the gate until the credentials change, whatever anybody tries', async () => {
    const one = act(A, { first: 'sign-in', isRefused: true })
    await one.begun
    one.end()
    await one.outcome
    clock.advance(HOUR)
    const closed = { reason: 'sign-in-refused', opensInMs: null }
    expect(state().closed).toEqual(closed)
    restart(HOUR)
    expect(state().closed).toEqual(closed)
    await gate.tryKeyAgain(limits)
    expect(await act(B).outcome).toEqual(fail({ code: 'GATE_CLOSED', ...closed }))

    gate.keyChanged(limits.origin)
    expect(state().closed).toBeNull()
  })

  it('with credentials that were replaced meanwhile closes nothing', async () => {
    const one = act(A, { isRefused: true })
    const { turn } = await one.begun
    gate.keyChanged(limits.origin)
    const next = turn.next('sign-in')
    clock.advance(limits.cooldownMs)
    await next
    one.end()
    await one.outcome
    clock.advance(limits.cooldownMs)
    expect(state().closed).toBeNull()
  })
})
