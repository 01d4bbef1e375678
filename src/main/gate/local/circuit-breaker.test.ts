import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../domain/failure.ts'
import { fail, ok } from '../../../domain/result.ts'
import type { GateLimits } from '../gate.ts'
import {
  A,
  ask,
  asked,
  B,
  C,
  clock,
  D,
  gate,
  HOST,
  HOUR,
  keyRejected,
  last,
  limits,
  MINUTE,
  OTHER,
  PROFILE,
  rateLimited,
  restart,
  SECOND,
  seen,
  settled,
  spend,
  state,
  store,
} from '../testing/local-gate.ts'

describe('the cool-down', () => {
  it('starts when the query ends, not when it began', async () => {
    const answer = ask(A)
    clock.advance(10 * SECOND)
    await last().answer(ok(''))
    await answer
    expect(state().closed).toEqual({ reason: 'cool-down', opensInMs: limits.cooldownMs })
  })

  it('is what the card counts down', async () => {
    await ask1()
    clock.advance(1_200)
    expect(state().closed).toEqual({ reason: 'cool-down', opensInMs: 1_800 })
    clock.advance(1_800)
    expect(state().closed).toBeNull()
  })

  it.each([1, 60])('lasts %i s where the profile says so', async seconds => {
    await ask1({ cooldownMs: seconds * SECOND })
    ask(B, { cooldownMs: seconds * SECOND })
    clock.advance(seconds * SECOND - 1)
    expect(asked()).toEqual([A])
    clock.advance(1)
    expect(asked()).toEqual([A, B])
  })

  it('is not passed by a second profile on the same host', async () => {
    await ask1()
    gate.run({
      profileId: PROFILE,
      key: `other profile ${A.id}`,
      account: A,
      limits,
      failureOf: () => null,
      query: async () => ok('early'),
    })
    expect(state().waiting).toEqual(A)
  })

  it('outlives a restart', async () => {
    await ask1()
    restart(1 * SECOND)
    ask(B)
    expect(asked()).toEqual([A])
    clock.advance(2 * SECOND - 1)
    expect(asked()).toEqual([A])
    clock.advance(1)
    expect(asked()).toEqual([A, B])
  })

  it('starts anew where the program died with a query in flight: nobody knows when it ended', () => {
    ask(A)
    restart(20 * SECOND)
    expect(state().closed).toEqual({ reason: 'cool-down', opensInMs: limits.cooldownMs })
  })

  it('is not shortened by a timer that comes early', async () => {
    await ask1()
    const { after } = clock
    clock.after = (ms, act) => {
      clock.after = after
      return after(ms - 0.9, act)
    }
    ask(B)
    clock.advance(limits.cooldownMs - 0.5)
    expect(asked()).toEqual([A])
    clock.advance(0.5)
    expect(asked()).toEqual([A, B])
  })

  async function ask1(within: Partial<GateLimits> = {}) {
    const answer = ask(A, within)
    await last().answer(ok(''))
    await answer
  }
})

describe('the budget of a rolling hour', () => {
  const two = { budget: 2 }

  it('refuses at once when it is spent, says when the next query frees, and sends nothing', async () => {
    await spend(A, two)
    clock.advance(10 * MINUTE)
    await spend(B, two)
    const opensInMs = HOUR - 10 * MINUTE - 2 * limits.cooldownMs
    expect(await ask(C, two)).toEqual(fail({ code: 'BUDGET_SPENT', opensInMs }))
    expect(state(two).closed).toEqual({ reason: 'budget', opensInMs })
    expect(asked()).toEqual([A, B])
  })

  it('frees one query when the oldest is an hour old, and not a millisecond before', async () => {
    await spend(A, two)
    await spend(B, two)
    clock.advance(HOUR - 2 * limits.cooldownMs - 1)
    expect(await ask(C, two)).toMatchObject({ failure: { code: 'BUDGET_SPENT', opensInMs: 1 } })
    clock.advance(1)
    await spend(C, two)
  })

  it('counts queries that failed, timed out or were cancelled', async () => {
    ask(A, two)
    gate.cancel()
    clock.advance(limits.cooldownMs)
    ask(B, two)
    await last().answer(fail({ code: 'TIMEOUT' }))
    clock.advance(limits.cooldownMs)
    expect(await ask(C, two)).toMatchObject({ ok: false, failure: { code: 'BUDGET_SPENT' } })
  })

  it('belongs to a host: a second profile there has no other, another host has its own', async () => {
    await spend(A, two)
    await spend(B, two)
    const again = await gate.run({
      profileId: PROFILE,
      key: 'other profile',
      account: C,
      limits: { ...limits, ...two },
      failureOf: () => null,
      query: async () => ok('too much'),
    })
    expect(again).toMatchObject({ ok: false, failure: { code: 'BUDGET_SPENT' } })
    await spend(C, { ...two, origin: OTHER })
    expect(asked()).toEqual([A, B, C])
  })

  it('outlives a restart', async () => {
    await spend(A, two)
    await spend(B, two)
    restart(10 * MINUTE)
    const opensInMs = HOUR - 10 * MINUTE - 2 * limits.cooldownMs
    expect(await ask(C, two)).toEqual(fail({ code: 'BUDGET_SPENT', opensInMs }))
  })

  it('counts a query that the program died with', async () => {
    ask(A, two)
    restart(5 * SECOND)
    clock.advance(limits.cooldownMs)
    ask(B, two)
    restart(5 * SECOND)
    expect(await ask(C, two)).toMatchObject({ ok: false, failure: { code: 'BUDGET_SPENT' } })
  })

  it('that was lowered is spent by what was sent before, and says when enough of it has aged', async () => {
    for (const account of [A, B, C]) await spend(account, { budget: 60 })
    const opensInMs = HOUR - limits.cooldownMs
    expect(await ask(D, { budget: 1 })).toEqual(fail({ code: 'BUDGET_SPENT', opensInMs }))
  })

  it('is none for the simulator', async () => {
    for (let at = 0; at < 200; at++) await spend(A, { budget: null, cooldownMs: 0 })
    expect(seen).toHaveLength(200)
  })

  it('holds at 60 and at 120 queries', async () => {
    for (const budget of [60, 120]) {
      const within = { budget, origin: `https://b${budget}.example.jp` }
      for (let at = 0; at < budget; at++) await spend(A, within)
      expect(await ask(A, within)).toMatchObject({ ok: false, failure: { code: 'BUDGET_SPENT' } })
    }
    expect(seen).toHaveLength(180)
  })
})

describe('a rejected key', () => {
  it('closes the gate: nothing more is sent, and the refusal says why', async () => {
    const answer = ask(A)
    await last().answer(keyRejected)
    expect(await answer).toEqual(keyRejected)
    clock.advance(2 * HOUR)
    const closed = { reason: 'key-rejected', opensInMs: null } as const
    expect(await ask(B)).toEqual(fail({ code: 'GATE_CLOSED', ...closed }))
    expect(state().closed).toEqual(closed)
    expect(asked()).toEqual([A])
  })

  it('refuses the request that waited', async () => {
    ask(A)
    const waiting = ask(B)
    await last().answer(keyRejected)
    expect(await waiting).toMatchObject({
      ok: false,
      failure: { code: 'GATE_CLOSED', reason: 'key-rejected' },
    })
    clock.advance(HOUR)
    expect(asked()).toEqual([A])
  })

  it('closes only its own carrier', async () => {
    ask(A)
    await last().answer(keyRejected)
    await spend(B, { origin: OTHER })
  })

  it('opens with a new key for that carrier, and with no other', async () => {
    ask(A)
    await last().answer(keyRejected)
    clock.advance(limits.cooldownMs)
    gate.keyChanged(OTHER)
    expect(await ask(B)).toMatchObject({ ok: false, failure: { code: 'GATE_CLOSED' } })
    gate.keyChanged(HOST)
    await spend(B)
  })

  it('keeps the cool-down when a new key opens it', async () => {
    ask(A)
    await last().answer(keyRejected)
    gate.keyChanged(HOST)
    ask(B)
    expect(asked()).toEqual([A])
    clock.advance(limits.cooldownMs)
    expect(asked()).toEqual([A, B])
  })

  it('opens when the agent tries it again, once a minute at most', async () => {
    ask(A)
    await last().answer(keyRejected)
    clock.advance(MINUTE - 1)
    expect(await gate.tryKeyAgain(limits)).toEqual(
      fail({ code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: 1 }),
    )
    clock.advance(1)
    expect(await gate.tryKeyAgain(limits)).toEqual(ok(null))
    ask(A)
    expect(asked()).toEqual([A, A])
    await last().answer(keyRejected)
    expect(await gate.tryKeyAgain(limits)).toMatchObject({ ok: false, failure: { opensInMs: MINUTE } })
  })

  it('lets one query through when it is tried again, and another only if that one was not refused', async () => {
    ask(A)
    await last().answer(keyRejected)
    clock.advance(MINUTE)
    await gate.tryKeyAgain(limits)
    ask(A)
    gate.cancel()
    clock.advance(limits.cooldownMs)
    ask(B)
    clock.advance(limits.cooldownMs)
    expect(asked()).toEqual([A, A])
    expect(state().closed).toMatchObject({ reason: 'key-rejected' })
  })

  it('is forgotten once the key works again', async () => {
    ask(A)
    await last().answer(keyRejected)
    clock.advance(MINUTE)
    await gate.tryKeyAgain(limits)
    await spend(A)
    await spend(B)
    expect(state().closed).toBeNull()
  })

  it('keeps the gate closed over a restart, with the minute of the next try', async () => {
    ask(A)
    await last().answer(keyRejected)
    restart(40 * SECOND)
    expect(state().closed).toEqual({ reason: 'key-rejected', opensInMs: null })
    expect(await gate.tryKeyAgain(limits)).toMatchObject({ ok: false, failure: { opensInMs: 20 * SECOND } })
    clock.advance(20 * SECOND)
    expect(await gate.tryKeyAgain(limits)).toEqual(ok(null))
  })

  it('that was replaced while its query was in flight does not close the gate to the new one', async () => {
    const answer = ask(A)
    gate.keyChanged(HOST)
    await last().answer(keyRejected)
    expect(await answer).toEqual(keyRejected)
    clock.advance(limits.cooldownMs)
    ask(B)
    expect(asked()).toEqual([A, B])
  })

  it('is not what opens an open gate or one closed for another reason', async () => {
    expect(await gate.tryKeyAgain(limits)).toEqual(ok(null))
    ask(A)
    await last().answer(rateLimited(MINUTE))
    expect(await gate.tryKeyAgain(limits)).toEqual(ok(null))
    gate.keyChanged(HOST)
    expect(state().closed).toEqual({ reason: 'rate-limited', opensInMs: MINUTE })
  })
})

describe('a carrier that asks to wait', () => {
  it('is left alone for as long as it asks', async () => {
    const answer = ask(A)
    await last().answer(rateLimited(90 * SECOND))
    expect(await answer).toEqual(rateLimited(90 * SECOND))
    clock.advance(30 * SECOND)
    const closed = { reason: 'rate-limited', opensInMs: MINUTE } as const
    expect(state().closed).toEqual(closed)
    expect(await ask(B)).toEqual(fail({ code: 'GATE_CLOSED', ...closed }))
    clock.advance(MINUTE)
    await spend(B)
  })

  it('is left alone for ten minutes at most', async () => {
    ask(A)
    await last().answer(rateLimited(24 * HOUR))
    expect(state().closed).toEqual({ reason: 'rate-limited', opensInMs: 10 * MINUTE })
    clock.advance(10 * MINUTE)
    await spend(B)
  })

  it('is left alone for the cool-down where it asks for less', async () => {
    ask(A)
    await last().answer(rateLimited(0))
    expect(state().closed).toEqual({ reason: 'cool-down', opensInMs: limits.cooldownMs })
  })

  it('is left alone over a restart', async () => {
    ask(A)
    await last().answer(rateLimited(5 * MINUTE))
    restart(MINUTE)
    expect(state().closed).toEqual({ reason: 'rate-limited', opensInMs: 4 * MINUTE })
    clock.advance(4 * MINUTE)
    await spend(B)
  })
})

describe('sleep and resume, and a wall clock that jumps', () => {
  it.each([HOUR, -HOUR, 24 * HOUR, -24 * HOUR])(
    'a wall clock that jumps by %i ms moves no deadline',
    async jump => {
      await spend(A, { budget: 2 })
      ask(B, { budget: 2 })
      await last().answer(ok(''))
      clock.jumpWall(jump)
      expect(state().closed).toEqual({ reason: 'cool-down', opensInMs: limits.cooldownMs })
      clock.advance(limits.cooldownMs)
      const opensInMs = HOUR - 2 * limits.cooldownMs
      expect(await ask(C, { budget: 2 })).toEqual(fail({ code: 'BUDGET_SPENT', opensInMs }))
    },
  )

  it('a wall clock that jumps neither opens nor prolongs what the carrier asked for', async () => {
    ask(A)
    await last().answer(rateLimited(MINUTE))
    clock.jumpWall(HOUR)
    expect(state().closed).toEqual({ reason: 'rate-limited', opensInMs: MINUTE })
    clock.jumpWall(-2 * HOUR)
    expect(state().closed).toEqual({ reason: 'rate-limited', opensInMs: MINUTE })
  })

  it('a wall clock set back before a restart closes the gate no longer than the rules say', async () => {
    await spend(A, { budget: 1 })
    clock.jumpWall(-30 * 24 * HOUR)
    restart()
    expect(await ask(B, { budget: 1 })).toEqual(fail({ code: 'BUDGET_SPENT', opensInMs: HOUR }))
    clock.advance(HOUR)
    await spend(B, { budget: 1 })
  })

  it('a wall clock set back before a restart does not prolong what the carrier asked for', async () => {
    ask(A)
    await last().answer(rateLimited(5 * MINUTE))
    clock.jumpWall(-30 * 24 * HOUR)
    restart()
    expect(state().closed).toEqual({ reason: 'rate-limited', opensInMs: 10 * MINUTE })
  })

  it('a wall clock set forward while a query was in flight does not shorten the cool-down of the next run', async () => {
    ask(A)
    clock.jumpWall(HOUR)
    await last().answer(ok(''))
    clock.jumpWall(-HOUR)
    restart(SECOND)
    expect(state().closed).toEqual({ reason: 'cool-down', opensInMs: limits.cooldownMs })
  })

  it('after sleep a waiting request is sent once', async () => {
    await spend(A)
    await spend(B, { cooldownMs: 0 })
    ask(C)
    clock.advance(8 * HOUR)
    expect(asked()).toEqual([A, B, C])
    expect(clock.pending).toBe(0)
  })

  it('leaves no timer behind when nothing waits', async () => {
    await spend(A)
    expect(clock.pending).toBe(0)
  })
})

describe('a store that can not be written', () => {
  const full = () => {
    throw new Error('disk full')
  }

  it('lets no query out, and does not keep anybody waiting for it', async () => {
    store.started = full
    expect(await ended(async () => ask(A))).toMatch('disk full')
    expect(seen).toEqual([])
    expect(state().inFlight).toBeNull()
  })

  it('ends the request that waited for the cool-down', async () => {
    ask(A)
    await last().answer(ok(''))
    const end = ended(() => ask(B))
    store.started = full
    expect(() => clock.advance(limits.cooldownMs)).not.toThrow()
    expect(await end).toMatch('disk full')
  })

  it.each(['ended', 'close'] as const)('still gives the answer that came: %s', async write => {
    const end = ended(() => ask(A))
    store[write] = full
    await last().answer(keyRejected)
    expect(await end).toEqual(keyRejected)
    expect(state()).toMatchObject({ inFlight: null, closed: { reason: 'key-rejected' } })
  })

  /** What came of a request soon: its outcome, its error's text, or that it still waits. */
  async function ended(request: () => Promise<Outcome<string>>): Promise<unknown> {
    const end = request().catch(error => String(error))
    await settled()
    return Promise.race([end.then(outcome => outcome), late()])
  }

  async function late(): Promise<string> {
    await settled()
    await settled()
    return 'still waiting'
  }
})
