import { beforeEach, describe, expect, it } from 'vitest'
import { newProfile } from '../../contract/profile-defaults.ts'
import type { Account } from '../../domain/account.ts'
import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import { type GoodLookup, goodLookup, type TrafficReport } from '../../domain/traffic.ts'
import type { Answer, Query } from '../carrier/client.ts'
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
const LINE = { kind: 'line', id: '09012345678' } as const
const OTHER_LINE = { kind: 'line', id: '08011112222' } as const
const ONE = 'https://one.example.jp'
const TWO = 'https://two.example.jp'

const report: TrafficReport = {
  todayKb: 100,
  recentDays: '100,200,300',
  blacklist: 'listed',
  carrier: { resultCode: '100', statusCode: '200', message: 'OK' },
  clockOffMs: 0,
}
const good: Answer = { result: ok(report), rawReply: '{"resultCode":"100"}' }

const sato = '6f9619ff-8b86-4d01-b42d-00cf4fc964ff'
const suzuki = '7f9619ff-8b86-4d01-b42d-00cf4fc964ff'

const carrierOf = (id: string, origin: string, given: Partial<QueryTarget> = {}): QueryTarget => ({
  profile: { ...newProfile({ name: id, carrier: { kind: 'host', origin } }), id },
  origin,
  owner: { profileId: id, origin },
  limits: { origin, cooldownMs: 3 * SECOND, budget: 60, signIns: 6 },
  refusal: null,
  ...given,
})

let clock: FakeClock
let current: QueryTarget | null
let isRecording: boolean
let keysRead: number
let queries: { readonly question: Query; readonly answer: (answer: Answer) => Promise<void> }[]
let recorded: NewLookup[]
let kept: Map<string, GoodLookup>
let told: NewLookup[]
let unrecorded: number
let lookUp: LookUp
let confirmedNow: () => number | null
let isKept: boolean

const settled = async () => {
  for (let turn = 0; turn < 20; turn++) await null
}

beforeEach(() => {
  clock = createFakeClock()
  current = carrierOf(sato, ONE)
  isRecording = true
  keysRead = 0
  queries = []
  recorded = []
  kept = new Map()
  confirmedNow = () => null
  isKept = true
  told = []
  unrecorded = 0
  lookUp = createLookUp({
    findTarget: async () => current,
    unsent: createUnsent(),
    credentials: typedKeys({
      async read(owner) {
        keysRead++
        return ok(`key of ${owner.profileId} at ${owner.origin}`)
      },
    }),
    gate: createLocalGate<Acted>({ clock, store: createMemoryGateStore() }),
    client: {
      getTrafficInfo(question) {
        const { promise, resolve } = Promise.withResolvers<Answer>()
        queries.push({
          question,
          async answer(answer) {
            resolve(answer)
            await settled()
          },
        })
        return promise
      },
    },
    lookups: {
      record(lookup) {
        if (!isRecording) throw new Error('disk full')
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
    onDone: lookup => told.push(lookup),
    onUnrecorded: () => unrecorded++,
  })
})

/** Asks and goes on until the carrier or the gate holds it up. In a list, for `await` would wait. */
async function begin(account: Account = LINE, again = false): Promise<Promise<Outcome<Answered>>[]> {
  const answer = lookUp.lookUp({ account, again, profileId: current?.profile.id ?? sato })
  await settled()
  return [answer]
}

const sentWith = () => queries.map(({ question }) => question.authKey)

const isSettled = (answer: Promise<unknown>) =>
  Promise.race([answer.then(() => true), settled().then(() => false)])

describe('the same account', () => {
  it('in another profile at the same carrier is another question, asked with that profile’s key', async () => {
    await begin()
    current = carrierOf(suzuki, ONE)
    const [answer] = await begin()
    await queries[0]?.answer(good)
    clock.advance(3 * SECOND)
    await settled()
    expect(sentWith()).toEqual([`key of ${sato} at ${ONE}`, `key of ${suzuki} at ${ONE}`])
    await queries[1]?.answer(good)
    expect(await answer).toMatchObject({ ok: true, value: { lookup: { profileId: suzuki } } })
  })

  it('at another carrier of the same profile is another question, asked there', async () => {
    const [before] = await begin()
    current = carrierOf(sato, TWO)
    const [after] = await begin()
    await queries[0]?.answer(good)
    expect(await before).toMatchObject({ ok: true, value: { lookup: { result: good.result } } })
    expect(after && (await isSettled(after))).toBe(false)
    expect(queries.map(({ question }) => question.origin)).toEqual([ONE, TWO])
    expect(sentWith()[1]).toBe(`key of ${sato} at ${TWO}`)
  })

  it('in the same profile at the same carrier is the same question', async () => {
    const [one] = await begin(LINE)
    const [two] = await begin({ ...LINE })
    await queries[0]?.answer(good)
    expect(await two).toBe(await one)
    expect(queries).toHaveLength(1)
  })
})

describe('after the profile’s host was changed', () => {
  it('an answer of the host before is not offered, however young it is', async () => {
    await begin()
    await queries[0]?.answer(good)
    clock.advance(3 * SECOND)
    current = carrierOf(sato, TWO)
    await begin()
    expect(queries).toHaveLength(2)
  })

  it('one that was asked before the change and came after it is not offered either', async () => {
    await begin()
    clock.advance(SECOND)
    current = carrierOf(sato, TWO)
    clock.advance(SECOND)
    await queries[0]?.answer(good)
    clock.advance(3 * SECOND)
    await begin()
    expect(queries).toHaveLength(2)
  })

  it('an answer of the new host is offered', async () => {
    current = carrierOf(sato, TWO)
    clock.advance(1)
    await begin()
    await queries[0]?.answer(good)
    clock.advance(3 * SECOND)
    const [answer] = await begin()
    expect(await answer).toMatchObject({ ok: true, value: { stored: true } })
    expect(queries).toHaveLength(1)
  })
})

describe('a request that is not the current profile’s', () => {
  const crossing = () => lookUp.lookUp({ account: LINE, again: false, profileId: sato })

  it('because the profile was switched meanwhile is refused: no key is read, nothing sent or recorded', async () => {
    current = carrierOf(suzuki, TWO)
    expect(await crossing()).toEqual(fail({ code: 'IPC_REFUSED' }))
    clock.advance(60 * SECOND)
    await settled()
    expect([keysRead, queries, recorded, told]).toEqual([0, [], [], []])
  })

  it('is not given what the other profile has stored, nor what it has in flight', async () => {
    current = carrierOf(suzuki, ONE)
    await begin()
    expect(await crossing()).toEqual(fail({ code: 'IPC_REFUSED' }))
    await queries[0]?.answer(good)
    expect(await crossing()).toEqual(fail({ code: 'IPC_REFUSED' }))
  })
})

it('a host that may not be asked is refused before a key is read', async () => {
  current = carrierOf(sato, 'http://one.example.jp', { refusal: { code: 'HOST_REFUSED' } })
  const [answer] = await begin()
  expect(await answer).toEqual(fail({ code: 'HOST_REFUSED' }))
  expect([keysRead, queries, recorded]).toEqual([0, [], []])
})

describe('the log', () => {
  const notFound = fail({
    code: 'ACCOUNT_NOT_FOUND' as const,
    carrier: { ...report.carrier, resultCode: '210' },
  })

  it.each([ok(report), fail({ code: 'TIMEOUT' as const }), notFound])(
    'is told of every query that was sent, once, with what came of it: %j',
    async result => {
      await begin()
      expect(told).toEqual([])
      clock.advance(350)
      await queries[0]?.answer({ result, rawReply: 'as it came' })
      expect(told).toMatchObject([{ account: LINE, durationMs: 350, result }])
    },
  )

  it.each([ok(report), notFound])('is told also where the store takes nothing: %j', async result => {
    isRecording = false
    await begin()
    await queries[0]?.answer({ result, rawReply: null })
    expect(told).toMatchObject([{ result }])
  })

  it('is told nothing of what was never sent', async () => {
    await begin(LINE)
    await begin(OTHER_LINE)
    lookUp.dropUnsent()
    clock.advance(60 * SECOND)
    await settled()
    expect(told).toEqual([])
  })
})

describe('what was asked before an erase', () => {
  it.each([
    ['of its customer', () => lookUp.erased(sato, LINE.id)],
    ['of its whole profile', () => lookUp.erased(sato, null)],
  ])('never lands after it: %s', async (_, erase) => {
    const [answer] = await begin()
    erase()
    await queries[0]?.answer(good)
    expect(await answer).toEqual(fail({ code: 'CANCELLED' }))
    expect(recorded).toEqual([])
  })

  it('is kept where the erase was of another customer or another profile', async () => {
    const [answer] = await begin()
    lookUp.erased(sato, OTHER_LINE.id)
    lookUp.erased(suzuki, null)
    await queries[0]?.answer(good)
    expect(await answer).toMatchObject({ ok: true, value: { lookup: { result: good.result } } })
    expect(recorded).toHaveLength(1)
  })
})

it('an answer that the store fails to take is shown, and the agent is told that it is not kept', async () => {
  isRecording = false
  const [answer] = await begin()
  await queries[0]?.answer(good)
  expect(await answer).toMatchObject(ok({ lookup: { id: null, result: good.result }, stored: false }))
  expect(unrecorded).toBe(1)
})

describe('a page that was loaded anew', () => {
  it('goes on with what was asked last, and nothing is sent for it', async () => {
    const askedAt = clock.now()
    const [answer] = await begin()
    const joined = lookUp.join(LINE)
    expect(lookUp.asked(sato)).toEqual({ account: LINE, askedAt })
    await queries[0]?.answer(good)
    expect(await joined).toBe(await answer)
    expect(await lookUp.join(LINE)).toBe(await answer)
    expect(queries).toHaveLength(1)
  })

  it('goes on with nothing where another account was asked last, or the profile is another', async () => {
    await begin()
    await queries[0]?.answer(good)
    expect(await lookUp.join(OTHER_LINE)).toEqual(ok(null))
    current = carrierOf(suzuki, ONE)
    expect(await lookUp.join(LINE)).toEqual(ok(null))
    expect(lookUp.asked(suzuki)).toBeNull()
  })

  it.each([
    ['what is stored of the profile is erased', () => lookUp.erased(sato, null)],
    ['everything is stopped', () => lookUp.stop()],
  ])('goes on with nothing after %s', async (_, act) => {
    await begin()
    await queries[0]?.answer(good)
    act()
    expect(await lookUp.join(LINE)).toEqual(ok(null))
    expect(lookUp.asked(sato)).toBeNull()
  })
})
