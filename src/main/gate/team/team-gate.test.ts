import type { Client } from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { fail, ok } from '../../../domain/result.ts'
import { type Clock, systemClock } from '../../clock.ts'
import { type Cluster, hasPostgres, startCluster } from './testing/postgres.ts'
import { broken, CARRIER, openDesk, type SeenQuery, type TeamDesk } from './testing/team-desk.ts'

const A = '09012345678'
const B = '08011112222'
const COOLDOWN = 60

/** A limit for what never comes. */
const until = (look: () => unknown) => vi.waitFor(look, { timeout: 60_000 })

describe.skipIf(!hasPostgres)('one gate for all desks', () => {
  let cluster: Cluster
  let admin: Client
  let seen: SeenQuery[]
  let desks: TeamDesk[]

  const desk = (name: string, given: { readonly key?: number; readonly clock?: Clock } = {}): TeamDesk => {
    const opened = openDesk({ port: cluster.port, database: 'gate' }, { name, seen, ...given })
    desks.push(opened)
    return opened
  }

  beforeAll(async () => {
    cluster = await startCluster(['fsync=off'])
    admin = await cluster.createDatabase('gate')
    await admin.query('CREATE ROLE desk LOGIN IN ROLE td_desk')
  })

  beforeEach(async () => {
    seen = []
    desks = []
    await admin.query('DELETE FROM td.rule')
    await admin.query('SELECT td.allow_carrier($1, 1000, 60)', [CARRIER])
    // Shorter than an administrator may choose: the tests would take minutes. A silence is none.
    await admin.query(
      'UPDATE td.rule SET cooldown_ms = $1, poll_ms = 100, settle_ms = 1, silence_ms = 60000',
      [COOLDOWN],
    )
  })

  afterEach(() => {
    for (const opened of desks) opened.close()
  })

  afterAll(async () => {
    await admin?.end()
    cluster?.remove()
  })

  it('lets one query out at a time, whoever asks, with the cool-down between any two', async () => {
    const many = Array.from({ length: 5 }, (_, at) => desk(`desk ${at}`))
    const answers = many.flatMap(each =>
      [1, 2].map(async round => {
        if (round === 2) await until(() => expect(seen.some(query => query.desk === each.name)).toBe(true))
        return each.ask(round === 1 ? A : B, 30)
      }),
    )
    expect(await Promise.all(answers)).toEqual(many.flatMap(() => [ok(A), ok(B)]))
    expect(seen).toHaveLength(10)
    expect(broken(seen, COOLDOWN)).toEqual({ overlaps: 0, gaps: 0 })
  })

  it('says how many are before, and whose turn it is', async () => {
    const [first, second] = [desk('first'), desk('second')]
    const slow = first.ask(A, 1_500)
    await until(() => expect(seen).toHaveLength(1))
    const waiting = second.ask(B)
    await until(() =>
      expect(second.gate.state(second.limits, 'profile')).toMatchObject({
        waiting: { id: B },
        team: { mode: 'team', line: { ahead: 1, holder: 'first', why: 'turn' } },
      }),
    )
    expect(await slow).toEqual(ok(A))
    expect(await waiting).toEqual(ok(B))
    expect(second.gate.state(second.limits, 'profile').team?.line).toBeNull()
  })

  it('is left by who gives up waiting: nobody waits for them', async () => {
    const [first, second, third] = [desk('first'), desk('second'), desk('third')]
    const slow = first.ask(A, 2_500)
    await until(() => expect(seen).toHaveLength(1))
    const given = second.ask(A)
    await until(async () => expect((await admin.query('SELECT FROM td.place')).rowCount).toBe(1))
    const last = third.ask(B)
    second.gate.cancel()
    expect(await given).toEqual(fail({ code: 'CANCELLED' }))
    await until(async () => {
      const { rows } = await admin.query('SELECT name FROM td.place JOIN td.desk USING (origin, desk)')
      expect(rows).toEqual([{ name: 'third' }])
    })
    expect(await slow).toEqual(ok(A))
    expect(await last).toEqual(ok(B))
    expect(seen.map(query => query.desk)).toEqual(['first', 'third'])
  })

  it('keeps a desk’s place when the agent asks about somebody else meanwhile', async () => {
    const [first, second, third] = [desk('first'), desk('second'), desk('third')]
    const slow = first.ask(A, 2_000)
    await until(() => expect(seen).toHaveLength(1))
    const older = second.ask(A)
    await until(async () => expect((await admin.query('SELECT FROM td.place')).rowCount).toBe(1))
    const last = third.ask(A)
    await until(async () => expect((await admin.query('SELECT FROM td.place')).rowCount).toBe(2))
    const newer = second.ask(B)
    expect(await older).toEqual(fail({ code: 'SUPERSEDED' }))
    expect(await slow).toEqual(ok(A))
    expect(await newer).toEqual(ok(B))
    expect(await last).toEqual(ok(A))
    expect(seen.map(query => query.desk)).toEqual(['first', 'second', 'third'])
  })

  it('takes a turn away that was not kept: what is in flight is reset, and nothing is asked again', async () => {
    const first = desk('first')
    const asked = first.ask(A, 600_000)
    await until(() => expect(seen).toHaveLength(1))
    await admin.query("UPDATE td.gate SET expires_at = pg_catalog.clock_timestamp() - interval '1 s'")
    expect(await asked).toEqual(fail({ code: 'TURN_LOST' }))
    expect(first.turn()?.holds() ?? false).toBe(false)
    await until(() => expect(seen[0]?.to).not.toBeNull())
    expect(seen).toHaveLength(1)
  })

  it('lets nothing out after a sleep, though no timer had run yet', async () => {
    let slept = 0
    const sleepy: Clock = { ...systemClock, now: () => Date.now() + slept }
    const first = desk('first', { clock: sleepy })
    const asked = first.ask(A, 300)
    await until(() => expect(first.turn()).not.toBeNull())
    const turn = first.turn()
    expect(turn?.holds()).toBe(true)
    slept = 3_600_000
    expect(turn?.holds()).toBe(false)
    // The server still has the turn: with its next word it may be used again.
    await asked
  })

  it('closes for all desks where the carrier says 429 to one, and for a key’s desks where that is refused', async () => {
    const [first, second, other] = [desk('first'), desk('second'), desk('other', { key: 2 })]
    const carrier = { resultCode: '205', statusCode: '403', message: null }
    expect((await first.ask(A, 5, { code: 'KEY_REJECTED', carrier })).ok).toBe(false)
    const closed = fail({ code: 'GATE_CLOSED', reason: 'key-rejected', opensInMs: null })
    await until(async () => expect(await second.ask(A)).toEqual(closed))
    expect(await other.ask(A)).toEqual(ok(A))
    await other.ask(B, 5, { code: 'RATE_LIMITED', opensInMs: 30_000 })
    await until(async () =>
      expect(await other.ask(A)).toMatchObject({
        ok: false,
        failure: { code: 'GATE_CLOSED', reason: 'rate-limited' },
      }),
    )
    expect(seen).toHaveLength(3)
    // A late word of the same kind does not open it sooner.
    await admin.query(
      "SELECT td_v1.end_turn(origin, turn, 'rate-limited', 1000, 2) FROM td.query WHERE outcome = 'rate-limited'",
    )
    const { rows } = await admin.query(
      "SELECT limited_until > clock_timestamp() + interval '10 s' AS closed FROM td.gate",
    )
    expect(rows).toEqual([{ closed: true }])
  })

  it('is open to a new key at once, and to the refused one once it may be tried', async () => {
    const first = desk('first')
    first.turns.attend(first.limits)
    const carrier = { resultCode: '205', statusCode: '403', message: null }
    await first.ask(A, 5, { code: 'KEY_REJECTED', carrier })
    const shown = () => first.gate.state(first.limits, 'profile').closed?.reason
    await until(() => expect(shown()).toBe('key-rejected'))
    expect(await first.gate.tryKeyAgain(first.limits)).toMatchObject({
      ok: false,
      failure: { code: 'GATE_CLOSED', reason: 'key-rejected' },
    })
    first.gate.keyChanged(CARRIER)
    expect(shown()).not.toBe('key-rejected')
    expect(await first.ask(B, 5, undefined, 2)).toEqual(ok(B))
    expect(await first.ask(A)).toMatchObject({ ok: false, failure: { code: 'GATE_CLOSED' } })
    await admin.query("UPDATE td.refusal SET at = at - interval '1 minute'")
    expect(await first.gate.tryKeyAgain(first.limits)).toEqual(ok(null))
    expect(await first.ask(A)).toEqual(ok(A))
  })

  it('gives the same turn another query after the cool-down, and counts both', async () => {
    const first = desk('first')
    const done = await first.gate.run({
      key: A,
      account: { kind: 'line', id: A },
      profileId: 'profile',
      limits: first.limits,
      failureOf: () => null,
      async query(_signal, turn) {
        turn.holds()
        const next = await turn.next('sign-in')
        turn.holds()
        return next.ok ? ok('both') : next
      },
    })
    expect(done).toEqual(ok('both'))
    await until(async () => {
      const { rows } = await admin.query(
        `SELECT no, kind, outcome, started_at - lag(ended_at) OVER (ORDER BY no) >= interval '60 ms' AS cooled
           FROM td.query ORDER BY no`,
      )
      expect(rows).toEqual([
        { no: 1, kind: 'lookup', outcome: 'followed', cooled: null },
        { no: 2, kind: 'sign-in', outcome: 'answered', cooled: true },
      ])
    })
  })

  it('refuses what is over the team’s budget, and says when there is more', async () => {
    await admin.query('UPDATE td.rule SET budget = 1')
    const [first, second] = [desk('first'), desk('second')]
    expect(await first.ask(A)).toEqual(ok(A))
    const refused = await second.ask(B)
    expect(refused).toMatchObject({ ok: false, failure: { code: 'BUDGET_SPENT' } })
    expect(seen).toHaveLength(1)
  })

  it('asks nothing where the carrier is not allowed there, and says what to mend', async () => {
    await admin.query('DELETE FROM td.rule')
    const first = desk('first')
    expect(await first.ask(A)).toEqual(fail({ code: 'TEAM_REFUSED', reason: 'carrier' }))
    expect(seen).toHaveLength(0)
    // Once it is mended, the next question goes.
    await admin.query('SELECT td.allow_carrier($1, 1000, 60)', [CARRIER])
    await admin.query('UPDATE td.rule SET settle_ms = 1')
    expect(await first.ask(A)).toEqual(ok(A))
  })

  it('waits while the server restarts, then goes on: nobody asks alone', async () => {
    const [first, second] = [desk('first'), desk('second')]
    expect(await first.ask(A)).toEqual(ok(A))
    cluster.stop('immediate')
    const asked = [first.ask(B), second.ask(A)]
    await until(() => expect(first.gate.state(first.limits, 'profile').team?.mode).toBe('away'))
    cluster.start()
    admin = await cluster.connect({ database: 'gate' })
    expect(await Promise.all(asked)).toEqual([ok(B), ok(A)])
    expect(seen).toHaveLength(3)
    expect(broken(seen, COOLDOWN)).toEqual({ overlaps: 0, gaps: 0 })
    const { rows } = await admin.query("SELECT outcome FROM td.query WHERE outcome = 'alone'")
    expect(rows).toEqual([])
  })

  it('asks alone in its own slot while the server stays away, and tells the team when it is back', async () => {
    // One slot, which comes every six seconds.
    await admin.query('UPDATE td.rule SET away_slots = 1')
    const [first, second] = [desk('first'), desk('second')]
    first.turns.attend(first.limits)
    expect(await first.ask(A)).toEqual(ok(A))
    expect(await second.ask(A)).toEqual(ok(A))
    cluster.stop('fast')
    const alone = first.ask(B)
    await until(() => expect(first.gate.state(first.limits, 'profile').team).toMatchObject({ mode: 'alone' }))
    expect(first.gate.state(first.limits, 'profile').team?.nextInMs).toBeLessThanOrEqual(6_100)
    // The second desk has slot 1, and there is only one slot.
    expect(await second.ask(B)).toEqual(fail({ code: 'TEAM_AWAY' }))
    expect(await alone).toEqual(ok(B))
    cluster.start()
    admin = await cluster.connect({ database: 'gate' })
    await until(async () =>
      expect((await admin.query("SELECT FROM td.query WHERE outcome = 'alone'")).rowCount).toBe(1),
    )
    await until(() => expect(first.gate.state(first.limits, 'profile').team?.mode).toBe('team'))
    expect(await second.ask(B)).toEqual(ok(B))
    expect(broken(seen, COOLDOWN)).toEqual({ overlaps: 0, gaps: 0 })
  })
})
