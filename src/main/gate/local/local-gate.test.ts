import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../../domain/result.ts'
import {
  A,
  ask,
  asked,
  B,
  C,
  changesSince,
  clock,
  gate,
  HOUR,
  keyRejected,
  last,
  limits,
  MINUTE,
  OTHER,
  PROFILE,
  SECOND,
  spend,
  state,
} from '../testing/local-gate.ts'

describe('one query in flight in the program', () => {
  it('is sent at once when the gate is open, and its answer given', async () => {
    const answer = ask(A)
    expect(asked()).toEqual([A])
    expect(state().inFlight).toEqual(A)
    await last().answer(ok('figures'))
    expect(await answer).toEqual(ok('figures'))
    expect(state().inFlight).toBeNull()
  })

  it('makes the next one wait for its end and for the cool-down', async () => {
    ask(A)
    ask(B)
    expect(asked()).toEqual([A])
    expect(state()).toMatchObject({ inFlight: A, waiting: B })
    await last().answer(ok(''))
    expect(asked()).toEqual([A])
    clock.advance(limits.cooldownMs - 1)
    expect(asked()).toEqual([A])
    clock.advance(1)
    expect(asked()).toEqual([A, B])
    expect(state()).toMatchObject({ inFlight: B, waiting: null })
  })

  it('holds for carriers together, while cool-downs are each carrier’s own', async () => {
    ask(A)
    ask(B, { origin: OTHER })
    clock.advance(MINUTE)
    expect(asked()).toEqual([A])
    await last().answer(ok(''))
    expect(asked()).toEqual([A, B])
  })

  it('frees the gate when the query throws, and hands the error on', async () => {
    const answer = ask(A)
    const error = new Error('a bug')
    const handed = expect(answer).rejects.toBe(error)
    await last().break(error)
    await handed
    expect(state()).toMatchObject({ inFlight: null, closed: { reason: 'cool-down', opensInMs: 3 * SECOND } })
  })

  it('frees the gate when the query throws before it gives a promise', async () => {
    const error = new Error('a bug')
    const run = async () =>
      gate.run({
        profileId: PROFILE,
        key: 'A',
        account: A,
        limits,
        failureOf: () => null,
        query: () => {
          throw error
        },
      })
    await expect(run()).rejects.toBe(error)
    clock.advance(limits.cooldownMs)
    ask(B)
    expect(asked()).toEqual([B])
  })

  it('passes on a failed answer as it came', async () => {
    const answer = ask(A)
    await last().answer(fail({ code: 'TIMEOUT' }))
    expect(await answer).toEqual(fail({ code: 'TIMEOUT' }))
  })

  it('tells of every change', async () => {
    ask(A)
    expect(changesSince()).toBeGreaterThan(0)
    ask(B)
    expect(changesSince()).toBeGreaterThan(0)
    await last().answer(ok(''))
    expect(changesSince()).toBeGreaterThan(0)
    clock.advance(limits.cooldownMs)
    expect(changesSince()).toBeGreaterThan(0)
  })
})

describe('asking again', () => {
  it('for the account in flight joins that request', async () => {
    const first = ask(A)
    const second = ask(A)
    expect(gate.pending(A.id)).not.toBeNull()
    await last().answer(ok('once'))
    expect(await first).toEqual(ok('once'))
    expect(await second).toEqual(ok('once'))
    expect(asked()).toEqual([A])
  })

  it('for the account that waits joins that request', async () => {
    ask(A)
    const first = ask(B)
    const second = ask(B)
    await last().answer(ok(''))
    clock.advance(limits.cooldownMs)
    await last().answer(ok('once'))
    expect(await first).toEqual(ok('once'))
    expect(await second).toEqual(ok('once'))
    expect(asked()).toEqual([A, B])
  })

  it('for the account in flight leaves the one that waits where it is', async () => {
    ask(A)
    ask(B)
    ask(A)
    expect(state()).toMatchObject({ inFlight: A, waiting: B })
  })

  it('ten times is one query', async () => {
    const answers = Array.from({ length: 10 }, () => ask(A))
    await last().answer(ok('once'))
    expect(await Promise.all(answers)).toEqual(Array(10).fill(ok('once')))
    expect(asked()).toEqual([A])
  })

  it('another profile is told that the gate is busy, and not about whom', async () => {
    ask(A)
    expect(gate.state(limits, 'another profile')).toEqual({
      inFlight: null,
      step: null,
      waiting: null,
      closed: { reason: 'in-flight', opensInMs: null },
      isSure: true,
      budget: { left: 59, of: 60 },
    })
  })

  it('for the same account in another profile is another request', () => {
    ask(A)
    gate.run({
      profileId: PROFILE,
      key: `other ${A.id}`,
      account: A,
      limits,
      query: async () => ok(''),
      failureOf: () => null,
    })
    expect(state()).toMatchObject({ inFlight: A, waiting: A })
    expect(gate.pending(`other ${A.id}`)).not.toBeNull()
    expect(gate.pending('nobody')).toBeNull()
  })

  it('after the answer is a new query', async () => {
    await spend(A)
    await spend(A)
    expect(asked()).toEqual([A, A])
  })
})

describe('a newer request that has to wait', () => {
  it('displaces the older, which ends as SUPERSEDED and is never sent', async () => {
    ask(A)
    const older = ask(B)
    ask(C)
    expect(await older).toEqual(fail({ code: 'SUPERSEDED' }))
    await last().answer(ok(''))
    clock.advance(limits.cooldownMs)
    expect(asked()).toEqual([A, C])
  })

  it('displaces the older during the cool-down too', async () => {
    ask(A)
    await last().answer(ok(''))
    const older = ask(B)
    ask(C)
    expect(await older).toEqual(fail({ code: 'SUPERSEDED' }))
    clock.advance(MINUTE)
    expect(asked()).toEqual([A, C])
  })

  it('displaces nothing when it is refused itself', async () => {
    await spend(A, { origin: OTHER, budget: 1 })
    ask(A)
    ask(B)
    expect(await ask(C, { origin: OTHER, budget: 1 })).toMatchObject({ failure: { code: 'BUDGET_SPENT' } })
    expect(state().waiting).toEqual(B)
  })
})

describe('cancelling', () => {
  it('frees the screen at once, aborts the query and starts the cool-down at that moment', async () => {
    const answer = ask(A)
    clock.advance(7 * SECOND)
    gate.cancel()
    expect(last().signal.aborted).toBe(true)
    expect(state()).toEqual({
      inFlight: null,
      step: null,
      waiting: null,
      closed: { reason: 'cool-down', opensInMs: limits.cooldownMs },
      isSure: true,
      budget: { left: 59, of: 60 },
    })
    expect(await answer).toEqual(fail({ code: 'CANCELLED' }))
  })

  it('ends everybody who joined', async () => {
    const answers = [ask(A), ask(A)]
    gate.cancel()
    expect(await Promise.all(answers)).toEqual(Array(2).fill(fail({ code: 'CANCELLED' })))
  })

  it('is not undone by what the query still answers', async () => {
    const answer = ask(A)
    gate.cancel()
    clock.advance(SECOND)
    await last().answer(keyRejected)
    expect(await answer).toEqual(fail({ code: 'CANCELLED' }))
    expect(state().closed).toEqual({ reason: 'cool-down', opensInMs: 2 * SECOND })
  })

  it('is not undone by what the query still throws', async () => {
    const answer = ask(A)
    gate.cancel()
    await last().break(new Error('too late'))
    expect(await answer).toEqual(fail({ code: 'CANCELLED' }))
  })

  it('a late answer does not end the next query', async () => {
    ask(A)
    const first = last()
    gate.cancel()
    clock.advance(limits.cooldownMs)
    ask(B)
    await first.answer(ok('late'))
    expect(state().inFlight).toEqual(B)
  })

  it('gives up the waiting request and leaves the one in flight alone', async () => {
    const flying = ask(A)
    const waiting = ask(B)
    gate.cancel()
    expect(await waiting).toEqual(fail({ code: 'CANCELLED' }))
    expect(last().signal.aborted).toBe(false)
    await last().answer(ok('figures'))
    expect(await flying).toEqual(ok('figures'))
    clock.advance(HOUR)
    expect(asked()).toEqual([A])
  })

  it('gives up the request that waits for the cool-down', async () => {
    await spend(A)
    await spend(B, { cooldownMs: 0 })
    const waiting = ask(C)
    gate.cancel()
    expect(await waiting).toEqual(fail({ code: 'CANCELLED' }))
    clock.advance(HOUR)
    expect(asked()).toEqual([A, B])
    expect(clock.pending).toBe(0)
  })

  it('does nothing where there is nothing to cancel', async () => {
    gate.cancel()
    gate.dropWaiting()
    await spend(A)
  })

  it('does not let an answer that is refused later pass for one of the next', async () => {
    const first = ask(A)
    gate.cancel()
    const second = ask(A)
    expect(await first).toEqual(fail({ code: 'CANCELLED' }))
    clock.advance(limits.cooldownMs)
    await last().answer(ok('second'))
    expect(await second).toEqual(ok('second'))
  })

  it('dropping what waits leaves the query in flight alone', async () => {
    const flying = ask(A)
    const waiting = ask(B)
    gate.dropWaiting()
    gate.dropWaiting()
    expect(await waiting).toEqual(fail({ code: 'CANCELLED' }))
    await last().answer(ok('figures'))
    expect(await flying).toEqual(ok('figures'))
  })
})
