import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { Client } from 'pg'
import { hold } from '../../testing/hold.ts'

/**
 * The rules in the database before random schedules of desks: answers that get lost, desks that freeze, late ends, a clock
 * that is set back, engines that restart. It is told from what the carrier would see, not from what the rules say.
 */

const SECOND = 1_000
const HOUR = 3_600 * SECOND

type Step =
  | {
      readonly step:
        | 'ask'
        | 'wait'
        | 'hold'
        | 'lone'
        | 'poll'
        | 'lost poll'
        | 'keep'
        | 'late end'
        | 'drop'
        | 'try key'
      readonly desk: number
    }
  | { readonly step: 'end'; readonly desk: number; readonly how: Outcome; readonly isHeard: boolean }
  | { readonly step: 'next'; readonly desk: number; readonly kind: Kind }
  | {
      readonly step: 'hello'
      readonly desk: number
      readonly isAlone: boolean
      readonly isRunning: boolean
      readonly sent: number
    }
  | { readonly step: 'pass' | 'back'; readonly ms: number }
  | { readonly step: 'restart' }

type Kind = 'lookup' | 'sign-in'
type Outcome = 'answered' | 'failed' | 'unsent' | 'rate-limited' | 'key-rejected'

const desk = fc.nat(5)
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ step: fc.constantFrom('ask' as const, 'poll' as const), desk }) },
  { weight: 8, arbitrary: fc.record({ step: fc.constant('poll' as const), desk }) },
  { weight: 8, arbitrary: fc.record({ step: fc.constant('wait' as const), desk }) },
  { weight: 1, arbitrary: fc.record({ step: fc.constantFrom('hold' as const, 'lone' as const), desk }) },
  { weight: 3, arbitrary: fc.record({ step: fc.constantFrom('lost poll' as const, 'drop' as const), desk }) },
  { weight: 5, arbitrary: fc.record({ step: fc.constant('keep' as const), desk }) },
  {
    weight: 9,
    arbitrary: fc.record({
      step: fc.constant('end' as const),
      desk,
      how: fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom<Outcome>('answered', 'failed', 'unsent') },
        { weight: 1, arbitrary: fc.constantFrom<Outcome>('rate-limited', 'key-rejected') },
      ),
      isHeard: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ step: fc.constantFrom('late end' as const, 'try key' as const), desk }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      step: fc.constant('next' as const),
      desk,
      kind: fc.constantFrom<Kind>('lookup', 'sign-in'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      step: fc.constant('hello' as const),
      desk,
      isAlone: fc.constantFrom(false, false, true),
      isRunning: fc.constantFrom(false, false, true),
      sent: fc.constantFrom(0, 0, 1, 2),
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      step: fc.constant('pass' as const),
      ms: fc.oneof(
        { weight: 12, arbitrary: fc.constantFrom(1, 40, 300, 500, 999, 1_000, 1_000, 2_000) },
        { weight: 4, arbitrary: fc.constantFrom(3_000, 3_999, 4_000, 4_001) },
        { weight: 1, arbitrary: fc.constantFrom(61_000, 100_000, 600_000, HOUR) },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      step: fc.constant('back' as const),
      ms: fc.constantFrom(1, 500, 3_000, 10_000, 700_000, HOUR),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ step: 'restart' }) },
)

const worlds = fc.record({
  cooldownMs: fc.constantFrom(1_000, 3_000, 7_000),
  budget: fc.constantFrom(2, 5, 60),
  signIns: fc.constantFrom(1, 3),
  desks: fc.integer({ min: 2, max: 6 }),
  keys: fc.constantFrom(1, 2),
})

/** One query as the carrier saw it, in true time. */
interface Query {
  readonly kind: Kind
  readonly at: number
  endedAt: number | null
}

interface Desk {
  readonly id: string
  readonly key: number
  ask: string | null
  /** Whether a call about the ask was made that may have been granted unheard. */
  turn: {
    readonly id: string
    no: number
    until: number
    query: Query | null
    readonly mayEnd: boolean
  } | null
  readonly old: { readonly id: string; readonly query: Query | null }[]
}

const LEASE = 4 * SECOND
const STALE = 3 * SECOND
const SETTLE = 4 * SECOND
const LONGEST = 65 * SECOND

interface Answer {
  readonly is: string
  readonly turn?: string
  readonly lease_ms?: number
  readonly retry_ms?: number
  readonly opens_ms?: number | null
  readonly reason?: string
  readonly why?: string
  readonly ahead?: number
  readonly kind?: string
}

class World {
  readonly #client: Client
  readonly #origin = `https://${randomUUID()}.example`
  readonly #limits: { readonly cooldownMs: number; readonly budget: number; readonly signIns: number }
  readonly #desks: readonly Desk[]
  readonly #queries: Query[] = []
  /** True time, and the server's, milliseconds. */
  #time = 1_800_000_000_000
  #off = 0
  #engine = 1
  /** When the engine changed or a desk was back from being alone, in true time. */
  #settlingSince = Number.NEGATIVE_INFINITY
  #mayHaveSettledAt = Number.NEGATIVE_INFINITY
  /** The last call, in the server's time. */
  #calledAt: number | null = null
  #hasJumped = false
  /** Places as the server should hold them: by arrival. */
  readonly #line: { readonly desk: Desk; seenAt: number; ask: string }[] = []
  readonly #guests = new Map<Desk, number>()
  #limitedUntil = Number.NEGATIVE_INFINITY
  readonly #refused = new Map<number, { at: number; trial: Desk | null }>()
  #retryMs = 0
  grants = 0

  constructor(
    client: Client,
    {
      desks,
      keys,
      ...limits
    }: { cooldownMs: number; budget: number; signIns: number; desks: number; keys: number },
  ) {
    this.#client = client
    this.#limits = limits
    this.#desks = Array.from({ length: desks }, (_, at) => ({
      id: randomUUID(),
      key: at % keys,
      ask: null,
      turn: null,
      old: [],
    }))
  }

  async open(): Promise<void> {
    const { cooldownMs, budget, signIns } = this.#limits
    await this.#client.query('SELECT td.allow_carrier($1, $2, $3, $4)', [
      this.#origin,
      cooldownMs,
      budget,
      signIns,
    ])
  }

  async close(): Promise<void> {
    await this.#client.query('DELETE FROM td.rule WHERE origin = $1', [this.#origin])
  }

  async #call(name: string, ...args: readonly unknown[]): Promise<Answer> {
    const marks = args.map((_, at) => `$${at + 4}`).join(', ')
    // Prepared, which is a third of the time of some hundred thousand calls.
    const { rows } = await this.#client.query({
      name,
      text: `SELECT set_config('td_test.now', $1, false), set_config('td_test.engine', $2, false),
         td_v1.${name}($3${marks && `, ${marks}`}) AS answer`,
      values: [new Date(this.#time + this.#off).toISOString(), `${this.#engine}`, this.#origin, ...args],
    })
    this.#called()
    return (rows as { readonly answer: Answer }[])[0]?.answer ?? { is: 'nothing' }
  }

  /** What every call does before its own work. */
  #called(): void {
    const now = this.#time + this.#off
    if (this.#calledAt === null || now - this.#calledAt >= SETTLE) this.#settlingSince = this.#time
    // The server writes down when it was called once a second at most, so it may think of a silence a second earlier.
    if (this.#calledAt === null || now - this.#calledAt >= SETTLE - SECOND)
      this.#mayHaveSettledAt = this.#time
    this.#calledAt = now
    for (const [desk, until] of this.#guests)
      if (until <= this.#time) {
        this.#guests.delete(desk)
        this.#queries.push({ kind: 'lookup', at: Number.NEGATIVE_INFINITY, endedAt: until })
      }
  }

  async do(step: Step): Promise<void> {
    if ('ms' in step) {
      if (step.step === 'pass') this.#time += step.ms
      else this.#off -= step.ms
      this.#hasJumped ||= step.step === 'back'
      return
    }
    if (step.step === 'restart') {
      this.#engine += 1
      this.#calledAt = null
      return
    }
    const desk = this.#desks[step.desk % this.#desks.length]
    if (desk === undefined) return
    this.#expire()
    switch (step.step) {
      case 'ask':
        if (desk.turn !== null) return
        desk.ask = randomUUID()
        return this.#take(desk, true)
      case 'wait':
        return this.#wait(desk)
      case 'hold':
        return this.#hold(desk)
      case 'lone':
        return this.#lone(desk)
      case 'poll':
        if (desk.turn === null && desk.ask !== null) return this.#take(desk, true)
        return
      case 'lost poll':
        if (desk.turn === null && desk.ask !== null) return this.#take(desk, false)
        return
      case 'drop':
        return this.#drop(desk)
      case 'keep':
        return this.#keep(desk)
      case 'end':
        return this.#end(desk, step.how, step.isHeard)
      case 'late end':
        return this.#lateEnd(desk)
      case 'next':
        return this.#next(desk, step.kind)
      case 'try key':
        return this.#tryKey(desk)
      case 'hello':
        return this.#hello(desk, step)
    }
  }

  /** A desk stops asking when its lease is over: it never believes in it for longer. */
  #expire(): void {
    for (const desk of this.#desks) {
      const { turn } = desk
      if (turn === null || turn.until > this.#time) continue
      // A query whose answer had come, while the next one waited, had ended then.
      if (turn.query !== null) turn.query.endedAt ??= turn.until
      desk.old.push({ id: turn.id, query: turn.query })
      desk.turn = null
    }
  }

  #settling(): boolean {
    return this.#time - this.#settlingSince < SETTLE
  }

  async #take(desk: Desk, isHeard: boolean): Promise<void> {
    const { ask } = desk
    if (ask === null) return
    const now = this.#time + this.#off
    const answer = await this.#call('take_turn', desk.id, ask, desk.key, 'lookup', null)
    if (answer.is === 'closed' || answer.is === 'budget') {
      this.#leave(desk)
      desk.ask = null
      this.#checkRefusal(desk, answer)
      return
    }
    const place = this.#line.find(other => other.desk === desk)
    if (answer.is === 'wait') {
      this.#retryMs = answer.retry_ms ?? 0
      hold(this.#retryMs > 0 && this.#retryMs < SETTLE, 'told to wait for nothing, or for too long')
      if (place === undefined) this.#line.push({ desk, seenAt: now, ask })
      else Object.assign(place, { seenAt: now, ask })
      this.#checkWait(desk, answer)
      return
    }
    hold(answer.is === 'go' && answer.turn !== undefined, `answered ${answer.is}`)
    this.#checkGrant(desk, now)
    this.#leave(desk)
    this.grants += 1
    const query: Query = { kind: 'lookup', at: this.#time, endedAt: null }
    this.#queries.push(query)
    const refused = this.#refused.get(desk.key)
    if (refused) refused.trial = null
    // A desk that did not hear of its turn sends nothing, but the server can't know.
    desk.turn = {
      id: answer.turn ?? '',
      no: 1,
      until: this.#time + (answer.lease_ms ?? 0),
      query,
      mayEnd: isHeard,
    }
    if (!isHeard) {
      // It asks again, and is told of the same turn.
      const again = await this.#call('take_turn', desk.id, ask, desk.key, 'lookup', null)
      hold(again.is === 'go' && again.turn === answer.turn, 'another turn for the same ask')
      desk.turn.until = this.#time + (again.lease_ms ?? 0)
    }
    desk.ask = null
  }

  /** A desk that waits as it is told to, for a while. */
  async #wait(desk: Desk): Promise<void> {
    if (desk.turn !== null) return
    desk.ask ??= randomUUID()
    for (let polls = 0; polls < 8 && desk.ask !== null; polls++) {
      this.#expire()
      await this.#take(desk, true)
      if (desk.ask !== null) this.#time += this.#retryMs
    }
  }

  /** A desk whose query never ends, and which keeps its turn for as long as it is let. */
  async #hold(desk: Desk): Promise<void> {
    for (let seconds = 0; seconds < 100 && desk.turn !== null; seconds++) {
      this.#time += SECOND
      this.#expire()
      await this.#keep(desk)
    }
  }

  /** A desk that was alone comes back with a query that still runs, and says so for longer than the gate settles. */
  async #lone(desk: Desk): Promise<void> {
    const other = this.#desks.find(one => one !== desk)
    if (desk.turn !== null || other === undefined) return
    await this.#hello(desk, { isAlone: true, isRunning: true, sent: 0 })
    for (let hellos = 0; hellos < 4; hellos++) {
      this.#time += 2 * SECOND
      this.#expire()
      if (other.turn === null) {
        other.ask ??= randomUUID()
        await this.#take(other, true)
      }
      await this.#hello(desk, { isAlone: false, isRunning: true, sent: 0 })
    }
  }

  #leave(desk: Desk): void {
    const at = this.#line.findIndex(place => place.desk === desk)
    if (at >= 0) this.#line.splice(at, 1)
  }

  /** What stands against a grant at this moment; empty where it is right. */
  #against(desk: Desk, now: number): string {
    const { cooldownMs, budget } = this.#limits
    if (this.#desks.some(({ turn }) => turn !== null)) return 'two in flight'
    if (this.#guests.size > 0) return 'beside a guest'
    if (this.#settling()) return 'while settling'
    const last = Math.max(
      Number.NEGATIVE_INFINITY,
      ...this.#queries.map(({ endedAt }) => endedAt ?? this.#time),
    )
    if (this.#time - last < cooldownMs) return 'under the cool-down'
    const first = this.#line.find(({ seenAt }) => seenAt > now - STALE)
    if (first !== undefined && first.desk !== desk && this.#line.some(place => place.desk === desk)) {
      if (this.#line.indexOf(first) < this.#line.findIndex(place => place.desk === desk))
        return 'out of order'
    } else if (first !== undefined && first.desk !== desk) return 'past the line'
    if (this.#sentInHour('lookup') >= budget) return 'over the budget'
    const refused = this.#refused.get(desk.key)
    if (refused && refused.trial !== desk) return 'with a refused key'
    return this.#limitedUntil > this.#time ? 'although the carrier asked to wait' : ''
  }

  #sentInHour(kind: Kind): number {
    return this.#queries.filter(query => query.kind === kind && query.at > this.#time - HOUR).length
  }

  #checkGrant(desk: Desk, now: number): void {
    // After the clock was set back a place may look younger than it is, so the line can't be told from here.
    const why = this.#against(desk, now)
    const isOrder = why === 'out of order' || why === 'past the line'
    hold(why === '' || (this.#hasJumped && isOrder), why)
  }

  #checkWait(desk: Desk, { why, ahead }: Answer): void {
    if (this.#hasJumped || this.#time - this.#mayHaveSettledAt < SETTLE) return
    const now = this.#time + this.#off
    hold(this.#against(desk, now) !== '', `kept waiting for nothing: ${why}, ${ahead} ahead`)
  }

  #checkRefusal(desk: Desk, { is, reason, opens_ms }: Answer): void {
    if (this.#hasJumped) return
    if (is === 'budget') {
      hold(this.#sentInHour('lookup') >= this.#limits.budget, 'refused within the budget')
      hold((opens_ms ?? 0) > 0 && (opens_ms ?? 0) <= HOUR, 'opens at a wrong time')
      return
    }
    if (reason === 'rate-limited') {
      hold(this.#limitedUntil > this.#time, 'closed by nobody')
      hold(Math.abs(this.#limitedUntil - this.#time - (opens_ms ?? 0)) <= 1, 'opens at a wrong time')
      return
    }
    const refused = this.#refused.get(desk.key)
    hold(refused !== undefined && refused.trial !== desk, 'closed for a good key')
  }

  async #keep(desk: Desk): Promise<void> {
    const { turn } = desk
    if (turn === null) return
    const answer = await this.#call('keep_turn', turn.id)
    if (answer.is === 'held') {
      hold((answer.lease_ms ?? 0) <= LEASE, 'a lease too long')
      turn.until = this.#time + (answer.lease_ms ?? 0)
      const { query } = turn
      // A clock that was set back makes it longer, once.
      if (query !== null && query.endedAt === null && !this.#hasJumped)
        hold(turn.until - query.at <= LONGEST, 'kept for ever')
      return
    }
    hold(answer.is === 'lost', `answered ${answer.is}`)
    // A server that restarted keeps a turn, so it is lost only when its time is over or nearly so.
    if (!this.#hasJumped) hold(turn.query !== null && this.#time - turn.query.at >= LEASE, 'lost too early')
    if (turn.query !== null) turn.query.endedAt ??= this.#time
    desk.old.push({ id: turn.id, query: turn.query })
    desk.turn = null
  }

  async #end(desk: Desk, how: Outcome, isHeard: boolean): Promise<void> {
    const { turn } = desk
    if (turn === null) return
    const opensInMs = isHeard ? 30_000 : 5_000
    const args = [turn.id, how, opensInMs, desk.key] as const
    const answer = await this.#call('end_turn', ...args)
    hold(answer.is === 'ended' || this.#hasJumped, `ended as ${answer.is}`)
    this.#judge(desk, how, answer.is === 'ended', opensInMs)
    if (answer.is === 'ended' && how === 'unsent' && turn.query?.endedAt === null)
      this.#queries.splice(this.#queries.indexOf(turn.query), 1)
    else if (turn.query !== null) turn.query.endedAt ??= this.#time
    desk.old.push({ id: turn.id, query: turn.query })
    desk.turn = null
    // The same end, because its answer was lost, does no more. A 429 closes from then on, which is no shorter.
    if (!isHeard && how !== 'rate-limited') {
      const again = await this.#call('end_turn', ...args)
      hold(again.is === 'late', `ended again as ${again.is}`)
    }
  }

  #judge(desk: Desk, how: Outcome, isCurrent: boolean, opensInMs = 0): void {
    if (how === 'rate-limited') this.#limitedUntil = Math.max(this.#limitedUntil, this.#time + opensInMs)
    if (how === 'key-rejected') this.#refused.set(desk.key, { at: this.#time, trial: null })
    if (how === 'answered' && isCurrent) {
      this.#refused.delete(desk.key)
      this.#limitedUntil = Number.NEGATIVE_INFINITY
    }
  }

  /** A desk that wakes up long after its turn, and says how it ended. */
  async #lateEnd(desk: Desk): Promise<void> {
    const late = desk.old.at(-1)
    if (late === undefined) return
    const { id, query } = late
    // What the carrier said counts for as long as the query is in the ledger, but opens nothing.
    const isSent = query !== null && this.#queries.includes(query)
    const isHeeded = isSent && this.#time - query.at < 500_000 && !this.#hasJumped
    const how = isHeeded && desk.old.length % 2 === 0 ? 'rate-limited' : 'answered'
    const answer = await this.#call('end_turn', id, how, 5_000, desk.key)
    // To a clock that was set back the lease is not over yet.
    hold(answer.is === 'late' || this.#hasJumped, `a late end was taken as ${answer.is}`)
    if (answer.is === 'ended') this.#judge(desk, 'answered', true)
    else if (how === 'rate-limited') this.#judge(desk, how, false, 5_000)
    const kept = await this.#call('keep_turn', id)
    hold(kept.is === 'lost', 'an old turn was kept')
  }

  async #next(desk: Desk, kind: Kind): Promise<void> {
    const { turn } = desk
    if (turn === null) return
    const answer = await this.#call('next_query', turn.id, turn.no + 1, kind, null)
    if (answer.is === 'lost') {
      hold(this.#hasJumped || this.#time - (turn.query?.at ?? 0) >= LEASE, 'lost too early')
      if (turn.query !== null) turn.query.endedAt ??= this.#time
      desk.old.push({ id: turn.id, query: turn.query })
      desk.turn = null
      return
    }
    // Whatever comes next, the query before has ended.
    if (turn.query !== null) turn.query.endedAt ??= this.#time
    if (answer.is === 'budget') {
      const isSpent =
        this.#sentInHour('lookup') >= this.#limits.budget ||
        (kind === 'sign-in' && this.#sentInHour('sign-in') >= this.#limits.signIns)
      hold(isSpent || this.#hasJumped, 'refused within the budget')
      turn.until = this.#time + LEASE
      return
    }
    turn.until = this.#time + (answer.lease_ms ?? 0)
    if (answer.is === 'wait') {
      hold((answer.retry_ms ?? LEASE) < LEASE, 'left alone for longer than its lease')
      return
    }
    const last = Math.max(...this.#queries.map(({ endedAt }) => endedAt ?? Number.NEGATIVE_INFINITY))
    hold(this.#time - last >= this.#limits.cooldownMs, 'under the cool-down in a turn')
    hold(
      this.#sentInHour(kind) < (kind === 'lookup' ? this.#limits.budget : this.#limits.signIns),
      'over the budget',
    )
    turn.no += 1
    turn.query = { kind, at: this.#time, endedAt: null }
    this.#queries.push(turn.query)
  }

  async #drop(desk: Desk): Promise<void> {
    const { ask } = desk
    if (ask === null) return
    await this.#call('drop_ask', desk.id, ask)
    this.#leave(desk)
    desk.ask = null
  }

  async #tryKey(desk: Desk): Promise<void> {
    const answer = await this.#call('try_key', desk.id, desk.key)
    const refused = this.#refused.get(desk.key)
    if (answer.is === 'closed') {
      hold(refused !== undefined || this.#hasJumped, 'closed for a good key')
      hold((answer.opens_ms ?? 0) <= 60_000, 'a trial in more than a minute')
      return
    }
    if (refused === undefined || refused.trial === desk) return
    hold(this.#time - refused.at >= 60_000, 'two trials in a minute')
    this.#refused.set(desk.key, { at: this.#time, trial: desk })
  }

  async #hello(
    desk: Desk,
    {
      isAlone,
      isRunning,
      sent,
    }: { readonly isAlone: boolean; readonly isRunning: boolean; readonly sent: number },
  ): Promise<void> {
    // Who has its turn is not alone.
    const alone = isAlone && desk.turn === null
    // Once the team has heard of a lone query, each hello says that it still runs.
    const running = isRunning && desk.turn === null && (alone || this.#guests.has(desk))
    const lone = alone
      ? Array.from({ length: sent }, (_, at) => ({
          id: randomUUID(),
          kind: 'lookup',
          age_ms: (at + 1) * 700,
        }))
      : []
    const answer = await this.#call(
      'hello',
      ...[desk.id, 'a desk', '0.1.0', desk.key, alone, running, JSON.stringify(lone), null, null],
    )
    hold(answer.is === 'hello', `answered ${answer.is}`)
    for (const { age_ms } of lone)
      this.#queries.push({ kind: 'lookup', at: this.#time - age_ms, endedAt: this.#time - age_ms })
    if (running) this.#guests.set(desk, this.#time + LEASE)
    else if (this.#guests.delete(desk))
      this.#queries.push({ kind: 'lookup', at: Number.NEGATIVE_INFINITY, endedAt: this.#time })
    if (alone) this.#settlingSince = this.#time
  }

  /**
   * Nobody comes any more but one desk: it has its turn, or is told why not, within what the rules allow at the most; and
   * after two hours there is nothing left against it.
   */
  async finish(): Promise<void> {
    const [desk] = this.#desks
    if (desk === undefined) return
    await this.#comesToAnEnd(desk)
    this.#time += 2 * HOUR
    this.#expire()
    this.#refused.clear()
    await this.#client.query('DELETE FROM td.refusal WHERE origin = $1', [this.#origin])
    await this.#comesToAnEnd(desk)
    hold(desk.turn !== null || this.#hasJumped, 'refused after two hours')
  }

  async #comesToAnEnd(desk: Desk): Promise<void> {
    const longest = 2 * LEASE + SETTLE + 2 * this.#limits.cooldownMs + SECOND
    desk.ask ??= randomUUID()
    for (let waited = 0; desk.turn === null && desk.ask !== null; waited += 500) {
      hold(waited <= longest, 'never its turn')
      this.#expire()
      await this.#take(desk, true)
      this.#time += 500
    }
  }
}

/** Replaces the database's clock and engine by what a test says. */
export async function setTestClock(client: Client): Promise<void> {
  await client.query(`
    CREATE OR REPLACE FUNCTION td.now() RETURNS timestamptz LANGUAGE sql VOLATILE
      AS $$ SELECT pg_catalog.current_setting('td_test.now')::timestamptz $$;
    CREATE OR REPLACE FUNCTION td.engine() RETURNS text LANGUAGE sql VOLATILE
      AS $$ SELECT pg_catalog.current_setting('td_test.engine') $$`)
}

/** Holds the rules to their promises; gives how many turns were granted. */
export async function keepsEveryRule(
  client: Client,
  {
    schedules,
    length,
    seed,
  }: { readonly schedules: number; readonly length: number; readonly seed?: number },
): Promise<number> {
  let grants = 0
  await fc.assert(
    fc.asyncProperty(
      worlds,
      fc.array(steps, { minLength: length, maxLength: length }),
      async (world, schedule) => {
        const at = new World(client, world)
        await at.open()
        try {
          for (const step of schedule) await at.do(step)
          await at.finish()
        } finally {
          await at.close()
        }
        grants += at.grants
      },
    ),
    {
      numRuns: schedules,
      ...(seed !== undefined && { seed }),
      endOnFailure: false,
      interruptAfterTimeLimit: 500_000,
    },
  )
  return grants
}
