import { spawnSync } from 'node:child_process'
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fail } from '../../domain/result.ts'
import { createLocalGate } from '../gate/local/local-gate.ts'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import { createGateFallback } from './gate-fallback.ts'
import { createGateStore } from './gate-store.ts'
import { createLookups } from './lookups.ts'
import { openStore, type Store } from './open-store.ts'
import { createSavedAccounts } from './saved-accounts.ts'
import { createKeyDates, createSettingsStore } from './settings.ts'
import { everyAccount } from './testing/every-account.ts'

/** A file system of 3 MB, which root can make on Linux. Elsewhere these tests are skipped. */
const canMount = process.platform === 'linux' && process.getuid?.() === 0

const PROFILE = '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'
const HOST = 'https://carrier.example.jp'
const LINE = { kind: 'line', id: '09012345678' } as const

let folder: string
let path: string
let clock: FakeClock

/** Takes all the room that is left. */
function fillUp(): void {
  const file = openSync(join(folder, 'filler'), 'w')
  try {
    for (const size of [65_536, 4_096, 1]) {
      try {
        for (;;) if (writeSync(file, Buffer.alloc(size)) < size) break
      } catch {
        // It is full for this size.
      }
    }
  } finally {
    closeSync(file)
  }
}

const makeRoom = () => rmSync(join(folder, 'filler'))

const recordIn = (store: Store, onRefused = () => {}) => {
  const lookups = createLookups(store.database, { onRefused })
  return (agent: string) =>
    lookups.record({
      profileId: PROFILE,
      origin: HOST,
      account: LINE,
      askedAt: clock.now(),
      repliedAt: clock.now(),
      durationMs: 1,
      agent,
      result: fail({ code: 'TIMEOUT' }),
      rawReply: 'x'.repeat(2_000),
    }).id
}

const agentsIn = ({ database }: Store) =>
  database
    .prepare('SELECT agent FROM lookup ORDER BY id')
    .all()
    .map(({ agent }) => agent)

describe.skipIf(!canMount)('on a disk that is full', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'traffic-desk-full-'))
    const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder])
    if (status !== 0) throw new Error(String(stderr))
    path = join(folder, 'traffic-desk.sqlite')
    clock = createFakeClock()
  })

  afterEach(() => {
    spawnSync('umount', [folder])
    rmSync(folder, { recursive: true, force: true })
  })

  it('every lookup that was acknowledged is there afterwards, and each of the others was told of', async () => {
    const store = openStore(path, clock)
    let refused = 0
    const record = recordIn(store, () => refused++)
    const kept: string[] = []
    for (let number = 0; number < 1_500; number++)
      if (record(String(number)) !== null) kept.push(String(number))
    expect(kept.length).toBeGreaterThan(100)
    expect(refused).toBe(1_500 - kept.length)
    expect(refused).toBeGreaterThan(100)
    await store.close()
    const again = openStore(path, clock)
    // Without room for a log, the database can only be read.
    expect(['ok', 'read-only']).toContain(again.condition().kind)
    expect(agentsIn(again)).toEqual(kept)
    await again.close()
  })

  it('no other write is acknowledged either, and all work again once there is room', async () => {
    const store = openStore(path, clock)
    const lines = createSavedAccounts(store.database, clock)
    const settings = createSettingsStore(store.database, clock)
    const keyDates = createKeyDates(store.database)
    const record = recordIn(store)
    const draft = { account: LINE, label: 'y'.repeat(60), note: 'z'.repeat(500), pinned: false }
    record('before')
    fillUp()
    while (record('filling') !== null);
    const accountOf = (n: number) => ({ kind: 'line' as const, id: `0801${String(n).padStart(7, '0')}` })
    const many = Array.from({ length: 300 }, (_, n) => ({ ...draft, account: accountOf(n) }))
    expect(lines.importAll(PROFILE, many)).toBe('refused')
    expect(everyAccount(lines, PROFILE)).toEqual([])
    expect(settings.saveSettings({ ...settings.settings(), retentionDays: 7 })).toBe(false)
    expect(settings.settings().retentionDays).not.toBe(7)
    keyDates.saved({ profileId: PROFILE, origin: HOST }, 1)
    expect(keyDates.savedAt({ profileId: PROFILE, origin: HOST })).toBeNull()
    expect(await store.backUp(clock.now())).toBe(false)
    expect(readdirSync(folder).filter(name => /partial|backup/.test(name))).toEqual([])
    makeRoom()
    expect(record('after')).toBeGreaterThan(0)
    expect(lines.add(PROFILE, draft)).toBe('done')
    await store.close()
  })

  it('room for one backup and not for two is enough', async () => {
    const store = openStore(path, clock)
    const record = recordIn(store)
    for (let number = 0; number < 40; number++) record(String(number))
    store.database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    const { bavail, bsize } = statfsSync(folder)
    writeFileSync(
      join(folder, 'filler'),
      Buffer.alloc(bavail * bsize - Math.round(statSync(path).size * 1.5)),
    )
    expect(await store.backUp(clock.now())).toBe(true)
    await store.close()
  })

  it('the gate’s queries and closures are no free ones after a restart', async () => {
    const ask = (gate: ReturnType<typeof gateOf>) =>
      gate.run({
        key: LINE.id,
        account: LINE,
        profileId: PROFILE,
        limits,
        query: async () => fail({ code: 'TIMEOUT' }),
        failureOf: () => null,
      })
    const limits = { origin: HOST, cooldownMs: 3_000, budget: 5, signIns: 6 }
    const gateOf = (store: Store) =>
      createLocalGate<null>({
        clock,
        store: createGateStore(store.database, { fallback: createGateFallback(`${path}-gate`) }),
      })
    const store = openStore(path, clock)
    const gate = gateOf(store)
    await ask(gate)
    fillUp()
    const record = recordIn(store)
    while (record('filling') !== null);
    for (let number = 0; number < 4; number++) {
      clock.advance(10_000)
      await ask(gate)
    }
    expect(gate.state(limits, PROFILE).closed?.reason).toBe('budget')
    await store.close()
    clock.advance(60_000)
    const again = openStore(path, clock)
    expect(gateOf(again).state(limits, PROFILE).closed?.reason).toBe('budget')
    expect(gateOf(again).state({ ...limits, budget: 6 }, PROFILE).closed).toBeNull()
    createGateStore(again.database, { fallback: createGateFallback(`${path}-gate`) }).close(HOST, {
      reason: 'key-rejected',
      closedAt: clock.now(),
      until: null,
    })
    await again.close()
    const third = openStore(path, clock)
    expect(gateOf(third).state({ ...limits, budget: 60 }, PROFILE).closed?.reason).toBe('key-rejected')
    await third.close()
  })
})
