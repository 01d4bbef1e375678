import { randomUUID } from 'node:crypto'
import type { TeamState } from '../../../contract/state.ts'
import type { Failure, Outcome } from '../../../domain/failure.ts'
import { fail, ok } from '../../../domain/result.ts'
import type { Clock } from '../../clock.ts'
import type { GateLimits, Team } from '../gate.ts'
import type { CircuitBreaker } from '../local/circuit-breaker.ts'
import type { FirstQuery, Turns } from '../turns.ts'
import { createDesk } from './desk.ts'
import type { Engine } from './engine.ts'
import { elapsedSince } from './lease.ts'
import { type Asked, createQuestions, type Seat, untilOwnSlot } from './question.ts'
import { closedNow, refusalOf, stateClosed } from './standing.ts'
import type { DeskName } from './team-desk.ts'

/** The turns that a whole team shares; this desk's side of them. */
export interface TeamTurns extends Turns {
  /** Which team's profile is in use, and for which carrier; null where it has none. */
  attend(at: Pick<GateLimits, 'origin' | 'team'> | null): void
  /**
   * The computer goes to sleep: who waits is told so, and what is in flight is reset, while there is still time. Nothing
   * depends on it: a lease ends by itself.
   */
  suspend(): void
  /** Says hello now: null where all is as it must be. */
  test(limits: GateLimits): Promise<Outcome<null>>
  /** A password or a file changed: what was opened with the old one is closed, and opened again when it is needed. */
  accessChanged(): void
  close(): void
}

export function createTeamTurns({
  clock,
  breaker,
  engineOf,
  desk: name,
}: {
  readonly clock: Clock
  readonly breaker: CircuitBreaker
  readonly engineOf: (team: Team) => Engine
  readonly desk: DeskName
}): TeamTurns {
  const seats = new Map<string, Seat>()
  const listeners = new Set<() => void>()
  let attended: string | null = null
  const suspended = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const keyOf = ({ origin, team }: Pick<GateLimits, 'origin' | 'team'>) => JSON.stringify([origin, team])

  function seatOf(limits: Pick<GateLimits, 'origin' | 'team'>): Seat {
    const { team, origin } = limits
    if (team === undefined) throw new Error('no team')
    const key = keyOf(limits)
    const known = seats.get(key)
    if (known) return known
    const seat: Seat = {
      desk: createDesk({ clock, engine: engineOf(team), origin, desk: name }),
      wait: null,
      usedSlot: null,
    }
    seat.desk.onChange(tell)
    seats.set(key, seat)
    return seat
  }

  const questions = createQuestions({ clock, breaker, deskId: name.id, suspended, tell })

  function refusal(limits: GateLimits, first: FirstQuery, keyPrint: number): Failure | null {
    const { desk } = seatOf(limits)
    desk.takeKey(keyPrint)
    const known = desk.mode() === 'team' ? desk.heard() : null
    const closed = known && closedNow(known, first, clock)
    if (closed) return closed
    return questions.ownBudget(limits, first)
  }

  function teamState(seat: Seat): TeamState {
    const { desk, wait } = seat
    const until = desk.mode() === 'alone' ? untilOwnSlot(seat, clock) : null
    return {
      mode: desk.mode(),
      forMs: elapsedSince(desk.since(), clock),
      reason: desk.reason(),
      line: wait && {
        ahead: wait.answer.ahead,
        etaMs: Math.max(0, (wait.answer.eta_ms ?? 0) - elapsedSince(wait.at, clock)),
        holder: wait.answer.holder ?? null,
        why: wait.answer.why ?? 'turn',
      },
      nextInMs: until === null ? null : Math.max(0, until),
      isBack: desk.isBack(),
    }
  }

  return {
    refusal,
    ask(wish, told) {
      const seat = seatOf(wish.limits)
      const asked: Asked = { id: randomUUID(), isOver: false, wasSent: false }
      const end = (then: () => void) => {
        if (asked.isOver) return
        asked.isOver = true
        suspended.delete(cancel)
        leave()
        seat.wait = null
        then()
      }
      const leave = seat.desk.wait()
      const giveUp = () => {
        if (asked.wasSent) void seat.desk.call('drop_ask', name.id(), asked.id)
      }
      const cancel = () =>
        end(() => {
          giveUp()
          told.refused({ code: 'CANCELLED' })
        })
      suspended.add(cancel)
      void questions
        .seek(
          wish,
          {
            given: turn => end(() => told.given(turn)),
            refused: failure => end(() => told.refused(failure)),
            broke: error => end(() => told.broke(error)),
          },
          seat,
          asked,
        )
        .catch(error => end(() => told.broke(error)))
      return () => end(giveUp)
    },
    state(limits) {
      const seat = seatOf(limits)
      const known = seat.desk.heard()
      return {
        closed: known && stateClosed(known, clock),
        isSure: seat.desk.mode() === 'team',
        budget: known && { left: known.hello.left, of: known.hello.budget },
        team: teamState(seat),
      }
    },
    keyChanged(origin) {
      for (const [key, seat] of seats) if ((JSON.parse(key) as unknown[])[0] === origin) seat.desk.takeKey(0)
    },
    async tryKeyAgain(limits) {
      const { desk } = seatOf(limits)
      const answer = await desk.call('try_key', name.id(), desk.key())
      if (!answer.ok)
        return fail(
          answer.failure.kind === 'refused'
            ? { code: 'TEAM_REFUSED', reason: answer.failure.reason }
            : { code: 'TEAM_AWAY' },
        )
      if (answer.value.is === 'closed') return fail(refusalOf(answer.value))
      await desk.hello()
      return ok(null)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    attend(at) {
      const next = at?.team === undefined ? null : keyOf(at)
      if (next === attended) return
      if (attended !== null) seats.get(attended)?.desk.attend(false)
      attended = next
      if (at?.team !== undefined) seatOf(at).desk.attend(true)
    },
    suspend() {
      for (const act of [...suspended]) act()
    },
    async test(limits) {
      const { desk } = seatOf(limits)
      const trouble = await desk.hello()
      if (trouble === null) return ok(null)
      return fail(
        trouble.kind === 'refused'
          ? { code: 'TEAM_REFUSED', reason: trouble.reason }
          : { code: 'TEAM_UNREACHED', why: trouble.why },
      )
    },
    accessChanged() {
      for (const { desk } of seats.values()) desk.disconnect()
    },
    close() {
      for (const { desk } of seats.values()) desk.close()
    },
  }
}
