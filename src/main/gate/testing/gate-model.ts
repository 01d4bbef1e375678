import fc from 'fast-check'
import { expect } from 'vitest'
import type { GateState } from '../../../contract/state.ts'
import type { Failure, Outcome } from '../../../domain/failure.ts'
import { fail, ok } from '../../../domain/result.ts'
import { createFakeClock, type FakeClock } from '../../testing/fake-clock.ts'
import type { Gate, GateLimits, Turn } from '../gate.ts'
import { hold } from './hold.ts'

const PROFILE = 'profile'
const HOUR = 3_600_000
/** No query takes longer: the client sees to that. */
const DEADLINE = 60_000
/** After so long everybody who waited has been asked for, or was refused: a cool-down, a deadline, and what a team adds. */
const LONGEST_WAIT = 150_000

/** Where a gate lives: what is remembered while its program dies and starts again. */
export interface Surroundings {
  /** The carriers; nobody else may ask them meanwhile. */
  readonly origins: readonly [string, string]
  /**
   * Opens the gate, the first time and after each end of the program.
   *
   * @param time the true time in milliseconds, whatever the program's clocks say
   */
  open(clock: FakeClock, time: () => number): Gate<number>
  /** Where the rules are kept by somebody else, they are told of them first. */
  prepare?(limits: readonly GateLimits[]): Promise<void>
  /** Waits for what the gate asked of others. Without it the gate asks nobody, and is checked to the millisecond. */
  settled?(): Promise<void>
  close?(): Promise<void>
}

type Act =
  | { readonly act: 'ask'; readonly account: string; readonly origin: number }
  | { readonly act: 'pass'; readonly ms: number }
  | { readonly act: 'answer'; readonly how: 'ok' | 'error' | 'throws' | '205' }
  | { readonly act: 'answer'; readonly how: '429'; readonly ms: number }
  | { readonly act: 'late' | 'cancel' | 'drop' | 'restart' }
  | { readonly act: 'new key' | 'try again'; readonly origin: number }
  | { readonly act: 'jump'; readonly ms: number }

const origin = fc.constantFrom(0, 1)
const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant('ask' as const),
      account: fc.constantFrom('A', 'B', 'C', 'D'),
      origin,
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('pass' as const),
      ms: fc.constantFrom(0, 1, 999, 1_000, 3_000, 59_999, 60_000, 600_000, HOUR - 1, HOUR),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      act: fc.constant('answer' as const),
      how: fc.constantFrom('ok' as const, 'ok' as const, 'ok' as const, 'error' as const, 'throws' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ act: 'answer', how: '205' }) },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('answer' as const),
      how: fc.constant('429' as const),
      ms: fc.constantFrom(0, 500, 30_000, 600_000, 24 * HOUR),
    }),
  },
  { weight: 2, arbitrary: fc.constantFrom<Act>({ act: 'late' }, { act: 'cancel' }, { act: 'drop' }) },
  { weight: 1, arbitrary: fc.constant<Act>({ act: 'restart' }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constantFrom('new key' as const, 'try again' as const), origin }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      act: fc.constant('jump' as const),
      ms: fc.constantFrom(-48 * HOUR, -HOUR, -1, 1, 10_000, HOUR, 48 * HOUR),
    }),
  },
)

const rules = fc.record({
  cooldownMs: fc.constantFrom(1_000, 3_000, 60_000),
  budget: fc.constantFrom(1, 2, 3, 60, null),
  signIns: fc.constantFrom(1, 2, 6),
})

/**
 * A query as the carrier saw it. `at` and `endedAt` are true times; `wallError` is the lesser error of the
 * wall clock at both.
 */
interface Query {
  readonly id: number
  readonly ask: Ask
  readonly at: number
  wallError: number
  readonly signal: AbortSignal
  readonly settle: (outcome: Outcome<number>) => void
  readonly reject: (error: Error) => void
  endedAt: number | null
  /** The outcome its askers must be given. */
  result: unknown
  /** A later run may think that the query is older than it is; that run is then excused from counting it. */
  excused: boolean
  /** The program ended while it was in flight. */
  died: boolean
}

interface Ask {
  readonly key: string
  readonly origin: number
  readonly keyPrint: number
  /** The earlier ask that this one joined; the gate must run only the earlier one's query. */
  readonly joined: Ask | null
  query: Query | null
  ends: number
  outcome: unknown
  /** The program ended before the answer. */
  died: boolean
}

/** Lets every promise that can settle do so. */
const settled = async () => {
  for (let turn = 0; turn < 4; turn++) await null
}

const rejected: Failure = {
  code: 'KEY_REJECTED',
  carrier: { resultCode: '205', statusCode: '403', message: null },
}

function same(actual: unknown, expected: unknown): void {
  if (actual !== expected && JSON.stringify(actual) !== JSON.stringify(expected))
    expect(actual).toEqual(expected)
}

/** The world around a gate: the agent, the carrier and time, which check at every step what must hold. */
class World {
  readonly #limits: readonly GateLimits[]
  readonly #around: Surroundings
  /** Whether others know the rules and the time: then the gate's own clock may be set, and it is told of things late. */
  readonly #isShared: boolean
  readonly #queries: Query[] = []
  readonly #asks: Ask[] = []
  readonly #ended: Ask[] = []
  readonly #late: Query[] = []
  #live: Query | null = null
  #clock: FakeClock
  #gate: Gate<number>
  /** The true time, and how far the wall clock is off from it. */
  #time = 0
  #wallError = 0
  #doing: Act['act'] = 'pass'
  #jumped = false
  /** The fingerprints of the keys that the carriers are asked with. */
  readonly #keys = [1, 2]
  /** How each carrier closed its gate by a reply, in true time. */
  readonly #closures: ({ readonly closedAt: number; readonly until: number | null } | null)[] = [null, null]
  /**
   * Whether a rejected key is being tried again and the carrier has not answered yet. An example test covers
   * that state.
   */
  readonly #trying = [false, false]
  /**
   * Whether the gate's times agree with the true ones. They no longer do after a restart with a wall clock
   * that was changed.
   */
  #exact = true

  constructor(limits: readonly GateLimits[], around: Surroundings) {
    this.#limits = limits
    this.#around = around
    this.#isShared = around.settled !== undefined
    this.#clock = createFakeClock()
    this.#gate = around.open(this.#clock, () => this.#time)
  }

  async #settled(): Promise<void> {
    await (this.#around.settled?.() ?? settled())
  }

  #limitsOf(at: number): GateLimits {
    const limits = this.#limits[at]
    if (limits === undefined) throw new Error('no such carrier')
    return limits
  }

  /** How many queries the carriers saw. */
  get queries(): number {
    return this.#queries.length
  }

  async do(act: Act): Promise<void> {
    this.#doing = act.act
    switch (act.act) {
      case 'ask':
        this.#ask(`${act.account}${act.origin}`, act.origin)
        break
      case 'pass':
        await this.#pass(act.ms)
        break
      case 'answer':
        this.#answer(act)
        break
      case 'late':
        this.#late.shift()?.settle(fail(rejected))
        break
      case 'cancel':
        this.#gate.cancel()
        break
      case 'drop':
        this.#gate.dropWaiting()
        break
      case 'restart':
        this.#restart()
        break
      case 'new key':
        // A key replaced while its own query is in flight has an example test.
        if (this.#live?.ask.origin === act.origin) break
        this.#trying[act.origin] = false
        if (this.#closures[act.origin]?.until === null) this.#closures[act.origin] = null
        this.#keys[act.origin] = (this.#keys[act.origin] ?? 0) + 2
        this.#gate.keyChanged(this.#limitsOf(act.origin).origin)
        break
      case 'try again':
        await this.#tryAgain(act.origin)
        break
      case 'jump':
        this.#jumped = true
        this.#wallError += act.ms
        this.#clock.jumpWall(act.ms)
    }
    await this.#settled()
    this.#check()
  }

  #ask(key: string, at: number): void {
    const joined = this.#asks.find(other => other.key === key && other.joined === null && this.#isOpen(other))
    const ask: Ask = {
      key,
      origin: at,
      keyPrint: this.#keys[at] ?? 0,
      joined: joined ?? null,
      query: null,
      ends: 0,
      outcome: null,
      died: false,
    }
    this.#asks.push(ask)
    const end = (outcome: unknown) => {
      ask.ends++
      this.#ended.push(ask)
      ask.outcome = outcome
    }
    this.#gate
      .run({
        key,
        profileId: PROFILE,
        account: { kind: 'line', id: key },
        limits: this.#limitsOf(at),
        keyPrint: ask.keyPrint,
        query: (signal, turn) => this.#query(ask, signal, turn),
        failureOf: () => null,
      })
      .then(end, end)
  }

  #isOpen = (ask: Ask): boolean => ask.ends === 0 && !ask.died

  /** The carrier is asked: here everything that the gate promises has to hold. */
  async #query(ask: Ask, signal: AbortSignal, turn: Turn): Promise<Outcome<number>> {
    if (!turn.holds()) {
      hold(this.#mayBeLost(), 'had no turn')
      return fail({ code: 'TURN_LOST' })
    }
    const { cooldownMs, budget } = this.#limitsOf(ask.origin)
    hold(this.#live === null, 'two in flight')
    hold(ask.query === null, 'sent twice')
    hold(ask.joined === null, 'sent although it joined another')
    hold(this.#isOpen(ask), 'sent after its end')
    const before = this.#queries.filter(query => query.ask.origin === ask.origin && !query.excused)
    for (const query of before) {
      hold(query.endedAt !== null, 'sent before the last one ended')
      hold(this.#time - query.endedAt >= cooldownMs, 'under the cool-down')
    }
    if (budget !== null) {
      const inHour = before.filter(query => query.at > this.#time - HOUR)
      hold(inHour.length < budget, 'over the budget')
    }
    const closure = this.#closures[ask.origin]
    if (this.#exact && closure && !this.#trying[ask.origin]) {
      hold(closure.until !== null, 'sent although the key was rejected')
      hold(this.#time >= closure.until, 'sent although the carrier asked to wait')
    }
    const { promise, resolve, reject } = Promise.withResolvers<Outcome<number>>()
    const query: Query = {
      id: this.#queries.length,
      ask,
      at: this.#time,
      wallError: this.#wallError,
      signal,
      settle: resolve,
      reject,
      endedAt: null,
      result: null,
      excused: false,
      died: false,
    }
    ask.query = query
    this.#live = query
    this.#queries.push(query)
    signal.addEventListener('abort', () => {
      hold(this.#live === query, 'aborted after its end')
      const isLost = (signal.reason as Partial<Failure>).code === 'TURN_LOST'
      hold(!isLost || this.#mayBeLost(), 'lost its turn')
      this.#end(query, fail({ code: isLost ? 'TURN_LOST' : 'CANCELLED' }))
      this.#late.push(query)
    })
    return promise
  }

  /** A lease is over sooner for a program whose clock was set forward. */
  #mayBeLost(): boolean {
    return this.#isShared && this.#jumped
  }

  #end(query: Query, result: unknown): void {
    query.endedAt = this.#time
    query.wallError = Math.min(query.wallError, this.#wallError)
    query.result = result
    this.#live = null
  }

  #answer(act: Extract<Act, { act: 'answer' }>): void {
    const query = this.#live
    if (query === null) return
    if (act.how === 'throws') {
      const error = new Error('a bug')
      this.#end(query, error)
      query.reject(error)
      return
    }
    const outcome: Outcome<number> =
      act.how === 'ok'
        ? ok(query.id)
        : fail(
            act.how === '205'
              ? rejected
              : act.how === '429'
                ? { code: 'RATE_LIMITED', opensInMs: act.ms }
                : { code: 'TIMEOUT' },
          )
    this.#end(query, outcome)
    const closedAt = this.#time
    if (act.how === 'ok' || act.how === '205') this.#trying[query.ask.origin] = false
    // Who shares a gate is refused by key: that of a question may have been replaced while it waited.
    const isOldKey = this.#isShared && query.ask.keyPrint !== this.#keys[query.ask.origin]
    if (act.how === '205' && !isOldKey) this.#closures[query.ask.origin] = { closedAt, until: null }
    if (act.how === '429') {
      // A rate limit during the trial of a refused key leaves the key refused.
      const refused = this.#closures[query.ask.origin]?.until === null || this.#trying[query.ask.origin]
      if (refused) this.#trying[query.ask.origin] = false
      const until = refused ? null : closedAt + Math.min(act.ms, 600_000)
      this.#closures[query.ask.origin] = { closedAt, until }
    }
    query.settle(outcome)
  }

  /** Advances from one event to the next, so that the effects of each are checked at its own time. */
  async #pass(ms: number): Promise<void> {
    const until = this.#time + ms
    for (;;) {
      const wakesIn = (this.#clock.nextDue ?? Number.POSITIVE_INFINITY) - this.#clock.monotonic()
      const deadline = this.#live === null ? Number.POSITIVE_INFINITY : this.#live.at + DEADLINE
      const step = Math.max(0, Math.min(this.#time + wakesIn, deadline, until) - this.#time)
      this.#time += step
      this.#clock.advance(step)
      await this.#settled()
      if (this.#live !== null && this.#time >= this.#live.at + DEADLINE) {
        this.#answer({ act: 'answer', how: 'error' })
        await this.#settled()
      } else if (this.#time >= until) return
    }
  }

  async #tryAgain(at: number): Promise<void> {
    const closure = this.#closures[at]
    const { closed } = this.#gate.state(this.#limitsOf(at), PROFILE)
    const outcome = await this.#gate.tryKeyAgain(this.#limitsOf(at))
    // A shared gate's state may be older than what it knows.
    if (!this.#exact || this.#isShared || this.#trying[at]) {
      if (outcome.ok && (closure?.until === null || closed?.reason === 'key-rejected')) this.#try(at)
      return
    }
    if (closed?.reason !== 'key-rejected') {
      same(outcome, ok(null))
      return
    }
    if (!closure) return
    const wait = closure.closedAt + 60_000 - this.#time
    same(
      outcome,
      wait > 0 ? fail({ code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: wait }) : ok(null),
    )
    if (wait <= 0) this.#try(at)
  }

  #try(at: number): void {
    this.#closures[at] = null
    this.#trying[at] = true
  }

  /** The program dies and starts again with the same store; its monotonic clock starts anew. */
  #restart(): void {
    if (this.#live !== null) {
      this.#live.died = true
      this.#end(this.#live, null)
    }
    for (const ask of this.#asks) if (this.#isOpen(ask)) ask.died = true
    this.#late.length = 0
    // Others' clocks were not set, so nothing excuses a shared gate.
    if (!this.#isShared) {
      for (const query of this.#queries) if (query.wallError < this.#wallError) query.excused = true
      if (this.#jumped) this.#exact = false
    }
    this.#clock = createFakeClock({ wall: this.#clock.now(), monotonic: 7 })
    this.#gate = this.#around.open(this.#clock, () => this.#time)
  }

  /** After every step: nothing is lost, nothing is doubled, and the screen is told the truth. */
  #check(): void {
    for (const ask of this.#ended.splice(0)) {
      hold(ask.ends === 1, 'ended twice')
      hold(!ask.died, 'ended after the program did')
      this.#checkOutcome(ask)
    }
    const open = this.#asks.filter(this.#isOpen)
    const first = open.filter(ask => ask.joined === null)
    const waiting = first.filter(ask => ask.query === null)
    hold(waiting.length <= 1, 'more than one waits')
    for (const ask of first) hold(ask.query === null || ask.query === this.#live, 'lost')
    for (const ask of open) hold(ask.joined === null || this.#isOpen(ask.joined), 'left behind')

    for (const [at, limits] of this.#limits.entries()) {
      const state = this.#gate.state(limits, PROFILE)
      same(state.inFlight?.id ?? null, this.#live?.ask.key ?? null)
      same(state.waiting?.id ?? null, waiting[0]?.key ?? null)
      if (this.#isShared) hold((state.closed?.opensInMs ?? 0) <= HOUR, 'closed for too long')
      else this.#checkClosed(at, state.closed)
    }
    const [next] = waiting
    if (next === undefined || this.#isShared) return
    const { closed } = this.#gate.state(this.#limitsOf(next.origin), PROFILE)
    hold(closed === null || closed.reason === 'cool-down', 'waits although the gate is closed')
    if (this.#live === null) {
      hold(closed !== null, 'waits for nothing')
      hold(this.#clock.pending === 1, 'nothing will wake it')
    }
  }

  #checkClosed(at: number, closed: GateState['closed']): void {
    const expected = this.#expectedClosed(at)
    // If the program died during a query, nobody knows when the query ended: a cool-down after each start is
    // correct then.
    const unknown = this.#queries.findLast(query => query.ask.origin === at)?.died === true
    if (!this.#exact || this.#trying[at]) hold((closed?.opensInMs ?? 0) <= HOUR, 'closed for too long')
    else if (!unknown || (expected !== null && expected.reason !== 'cool-down')) same(closed, expected)
    else {
      same(closed?.reason ?? 'cool-down', 'cool-down')
      hold((closed?.opensInMs ?? 0) >= (expected?.opensInMs ?? 0), 'opens too early')
      hold((closed?.opensInMs ?? 0) <= this.#limitsOf(at).cooldownMs, 'opens too late')
    }
  }

  #checkOutcome(ask: Ask): void {
    const owner = ask.joined ?? ask
    if (owner.query !== null) {
      same(ask.outcome, owner.query.result)
      return
    }
    // What a query broke is the query's own outcome.
    if (ask.outcome instanceof Error) throw ask.outcome
    const { code } = (ask.outcome as { readonly failure: Failure }).failure
    const right =
      code === 'CANCELLED'
        ? this.#doing === 'cancel' || this.#doing === 'drop'
        : code === 'SUPERSEDED'
          ? this.#doing === 'ask'
          : code === 'TURN_LOST'
            ? this.#mayBeLost()
            : code === 'GATE_CLOSED' || code === 'BUDGET_SPENT'
    hold(right, `ended as ${code}`)
  }

  /** What the rules say of a carrier, told from nothing but what happened. */
  #expectedClosed(at: number): GateState['closed'] {
    const { cooldownMs, budget } = this.#limitsOf(at)
    const closure = this.#closures[at]
    if (closure?.until === null) return { reason: 'key-rejected', opensInMs: null }
    if (closure && closure.until > this.#time) {
      return { reason: 'rate-limited', opensInMs: closure.until - this.#time }
    }
    const queries = this.#queries.filter(query => query.ask.origin === at)
    const inHour = queries.filter(query => query.at > this.#time - HOUR)
    if (budget !== null && inHour.length >= budget) {
      return { reason: 'budget', opensInMs: (inHour.at(-budget)?.at ?? 0) + HOUR - this.#time }
    }
    const ended = queries.findLast(query => query.endedAt !== null)?.endedAt
    const opensInMs = (ended ?? Number.NEGATIVE_INFINITY) + cooldownMs - this.#time
    return opensInMs > 0 ? { reason: 'cool-down', opensInMs } : null
  }

  /** Answers the query in flight and lets time pass: after that, every request must have ended. */
  async finish(): Promise<void> {
    await this.do({ act: 'answer', how: 'ok' })
    await this.do({ act: 'pass', ms: LONGEST_WAIT })
    for (const ask of this.#asks) hold(ask.ends === 1 || ask.died, 'lost')
    await this.#around.close?.()
    hold(this.#clock.pending === 0, 'a timer is left behind')
  }
}

/**
 * Holds a gate to its promises on random schedules: asks, answers, restarts, clocks that are set.
 *
 * @param world new surroundings for each schedule
 * @returns how many queries the carriers saw
 */
export async function keepsEveryPromise(
  world: () => Surroundings,
  { schedules, seed }: { readonly schedules: number; readonly seed?: number },
): Promise<number> {
  let queries = 0
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(rules, rules),
      fc.array(acts, { minLength: 5, maxLength: 40, size: 'max' }),
      async (limits, schedule) => {
        const around = world()
        const told = limits.map((limit, at): GateLimits => ({ ...limit, origin: around.origins[at] ?? '' }))
        await around.prepare?.(told)
        const at = new World(told, around)
        for (const act of schedule) await at.do(act)
        await at.finish()
        queries += at.queries
      },
    ),
    { numRuns: schedules, ...(seed !== undefined && { seed }) },
  )
  return queries
}
