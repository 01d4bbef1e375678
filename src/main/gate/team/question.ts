import type { Failure } from '../../../domain/failure.ts'
import type { Clock } from '../../clock.ts'
import type { GateLimits } from '../gate.ts'
import type { CircuitBreaker } from '../local/circuit-breaker.ts'
import type { FirstQuery, Wish, WishTold } from '../turns.ts'
import type { Answer, Wait } from './answers.ts'
import { holdTurn, pause } from './held-turn.ts'
import { elapsedSince, type Stamp, stampOf } from './lease.ts'
import { holdLoneTurn } from './lone-turn.ts'
import { SLOT_START_MS, untilSlot } from './slots.ts'
import { closedNow, refusalOf } from './standing.ts'
import { type Desk, PROBE_DEADLINE_MS } from './team-desk.ts'

/** One team's server and carrier, as this desk uses them. */
export interface Seat {
  readonly desk: Desk
  wait: { readonly answer: Wait; readonly at: Stamp } | null
  /** The server's time at which the slot began that was used last. */
  usedSlot: number | null
}

/** One question at a seat. */
export interface Asked {
  readonly id: string
  isOver: boolean
  /** Whether the server may have a place for it. */
  wasSent: boolean
}

/** How long before its slot a desk makes sure that the server is still away. */
const PROBE_BEFORE_MS = 800
/** A slot that was heard of longer ago may be another desk's by now: the server gives it away after a day. */
const SLOT_GOOD_MS = 8 * 3_600_000

/** Brings a desk's questions to their turns: in the team's line, or in the desk's own slot while the server is away. */
export function createQuestions({
  clock,
  breaker,
  deskId,
  suspended,
  tell,
}: {
  readonly clock: Clock
  readonly breaker: CircuitBreaker
  readonly deskId: () => string
  readonly suspended: Set<() => void>
  /** Called after each change for the screen. */
  readonly tell: () => void
}) {
  /** The profile's own budget, where that is stricter than the team's. */
  function ownBudget(limits: GateLimits, first: FirstQuery): Failure | null {
    const own = breaker.refusal(limits, first)
    return own?.code === 'BUDGET_SPENT' || own?.code === 'SIGN_IN_REPEATED' ? own : null
  }

  /** Asks until there is a turn or a refusal. */
  async function seek(wish: Wish, told: WishTold, seat: Seat, asked: Asked): Promise<void> {
    const { desk } = seat
    desk.takeKey(wish.keyPrint)
    // Whoever asks finds out first whether it is still so.
    if (desk.mode() === 'alone') await desk.hello(PROBE_DEADLINE_MS)
    else if (desk.mode() === 'starting' || desk.mode() === 'refused') await desk.hello()
    while (!asked.isOver) {
      const mode = desk.mode()
      if (mode === 'refused')
        return told.refused({ code: 'TEAM_REFUSED', reason: desk.reason() ?? 'refused' })
      if (mode === 'alone') {
        const done = await alone(wish, told, seat, asked)
        if (done) return
        continue
      }
      if (mode !== 'team') {
        await desk.changed()
        continue
      }
      const own = ownBudget(wish.limits, wish.first())
      if (own !== null) return told.refused(own)
      // The team does not know of what this desk asked by another profile.
      const cooldown = breaker.cooldown(wish.limits)
      if (cooldown > 0) {
        await pause(cooldown, clock)
        continue
      }
      const first = wish.first()
      const stamp = stampOf(clock)
      asked.wasSent = true
      const answer = await desk.call(
        'take_turn',
        ...[deskId(), asked.id, wish.keyPrint, first, wish.limits.cooldownMs],
      )
      if (asked.isOver) return
      if (!answer.ok) continue
      const { value } = answer
      if (value.is === 'wait') {
        seat.wait = { answer: value, at: stamp }
        tell()
        await pause(value.retry_ms, clock)
        continue
      }
      return settle(value, { wish, told, seat, first, stamp })
    }
  }

  function settle(
    answer: Answer,
    {
      wish,
      told,
      seat,
      first,
      stamp,
    }: { wish: Wish; told: WishTold; seat: Seat; first: FirstQuery; stamp: Stamp },
  ): void {
    seat.wait = null
    if (answer.is === 'closed' || answer.is === 'budget') {
      told.refused(refusalOf(answer))
      return
    }
    if (answer.is !== 'go' || answer.turn === undefined) {
      told.refused({ code: 'TEAM_REFUSED', reason: 'protocol' })
      return
    }
    const { turn, lease_ms: leaseMs } = answer
    const kind = first === 'lookup' ? 'lookup' : 'sign-in'
    try {
      told.given(
        holdTurn(
          { turn, stamp, leaseMs, kind },
          { desk: seat.desk, limits: wish.limits, key: wish.keyPrint, breaker, clock, suspended },
        ),
      )
    } catch (error) {
      void seat.desk.call('end_turn', turn, 'unsent', null, wish.keyPrint)
      told.broke(error)
    }
  }

  /** Waits for this desk's own slot while the server stays away; true once the wish has ended. */
  async function alone(
    { limits, first, keyPrint }: Wish,
    told: WishTold,
    seat: Seat,
    asked: Asked,
  ): Promise<boolean> {
    const { desk } = seat
    const known = desk.heard()
    // What the team heard of before the server went holds for who is alone, too.
    const own = (known && closedNow(known, first(), clock)) ?? breaker.refusal(limits, first())
    const until = untilOwnSlot(seat, clock)
    // A sign-in alone could not be followed by its lookup.
    if (until === null || first() !== 'lookup') return refuse(told, { code: 'TEAM_AWAY' })
    if (own !== null) return refuse(told, own)
    tell()
    if (until > PROBE_BEFORE_MS) {
      await Promise.race([pause(Math.min(until - PROBE_BEFORE_MS, 1_000), clock), desk.changed()])
      return false
    }
    await desk.hello(PROBE_DEADLINE_MS)
    const left = untilOwnSlot(seat, clock)
    if (asked.isOver || desk.mode() !== 'alone' || left === null || left > PROBE_BEFORE_MS)
      return asked.isOver
    if (left > 0) await pause(left, clock)
    const now = untilOwnSlot(seat, clock)
    const serverNow = desk.serverTime.now()
    if (asked.isOver || desk.mode() !== 'alone' || serverNow === null) return asked.isOver
    if (now === null || now > 0 || now <= -SLOT_START_MS || breaker.cooldown(limits) > 0) return false
    seat.usedSlot = serverNow + now
    try {
      told.given(holdLoneTurn(limits, { desk, key: keyPrint, breaker, clock }))
    } catch (error) {
      told.broke(error)
    }
    return true
  }

  return { seek, ownBudget }
}

/** Milliseconds until the desk's own slot, 0 or less while it begins; null where it has none. */
export function untilOwnSlot(
  { desk, usedSlot }: Seat,
  clock: Pick<Clock, 'monotonic' | 'now'>,
): number | null {
  const heard = desk.heard()
  const now = desk.serverTime.now()
  if (heard === null || now === null || elapsedSince(heard.at, clock) > SLOT_GOOD_MS) return null
  const { hello } = heard
  if (hello.away === 'stop' || hello.slot >= hello.away_slots) return null
  return untilSlot(
    { slot: hello.slot, slots: hello.away_slots, cooldownMs: hello.cooldown_ms },
    now,
    usedSlot,
  )
}

function refuse(told: WishTold, failure: Failure): true {
  told.refused(failure)
  return true
}
