import { beforeEach, describe, expect, it } from 'vitest'
import type { Profile } from '../../contract/profile.ts'
import { newProfile } from '../../contract/profile-defaults.ts'
import { type Account, parseAccount } from '../../domain/account.ts'
import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import { type GoodLookup, goodLookup, type TrafficReport } from '../../domain/traffic.ts'
import type { Answer, Query } from '../carrier/client.ts'
import type { Gate } from '../gate/gate.ts'
import { createLocalGate } from '../gate/local/local-gate.ts'
import { createMemoryGateStore } from '../gate/testing/memory-gate-store.ts'
import type { QueryTarget } from '../profiles/query-target.ts'
import type { NewLookup } from '../store/lookups.ts'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import type { Acted, Answered } from './acted.ts'
import { createLookUp, type LookUp } from './look-up.ts'
import { typedKeys } from './testing/typed-key.ts'
import { createUnsent } from './unsent.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const LINE = '09012345678'
const OTHER_LINE = '08011112222'

const report: TrafficReport = {
  todayKb: 100,
  recentDays: '100,200,300',
  blacklist: 'listed',
  carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
  clockOffMs: 0,
}
const good: Answer = { result: ok(report), rawReply: '{"resultCode":"100"}' }

const carrierOf = (id: string, host: string): QueryTarget => {
  const origin = `https://${host}`
  const profile: Profile = { ...newProfile({ name: host, carrier: { kind: 'host', origin } }), id }
  const limits = { origin, cooldownMs: 3 * SECOND, budget: 60, signIns: 6 }
  return { profile, origin, owner: { profileId: id, origin }, limits, refusal: null }
}

const first = carrierOf('6f9619ff-8b86-4d01-b42d-00cf4fc964ff', 'one.example.jp')
const second = carrierOf('7f9619ff-8b86-4d01-b42d-00cf4fc964ff', 'two.example.jp')

/** A call that a test double received and that the test will answer. */
interface Held<Q, A> {
  readonly question: Q
  readonly answer: (answer: A) => Promise<void>
}

let clock: FakeClock
let gate: Gate<Acted>
let current: QueryTarget | null
let onCarrier: (() => Promise<void>) | null
/** While this is true, the keychain prompts, and the test decides when it answers. */
let prompting: boolean
let prompts: Held<QueryTarget['owner'], Outcome<string>>[]
let queries: Held<Query, Answer>[]
let recorded: NewLookup[]
let kept: Map<string, GoodLookup>
let lookUp: LookUp
let confirmedNow: () => number | null
let isKept: boolean

const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await null
}

function hold<Q, A>(held: Held<Q, A>[], question: Q): Promise<A> {
  const { promise, resolve } = Promise.withResolvers<A>()
  held.push({
    question,
    async answer(answer) {
      resolve(answer)
      await settled()
    },
  })
  return promise
}

beforeEach(() => {
  clock = createFakeClock()
  gate = createLocalGate<Acted>({ clock, store: createMemoryGateStore() })
  current = first
  onCarrier = null
  prompting = false
  prompts = []
  queries = []
  recorded = []
  kept = new Map()
  confirmedNow = () => null
  isKept = true
  lookUp = openLookUp()
})

/** The use case as a run of the program begins it. */
const openLookUp = () =>
  createLookUp({
    findTarget: async () => {
      const carrier = current
      await onCarrier?.()
      return carrier
    },
    unsent: createUnsent(),
    credentials: typedKeys({
      read: async owner => (prompting ? hold(prompts, owner) : ok(`key of ${owner.profileId}`)),
    }),
    gate,
    client: { getTrafficInfo: query => hold(queries, query) },
    lookups: {
      record(lookup) {
        recorded.push(lookup)
        const { rawReply: _, origin, ...stored } = lookup
        const done = { ...stored, id: recorded.length }
        const found = goodLookup(done)
        if (found) kept.set(`${lookup.profileId} ${lookup.account.id} ${origin}`, found)
        return done
      },
      lastGood: (profileId, account, origin) => kept.get(`${profileId} ${account} ${origin}`) ?? null,
    },
    clock,
    agent: () => 'sato',
    confirmedNow: () => confirmedNow(),
    isKept: () => isKept,
    onDone: () => {},
    onUnrecorded: () => {},
  })

const ask = (account = LINE, again = false) =>
  lookUp.lookUp({ account: accountOf(account), again, profileId: current?.profile.id ?? first.profile.id })

/** Asks and goes on until the carrier, the keychain or the gate holds it up. In a list, for `await` would wait. */
async function begin(account = LINE, again = false): Promise<Promise<Outcome<Answered>>[]> {
  const answer = ask(account, again)
  await settled()
  return [answer]
}

async function done(answer: Promise<Outcome<Answered>>): Promise<Outcome<Answered> | 'still waiting'> {
  return Promise.race([answer, settled().then(() => 'still waiting' as const)])
}

async function lookedUp(account = LINE): Promise<Outcome<Answered>> {
  const [answer] = await begin(account)
  await queries.at(-1)?.answer(good)
  clock.advance(3 * SECOND)
  if (answer === undefined) throw new Error('not asked')
  return answer
}

function accountOf(id: string): Account {
  const account = parseAccount(id)
  if (account === null) throw new Error(id)
  return account
}

const asked = () => queries.map(({ question }) => question.account.id)

describe('a lookup', () => {
  it('asks the carrier about one account with the profile’s key, and gives what it recorded', async () => {
    const [answer] = await begin(LINE)
    clock.advance(350)
    const [query] = queries
    expect(query?.question).toMatchObject({
      account: { kind: 'line', id: LINE },
      authKey: `key of ${first.profile.id}`,
      origin: first.origin,
      profile: first.profile,
    })
    await query?.answer(good)
    const repliedAt = clock.now()
    expect(recorded).toEqual([
      {
        profileId: first.profile.id,
        origin: first.origin,
        account: { kind: 'line', id: LINE },
        askedAt: repliedAt - 350,
        repliedAt,
        durationMs: 350,
        agent: 'sato',
        result: ok(report),
        rawReply: good.rawReply,
      },
    ])
    expect(await answer).toEqual(
      ok({ lookup: { ...recorded[0], id: 1, rawReply: undefined, origin: undefined }, stored: false }),
    )
  })

  it('without a profile has no key', async () => {
    current = null
    expect(await ask()).toEqual(fail({ code: 'KEY_MISSING' }))
  })

  it('ends with the keychain’s failure, sends nothing, records nothing and costs no query', async () => {
    prompting = true
    const [answer] = await begin()
    await prompts[0]?.answer(fail({ code: 'KEYCHAIN_LOCKED' }))
    expect(await answer).toEqual(fail({ code: 'KEYCHAIN_LOCKED' }))
    expect([queries, recorded]).toEqual([[], []])
    expect(gate.state(first.limits, first.profile.id).closed).toBeNull()
  })

  it.each([
    fail({ code: 'TIMEOUT' as const }),
    fail({ code: 'BAD_REPLY' as const, httpStatus: 200 }),
    fail({ code: 'ACCOUNT_NOT_FOUND' as const, carrier: { ...report.carrier, resultCode: '210' } }),
  ])('that fails is recorded too, with the reply as it came: %j', async result => {
    const [answer] = await begin()
    await queries[0]?.answer({ result, rawReply: 'as it came' })
    expect(await answer).toMatchObject(ok({ lookup: { id: 1, result }, stored: false }))
    expect(recorded).toMatchObject([{ result, rawReply: 'as it came', profileId: first.profile.id }])
  })

  it('takes its duration from the clock that never jumps', async () => {
    await begin()
    clock.advance(200)
    clock.jumpWall(-86_400_000)
    await queries[0]?.answer(good)
    expect(recorded[0]?.durationMs).toBe(200)
  })

  it('that the store can not record still gives the carrier’s answer its due: a refused key closes the gate', async () => {
    const broken = createLookUp({
      findTarget: async () => first,
      unsent: createUnsent(),
      credentials: typedKeys({ read: async () => ok('key') }),
      gate,
      client: { getTrafficInfo: query => hold(queries, query) },
      lookups: {
        record() {
          throw new Error('disk full')
        },
        lastGood: () => null,
      },
      clock,
      agent: () => 'sato',
      confirmedNow: () => null,
      isKept: () => true,
      onDone: () => {},
      onUnrecorded: () => {},
    })
    const answer = broken
      .lookUp({ account: accountOf(LINE), again: false, profileId: first.profile.id })
      .catch(() => 'thrown')
    await settled()
    const rejected = fail({ code: 'KEY_REJECTED' as const, carrier: report.carrier })
    await queries[0]?.answer({ result: rejected, rawReply: '' })
    await answer
    expect(gate.state(first.limits, first.profile.id).closed).toEqual({
      reason: 'key-rejected',
      opensInMs: null,
    })
  })
})

describe('a good result of the last minute', () => {
  it('is given instead of asking again, marked as stored, without the keychain', async () => {
    await lookedUp()
    prompting = true
    clock.advance(MINUTE - 3 * SECOND - 1)
    expect(await ask()).toMatchObject({ ok: true, value: { stored: true, lookup: { result: ok(report) } } })
    expect([asked(), prompts]).toEqual([[LINE], []])
  })

  it('is not given once it is a minute old', async () => {
    await lookedUp()
    clock.advance(MINUTE - 3 * SECOND)
    await begin()
    expect(asked()).toEqual([LINE, LINE])
  })

  it('is not given where the agent asks again', async () => {
    await lookedUp()
    await begin(LINE, true)
    expect(asked()).toEqual([LINE, LINE])
  })

  it('is not given for another account or another profile', async () => {
    await lookedUp()
    await begin(OTHER_LINE)
    expect(asked()).toEqual([LINE, OTHER_LINE])
    await queries[1]?.answer(good)
    current = second
    await begin(LINE)
    expect(queries[2]?.question.origin).toBe(second.origin)
  })

  it.each([
    ['back', -2 * HOUR],
    ['forward', 2 * HOUR],
  ])('is as old as time has passed, also where the wall clock was set %s', async (_, jump) => {
    await lookedUp()
    clock.jumpWall(jump)
    expect(await ask()).toMatchObject({ ok: true, value: { stored: true } })
    clock.advance(2 * HOUR)
    await begin()
    expect(asked()).toEqual([LINE, LINE])
  })

  it('of two hours ago is not young again because the wall clock was set back as far', async () => {
    await lookedUp()
    clock.advance(2 * HOUR)
    clock.jumpWall(-2 * HOUR)
    await begin()
    expect(asked()).toEqual([LINE, LINE])
  })

  it('of an earlier run is given where the time is certain, and asked anew where it is not', async () => {
    await lookedUp()
    lookUp = openLookUp()
    await begin()
    expect(asked()).toEqual([LINE, LINE])
    await queries[1]?.answer(good)
    clock.advance(3 * SECOND)
    lookUp = openLookUp()
    confirmedNow = clock.now
    expect(await ask()).toMatchObject({ ok: true, value: { stored: true } })
    confirmedNow = () => clock.now() + HOUR
    await begin()
    expect(asked()).toEqual([LINE, LINE, LINE])
  })

  it('is not there where nothing of it may be kept: it is shown, and nothing is written', async () => {
    isKept = false
    const outcome = await lookedUp()
    expect(outcome).toMatchObject({
      ok: true,
      value: { stored: false, lookup: { result: ok(report), id: null } },
    })
    expect(JSON.stringify(outcome)).not.toMatch(/rawReply|origin/)
    expect(recorded).toEqual([])
  })

  it('is not one that failed', async () => {
    await begin()
    await queries[0]?.answer({ result: fail({ code: 'TIMEOUT' }), rawReply: null })
    clock.advance(3 * SECOND)
    await begin()
    expect(asked()).toEqual([LINE, LINE])
  })
})

describe('asking again', () => {
  it('for the account in flight joins it, also with “again”, and records once', async () => {
    const answers = [...(await begin()), ...(await begin()), ...(await begin(LINE, true))]
    expect(asked()).toEqual([LINE])
    await queries[0]?.answer(good)
    const [one, ...more] = await Promise.all(answers)
    for (const other of more) expect(other).toBe(one)
    expect(recorded).toHaveLength(1)
  })

  it('in another profile joins nothing', async () => {
    await begin()
    current = second
    await begin()
    await queries[0]?.answer(good)
    expect(queries.map(({ question }) => question.origin)).toEqual([first.origin, second.origin])
  })

  it('does not ask the keychain for what joins', async () => {
    await begin()
    prompting = true
    await begin()
    expect(prompts).toEqual([])
  })

  it('ten times while the keychain prompts sends one query', async () => {
    prompting = true
    const answers = Array.from({ length: 10 }, () => ask())
    await settled()
    for (const prompt of prompts) await prompt.answer(ok('key'))
    expect(asked()).toEqual([LINE])
    await queries[0]?.answer(good)
    expect(await Promise.all(answers)).toEqual(Array(10).fill(await answers[0]))
    expect(recorded).toHaveLength(1)
  })
})

describe('cancelling', () => {
  it('while the keychain prompts frees the agent at once, and a late key sends nothing', async () => {
    prompting = true
    const [answer] = await begin()
    lookUp.cancel()
    expect(await answer).toEqual(fail({ code: 'CANCELLED' }))
    await prompts[0]?.answer(ok('late key'))
    clock.advance(MINUTE)
    expect([queries, recorded]).toEqual([[], []])
  })

  it('while the keychain prompts for two accounts gives both up: none is sent later', async () => {
    prompting = true
    await begin(LINE)
    await begin(OTHER_LINE)
    lookUp.cancel()
    for (const prompt of prompts) await prompt.answer(ok('late key'))
    clock.advance(MINUTE)
    await settled()
    expect(asked()).toEqual([])
  })

  it('while the keychain prompts leaves the query in flight alone', async () => {
    const [flying] = await begin(LINE)
    prompting = true
    const [prompted] = await begin(OTHER_LINE)
    lookUp.cancel()
    expect(await prompted).toEqual(fail({ code: 'CANCELLED' }))
    expect(queries[0]?.question.signal.aborted).toBe(false)
    await queries[0]?.answer(good)
    expect(await flying).toMatchObject({ ok: true, value: { lookup: { result: good.result } } })
  })

  it('while the built-in carrier starts gives the request up', async () => {
    const started = Promise.withResolvers<void>()
    onCarrier = () => started.promise
    const [answer] = await begin()
    lookUp.cancel()
    started.resolve()
    await settled()
    expect(asked()).toEqual([])
    expect(answer && (await done(answer))).toEqual(fail({ code: 'CANCELLED' }))
  })

  it('in flight aborts the query and frees the agent before it ends', async () => {
    const [answer] = await begin()
    lookUp.cancel()
    expect(queries[0]?.question.signal.aborted).toBe(true)
    expect(await answer).toEqual(fail({ code: 'CANCELLED' }))
  })

  it('in flight is recorded as cancelled when the query ends', async () => {
    await begin()
    lookUp.cancel()
    await queries[0]?.answer({ result: fail({ code: 'CANCELLED' }), rawReply: null })
    expect(recorded).toMatchObject([{ result: { failure: { code: 'CANCELLED' } } }])
  })

  it('does not give up a request that comes after', async () => {
    lookUp.cancel()
    expect(await lookedUp()).toMatchObject({ ok: true, value: { lookup: { result: good.result } } })
  })
})

describe('when another profile is chosen', () => {
  it('what is in flight is filed under its own profile', async () => {
    const [answer] = await begin()
    current = second
    lookUp.dropUnsent()
    await queries[0]?.answer(good)
    expect(recorded).toMatchObject([{ profileId: first.profile.id }])
    expect(await answer).toMatchObject({ ok: true, value: { lookup: { profileId: first.profile.id } } })
  })

  it('what waits for its turn is dropped', async () => {
    await begin()
    const [waiting] = await begin(OTHER_LINE)
    current = second
    lookUp.dropUnsent()
    expect(await waiting).toEqual(fail({ code: 'CANCELLED' }))
    await queries[0]?.answer(good)
    clock.advance(MINUTE)
    expect(asked()).toEqual([LINE])
  })

  it('what waits for the keychain is dropped', async () => {
    prompting = true
    const [answer] = await begin()
    current = second
    lookUp.dropUnsent()
    expect(await answer).toEqual(fail({ code: 'CANCELLED' }))
    await prompts[0]?.answer(ok('late key'))
    expect(queries).toEqual([])
  })

  it('what waits for the built-in carrier to start is dropped', async () => {
    const started = Promise.withResolvers<void>()
    onCarrier = () => started.promise
    await begin()
    current = second
    lookUp.dropUnsent()
    started.resolve()
    await settled()
    expect(queries).toEqual([])
  })

  it('the next lookup asks the other carrier with the other key', async () => {
    await lookedUp()
    current = second
    await begin()
    expect(queries[1]?.question).toMatchObject({
      origin: second.origin,
      authKey: `key of ${second.profile.id}`,
      profile: { id: second.profile.id },
    })
  })
})
