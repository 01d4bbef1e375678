import fc from 'fast-check'
import { expect } from 'vitest'
import type { Failure, Outcome } from '../../../domain/failure.ts'
import { fail, ok } from '../../../domain/result.ts'
import { createFakeClock, type FakeClock } from '../../testing/fake-clock.ts'
import type { Gate, GateLimits, QueryKind, Turn } from '../gate.ts'
import { hold } from './hold.ts'

const HOUR = 3_600_000
/** No query takes longer: the client sees to that. */
const DEADLINE = 60_000
const ORIGIN = 'https://carrier.example.jp'

type Step =
  | { readonly step: 'ask'; readonly account: string; readonly asksWith: 'typed' | 'oem' }
  | { readonly step: 'sign in' | 'cancel' | 'drop' | 'restart' | 'keys end' | 'new key' }
  | { readonly step: 'answer'; readonly how: 'ok' | 'no' | 'error' }
  | { readonly step: 'pass'; readonly ms: number }

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      step: fc.constant('ask' as const),
      account: fc.constantFrom('A', 'B', 'C'),
      asksWith: fc.constantFrom('typed' as const, 'oem' as const, 'oem' as const),
    }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      step: fc.constant('answer' as const),
      how: fc.constantFrom('ok' as const, 'ok' as const, 'no' as const, 'error' as const),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      step: fc.constant('pass' as const),
      ms: fc.constantFrom(0, 1, 999, 1_000, 3_000, 60_000, 600_000, HOUR),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.constantFrom<Step>(
      { step: 'sign in' },
      { step: 'cancel' },
      { step: 'drop' },
      { step: 'restart' },
      { step: 'keys end' },
      { step: 'new key' },
    ),
  },
)

const rules = fc.record({
  cooldownMs: fc.constantFrom(1_000, 3_000, 60_000),
  budget: fc.constantFrom(2, 3, 60, null),
  signIns: fc.constantFrom(1, 2, 6),
})

interface Act {
  signIns: number
  ends: number
  /** The program ended before it did. */
  died: boolean
}

interface Query {
  readonly kind: QueryKind
  readonly at: number
  endedAt: number | null
  readonly settle: (outcome: Outcome<string>) => void
}

const settled = async () => {
  for (let turn = 0; turn < 12; turn++) await null
}

const carrier = { resultCode: '205', statusCode: '403', message: null }
const refusals: Readonly<Record<QueryKind, Failure>> = {
  lookup: { code: 'KEY_REJECTED', carrier },
  'sign-in': { code: 'SIGN_IN_REFUSED', carrier },
}

/** A gate before a carrier whose keys end, and acts that sign in: everything is checked as each query is sent. */
class World {
  readonly #limits: GateLimits
  readonly #open: (clock: FakeClock) => Gate<string>
  readonly #acts: Act[] = []
  readonly #queries: Query[] = []
  #live: Query | null = null
  #hasKey = false
  /** What a query found that must not be. */
  #broken: unknown = null
  #clock = createFakeClock()
  #gate: Gate<string>
  /** What a restart took off the monotonic clock, so that true time goes on. */
  #offset = 0

  constructor(limits: Omit<GateLimits, 'origin'>, open: (clock: FakeClock) => Gate<string>) {
    this.#limits = { ...limits, origin: ORIGIN }
    this.#open = open
    this.#gate = open(this.#clock)
  }

  get #time(): number {
    return this.#offset + this.#clock.monotonic()
  }

  async do(step: Step): Promise<void> {
    switch (step.step) {
      case 'ask':
        this.#run(step.account, step.asksWith)
        break
      case 'sign in':
        this.#run(null, 'oem')
        break
      case 'answer':
        this.#answer(step.how)
        break
      case 'pass':
        // In small steps, so that each effect is seen at its own time.
        for (let left = step.ms; left > 0; ) {
          const part = Math.min(left, left > 10_000 ? 10_000 : 1_000)
          left -= part
          this.#clock.advance(part)
          await settled()
          if (this.#live !== null && this.#time - this.#live.at >= DEADLINE) this.#answer('error')
          await settled()
        }
        break
      case 'cancel':
        this.#gate.cancel()
        break
      case 'drop':
        this.#gate.dropWaiting()
        break
      case 'keys end':
        this.#hasKey = false
        break
      case 'new key':
        this.#gate.keyChanged(ORIGIN)
        break
      case 'restart':
        if (this.#live !== null) this.#live.endedAt = this.#time
        this.#live = null
        for (const act of this.#acts) if (act.ends === 0) act.died = true
        this.#offset = this.#time - 7
        this.#clock = createFakeClock({ wall: this.#clock.now(), monotonic: 7 })
        this.#gate = this.#open(this.#clock)
    }
    await settled()
    if (this.#broken !== null) throw this.#broken
    for (const act of this.#acts) hold(act.ends <= 1, 'ended twice')
  }

  #run(account: string | null, asksWith: 'typed' | 'oem'): void {
    const act: Act = { signIns: 0, ends: 0, died: false }
    this.#acts.push(act)
    const needsKey = () => account === null || (asksWith === 'oem' && !this.#hasKey)
    const gate = this.#gate
    gate
      .run({
        key: account === null ? 'sign-in' : `${account} ${asksWith}`,
        account: account === null ? null : { kind: 'line', id: account },
        profileId: 'profile',
        limits: this.#limits,
        first: () => (needsKey() ? 'sign-in' : 'lookup'),
        failureOf: () => null,
        query: (signal, turn) =>
          this.#turn(act, { account, asksWith, isFirstSignIn: needsKey(), signal, turn }),
      })
      .then(
        () => {
          act.ends += 1
        },
        error => {
          this.#broken ??= error
        },
      )
  }

  /** As the program's acts go: one sign-in at most, before the lookup or before it is repeated. */
  async #turn(
    act: Act,
    {
      account,
      asksWith,
      isFirstSignIn,
      signal,
      turn,
    }: {
      readonly account: string | null
      readonly asksWith: 'typed' | 'oem'
      readonly isFirstSignIn: boolean
      readonly signal: AbortSignal
      readonly turn: Turn
    },
  ): Promise<Outcome<string>> {
    const send = (kind: QueryKind) => this.#send(act, kind, signal)
    if (!isFirstSignIn) {
      const first = await send('lookup')
      const isRefused = !first.ok && first.failure.code === 'KEY_REJECTED'
      if (!isRefused || asksWith === 'typed') return first
      this.#hasKey = false
      const next = await turn.next('sign-in')
      if (!next.ok) return next
    }
    const signedIn = await send('sign-in')
    if (!signedIn.ok || account === null) return signedIn
    this.#hasKey = true
    const next = await turn.next('lookup')
    return next.ok ? send('lookup') : next
  }

  #send(act: Act, kind: QueryKind, signal: AbortSignal): Promise<Outcome<string>> {
    hold(!act.died && act.ends === 0, 'sent after its end')
    hold(!signal.aborted, 'sent although it was called off')
    hold(this.#live === null, 'two in flight')
    for (const { endedAt } of this.#queries) {
      hold(endedAt !== null, 'sent before the last one ended')
      hold(this.#time - endedAt >= this.#limits.cooldownMs, 'under the cool-down')
    }
    const budget = kind === 'lookup' ? this.#limits.budget : this.#limits.signIns
    const inHour = this.#queries.filter(query => query.kind === kind && query.at > this.#time - HOUR)
    hold(budget === null || inHour.length < budget, `over the budget of ${kind}s`)
    if (kind === 'sign-in') act.signIns += 1
    hold(act.signIns <= 1, 'a second sign-in in one act')

    const { promise, resolve } = Promise.withResolvers<Outcome<string>>()
    const query: Query = { kind, at: this.#time, endedAt: null, settle: resolve }
    this.#queries.push(query)
    this.#live = query
    signal.addEventListener('abort', () => {
      if (this.#live !== query) return
      query.endedAt = this.#time
      this.#live = null
      resolve(fail({ code: 'CANCELLED' }))
    })
    return promise
  }

  #answer(how: 'ok' | 'no' | 'error'): void {
    const query = this.#live
    if (query === null) return
    query.endedAt = this.#time
    this.#live = null
    if (how === 'ok') query.settle(ok('done'))
    else query.settle(fail(how === 'no' ? refusals[query.kind] : { code: 'TIMEOUT' }))
  }

  /** Answers all that is left: every act has ended then, and nothing waits. */
  async finish(): Promise<void> {
    for (let turn = 0; turn < 8; turn++) {
      await this.do({ step: 'answer', how: 'ok' })
      await this.do({ step: 'pass', ms: 60_000 })
    }
    for (const act of this.#acts) hold(act.ends === 1 || act.died, 'lost')
    expect(this.#clock.pending).toBe(0)
  }
}

/**
 * Holds a gate to its promises on random schedules in which acts sign in: never two queries in flight, the cool-down
 * between any two, each kind within its budget, and one sign-in an act at most.
 *
 * @param world a new world for each schedule: it opens the gate again after each restart, with what was remembered
 */
export const keepsEveryPromiseWhileSigningIn = (
  world: () => (clock: FakeClock) => Gate<string>,
  { schedules }: { readonly schedules: number },
): Promise<void> =>
  fc.assert(
    fc.asyncProperty(
      rules,
      fc.array(steps, { minLength: 5, maxLength: 40, size: 'max' }),
      async (limits, schedule) => {
        const at = new World(limits, world())
        for (const step of schedule) await at.do(step)
        await at.finish()
      },
    ),
    { numRuns: schedules },
  )
