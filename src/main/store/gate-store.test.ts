import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Account } from '../../domain/account.ts'
import { ok } from '../../domain/result.ts'
import type { Gate, GateLimits } from '../gate/gate.ts'
import type { GateStore } from '../gate/local/gate-store.ts'
import { createLocalGate } from '../gate/local/local-gate.ts'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import { createGateStore } from './gate-store.ts'
import { openStore } from './open-store.ts'
import type { Database } from './sqlite.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const HOST = 'https://carrier.example.jp'
const OTHER = 'https://other.example.jp'
const LINE: Account = { kind: 'line', id: '09012345678' }
const PROFILE = '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'
const limits: GateLimits = { origin: HOST, cooldownMs: 3 * SECOND, budget: 60, signIns: 6 }

let folder: string
let clock: FakeClock

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-gateStore-'))
  clock = createFakeClock()
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** One run of the program. */
async function run<T>(
  work: (gateStore: GateStore, gate: Gate<null>, database: Database) => T | Promise<T>,
): Promise<T> {
  const store = openStore(join(folder, 'traffic-desk.sqlite'), clock)
  try {
    const gateStore = createGateStore(store.database)
    return await work(gateStore, createLocalGate<null>({ clock, store: gateStore }), store.database)
  } finally {
    await store.close()
  }
}

const ask = (gate: Gate<null>, query: () => Promise<ReturnType<typeof ok<null>>>) =>
  gate.run({ key: LINE.id, account: LINE, profileId: PROFILE, limits, query, failureOf: () => null })

const startedIn = (database: Database) =>
  database
    .prepare('SELECT started_at AS at FROM gate_query ORDER BY at')
    .all()
    .map(row => row['at'])

describe('a query', () => {
  it('is remembered over a restart with its start and its end, for its own carrier alone', async () => {
    const startedAt = clock.now()
    await run((_store, gate) =>
      ask(gate, async () => {
        clock.advance(350)
        return ok(null)
      }),
    )
    clock.advance(MINUTE)
    await run(gateStore => {
      expect(gateStore.queries(HOST, startedAt, clock.now())).toEqual([
        { startedAt, endedAt: startedAt + 350 },
      ])
      expect(gateStore.queries(OTHER, startedAt, clock.now())).toEqual([])
    })
  })

  it('is written down before it is sent, so that a crash does not make it free', async () => {
    const startedAt = clock.now()
    await run((gateStore, gate) =>
      ask(gate, async () => {
        expect(gateStore.queries(HOST, startedAt, clock.now())).toEqual([{ startedAt, endedAt: null }])
        return ok(null)
      }),
    )
  })

  it('before a restart is still in the cool-down of the next run', async () => {
    await run((_store, gate) => ask(gate, async () => ok(null)))
    clock.advance(SECOND)
    await run((_store, gate) => {
      expect(gate.state(limits, PROFILE).closed).toEqual({ reason: 'cool-down', opensInMs: 2 * SECOND })
    })
  })

  it('that a crash left open is ended at the restart, once: the next restart does not end it anew', async () => {
    const startedAt = clock.now()
    await run(gateStore => gateStore.started(HOST, startedAt))
    clock.advance(10 * MINUTE)
    const restartedAt = clock.now()
    await run((_store, gate) => {
      expect(gate.state(limits, PROFILE).closed).toEqual({ reason: 'cool-down', opensInMs: 3 * SECOND })
    })
    clock.advance(2 * SECOND)
    await run((gateStore, gate) => {
      expect(gate.state(limits, PROFILE).closed).toEqual({ reason: 'cool-down', opensInMs: SECOND })
      expect(gateStore.queries(HOST, startedAt, clock.now())).toEqual([{ startedAt, endedAt: restartedAt }])
    })
  })

  it('that a crash left open counts in the budget like any other', async () => {
    await run(gateStore => gateStore.started(HOST, clock.now()))
    clock.advance(20 * MINUTE)
    await run((_store, gate) => {
      expect(gate.state({ ...limits, budget: 1 }, PROFILE).closed).toEqual({
        reason: 'budget',
        opensInMs: 40 * MINUTE,
      })
    })
  })
})

describe('the budget after a restart', () => {
  it('counts the queries of the last hour and none before', async () => {
    await run(async (_store, gate) => {
      await ask(gate, async () => ok(null))
      clock.advance(30 * MINUTE)
      await ask(gate, async () => ok(null))
    })
    clock.advance(30 * MINUTE - 1)
    await run((_store, gate) => {
      expect(gate.state({ ...limits, budget: 2 }, PROFILE).closed).toEqual({ reason: 'budget', opensInMs: 1 })
    })
    clock.advance(2)
    await run((_store, gate) => {
      expect(gate.state({ ...limits, budget: 2 }, PROFILE).closed).toBeNull()
      expect(gate.state({ ...limits, budget: 1 }, PROFILE).closed).toMatchObject({ reason: 'budget' })
    })
  })

  it('finds them oldest first, in whatever order they were written', async () => {
    const now = clock.now()
    await run(gateStore => {
      for (const at of [now - MINUTE, now - 3 * MINUTE, now - 2 * MINUTE]) gateStore.started(HOST, at)
      expect(gateStore.queries(HOST, now - HOUR, clock.now()).map(({ startedAt }) => startedAt)).toEqual([
        now - 3 * MINUTE,
        now - 2 * MINUTE,
        now - MINUTE,
      ])
    })
  })

  it('is all that is kept: what is days old is no longer in the file', async () => {
    const now = clock.now()
    await run(gateStore => {
      gateStore.started(HOST, now - 48 * HOUR)
      gateStore.started(OTHER, now - 48 * HOUR)
      gateStore.started(OTHER, now - 20 * MINUTE)
      gateStore.started(HOST, now - 10 * MINUTE)
    })
    await run((_store, gate, database) => {
      gate.state(limits, PROFILE)
      expect(startedIn(database)).toEqual([now - 20 * MINUTE, now - 10 * MINUTE])
    })
  })
})

describe('ending a query', () => {
  it('ends that one, and neither an earlier one of the carrier nor one of another carrier', async () => {
    const now = clock.now()
    await run(gateStore => {
      gateStore.started(HOST, now)
      gateStore.started(OTHER, now + SECOND)
      gateStore.started(HOST, now + SECOND)
      gateStore.ended(HOST, now + SECOND, now + 2 * SECOND)
      expect(gateStore.queries(HOST, now, now + HOUR)).toEqual([
        { startedAt: now, endedAt: null },
        { startedAt: now + SECOND, endedAt: now + 2 * SECOND },
      ])
      expect(gateStore.queries(OTHER, now, now + HOUR)).toEqual([{ startedAt: now + SECOND, endedAt: null }])
    })
  })

  it('leaves one of the same moment that has ended as it was: the wall clock may have been set back', async () => {
    const now = clock.now()
    await run(gateStore => {
      gateStore.started(HOST, now)
      gateStore.ended(HOST, now, now + 100)
      gateStore.started(HOST, now)
      gateStore.ended(HOST, now, now + 700)
      expect(gateStore.queries(HOST, now, now + HOUR)).toEqual([
        { startedAt: now, endedAt: now + 100 },
        { startedAt: now, endedAt: now + 700 },
      ])
    })
  })
})

describe('a closure', () => {
  it('is kept over a restart as it was written, for its own carrier alone', async () => {
    const now = clock.now()
    const limited = { reason: 'rate-limited', closedAt: now, until: now + MINUTE } as const
    const rejected = { reason: 'key-rejected', closedAt: now + SECOND, until: null } as const
    await run(gateStore => {
      gateStore.close(HOST, limited)
      gateStore.close(OTHER, rejected)
    })
    await run(gateStore => {
      expect(gateStore.closure(HOST)).toEqual(limited)
      expect(gateStore.closure(OTHER)).toEqual(rejected)
      expect(gateStore.closure('https://third.example.jp')).toBeNull()
    })
  })

  it('takes the place of the one before it, in every part of it', async () => {
    const now = clock.now()
    const rejected = { reason: 'key-rejected', closedAt: now + MINUTE, until: null } as const
    const limited = { reason: 'rate-limited', closedAt: now + HOUR, until: now + 2 * HOUR } as const
    const other = { reason: 'rate-limited', closedAt: now, until: now + SECOND } as const
    await run(gateStore => {
      gateStore.close(OTHER, other)
      gateStore.close(HOST, { reason: 'rate-limited', closedAt: now, until: now + MINUTE })
      gateStore.close(HOST, rejected)
      expect(gateStore.closure(HOST)).toEqual(rejected)
      gateStore.close(HOST, limited)
    })
    await run(gateStore => {
      expect(gateStore.closure(HOST)).toEqual(limited)
      expect(gateStore.closure(OTHER)).toEqual(other)
    })
  })

  it('that was lifted is gone after a restart, and another carrier’s is not', async () => {
    const closure = { reason: 'key-rejected', closedAt: clock.now(), until: null } as const
    await run(gateStore => {
      gateStore.close(HOST, closure)
      gateStore.close(OTHER, closure)
      gateStore.reopen(HOST)
    })
    await run(gateStore => {
      expect(gateStore.closure(HOST)).toBeNull()
      expect(gateStore.closure(OTHER)).toEqual(closure)
    })
  })

  it('holds the gate of the next run shut', async () => {
    await run(gateStore =>
      gateStore.close(HOST, { reason: 'key-rejected', closedAt: clock.now(), until: null }),
    )
    await run((_store, gate) => {
      expect(gate.state(limits, PROFILE).closed).toEqual({ reason: 'key-rejected', opensInMs: null })
    })
  })
})

it('a query of a clock that was ahead counts as begun now, and ages from then on', async () => {
  const store = openStore(join(folder, 'ahead.sqlite'), createFakeClock())
  const gateStore = createGateStore(store.database)
  const now = Date.parse('2026-11-23T13:05:00+09:00')
  const ahead = now + 200 * 24 * HOUR
  gateStore.started(HOST, ahead)
  gateStore.ended(HOST, ahead, ahead + SECOND)
  expect(gateStore.queries(HOST, now - HOUR, now)).toEqual([{ startedAt: now, endedAt: now }])
  expect(gateStore.queries(HOST, now + 1, now + 2 * HOUR)).toEqual([])
  await store.close()
})
