import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { fail } from '../../domain/result.ts'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import { backupsOf } from './backups.ts'
import { createLookups, type Lookups } from './lookups.ts'
import { createNoted } from './noted.ts'
import { openStore, type Store } from './open-store.ts'
import { createUpkeep, type Upkeep } from './upkeep.ts'

const PROFILE = '8c3f1f2e-9d54-4c41-9f7b-0c7a3a3f5a10'
const LINE = { kind: 'line', id: '09012345678' } as const
const HOUR = 3_600_000
const DAY = 24 * HOUR

let folder: string
let path: string
let clock: FakeClock
let store: Store
let lookups: Lookups
/** What is known of the time; null where it is not certain. */
let now: () => number | null
let retentionDays: number
let isDiskFull: boolean
let told: number
let upkeep: Upkeep

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'traffic-desk-upkeep-'))
  path = join(folder, 'traffic-desk.sqlite')
  clock = createFakeClock()
  now = clock.now
  retentionDays = 90
  isDiskFull = false
  told = 0
  open()
})

afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

function open(): void {
  store = openStore(path, clock)
  lookups = createLookups(store.database)
  upkeep = createUpkeep({
    store: { ...store, backUp: async at => !isDiskFull && store.backUp(at) },
    time: { now: () => now() },
    clock,
    retentionDays: () => retentionDays,
    chosenDays: () => 90,
    heldDays: createNoted(store.database, 'retention', z.number()),
    onBackUpFailed: () => told++,
  })
}

function record(daysAgo: number): void {
  const at = clock.now() - daysAgo * DAY
  lookups.record({
    profileId: PROFILE,
    origin: 'https://carrier.example',
    account: LINE,
    askedAt: at,
    repliedAt: at,
    durationMs: 1,
    agent: 'sato',
    result: fail({ code: 'TIMEOUT' }),
    rawReply: null,
  })
}

const count = () => lookups.history(PROFILE, LINE.id).length
const ages = () => backupsOf(path).map(({ at }) => (clock.now() - at) / HOUR)
const filesWith = (text: string) =>
  readdirSync(folder).filter(name => readFileSync(join(folder, name)).includes(text))

async function hours(many: number): Promise<void> {
  for (let hour = 0; hour < many; hour++) {
    clock.advance(HOUR)
    await upkeep.tick()
  }
}

describe('a backup', () => {
  it('is taken once a day, and two are kept', async () => {
    await upkeep.tick()
    expect(ages()).toEqual([0])
    await hours(22)
    expect(ages()).toEqual([22])
    await hours(1)
    expect(ages()).toEqual([0, 23])
    await hours(46)
    expect(ages()).toEqual([0, 23])
  })

  it('is taken where there is none, also while the time is not certain, and then no second one', async () => {
    now = () => null
    await hours(72)
    expect(ages()).toEqual([71])
  })

  it('is not made by the hour, and takes no good one’s place, after the clock was a year ahead', async () => {
    await upkeep.tick()
    clock.jumpWall(365 * DAY)
    await store.backUp(clock.now())
    clock.jumpWall(-365 * DAY)
    const good = clock.now()
    await hours(22)
    expect(backupsOf(path).map(({ at }) => at)).toContain(good)
    expect(backupsOf(path)).toHaveLength(2)
  })

  it('is taken daily again after the clock was a year ahead', async () => {
    clock.jumpWall(365 * DAY)
    await store.backUp(clock.now())
    clock.jumpWall(-365 * DAY)
    await hours(26)
    expect(ages()[0]).toBeGreaterThanOrEqual(0)
    expect(ages()[0]).toBeLessThan(4)
  })

  it('that the disk does not take is told once, and made when it does', async () => {
    isDiskFull = true
    await hours(3)
    expect([told, ages()]).toEqual([1, []])
    isDiskFull = false
    await hours(1)
    expect(ages()).toEqual([0])
    isDiskFull = true
    await hours(24)
    expect(told).toBe(2)
  })

  it('of a store that is kept in memory alone is neither taken nor missed', async () => {
    await store.close()
    const file = join(folder, 'a file')
    writeFileSync(file, '')
    path = join(file, 'traffic-desk.sqlite')
    open()
    await hours(30)
    expect(told).toBe(0)
  })
})

describe('retention', () => {
  it('removes what is older than the settings say', async () => {
    record(91)
    record(89)
    await upkeep.tick()
    expect(count()).toBe(1)
  })

  it('waits while the time is not certain: a clock a year ahead takes no history', async () => {
    record(1)
    now = () => null
    clock.jumpWall(365 * DAY)
    await hours(3)
    expect(count()).toBe(1)
  })

  it('goes by the certain time and not by the wall clock', async () => {
    record(1)
    const certain = clock.now()
    now = () => certain
    clock.jumpWall(365 * DAY)
    await upkeep.tick()
    expect(count()).toBe(1)
    now = () => certain + 90 * DAY
    await upkeep.tick()
    expect(count()).toBe(0)
  })

  it('of no days needs no time', async () => {
    now = () => null
    record(0)
    retentionDays = 0
    await upkeep.tick()
    expect(count()).toBe(0)
  })

  it('is obeyed by what was set aside as damaged, with the log that belongs to it', async () => {
    const old = `traffic-desk.sqlite.damaged-${clock.now() - 91 * DAY}`
    const young = `traffic-desk.sqlite.damaged-${clock.now() - 89 * DAY}`
    for (const name of [old, `${old}-wal`, young]) writeFileSync(join(folder, name), LINE.id)
    await upkeep.tick()
    expect(readdirSync(folder).filter(name => name.includes('damaged'))).toEqual([young])
    retentionDays = 0
    await upkeep.tick()
    expect(readdirSync(folder).filter(name => name.includes('damaged'))).toEqual([])
  })

  it('of no days leaves an unsaved number in no log', async () => {
    record(0)
    expect(filesWith(LINE.id)).not.toEqual([])
    retentionDays = 0
    await store.retain(null)
    expect(filesWith(LINE.id).filter(name => name.endsWith('-wal'))).toEqual([])
  })
})

describe('a shorter retention', () => {
  it('erases from the backups too', async () => {
    record(40)
    await upkeep.tick()
    expect(filesWith(LINE.id).length).toBeGreaterThan(1)
    retentionDays = 30
    await upkeep.shorten()
    expect(filesWith(LINE.id)).toEqual([])
  })

  it('does so where an administrator shortened it between two runs', async () => {
    record(40)
    await upkeep.tick()
    await store.close()
    retentionDays = 30
    open()
    await upkeep.tick()
    expect(filesWith(LINE.id)).toEqual([])
  })

  it('does so as soon as the time is certain, over a restart too', async () => {
    record(40)
    await upkeep.tick()
    now = () => null
    retentionDays = 30
    await upkeep.shorten()
    expect(filesWith(LINE.id)).not.toEqual([])
    await store.close()
    open()
    now = clock.now
    await upkeep.tick()
    expect(filesWith(LINE.id)).toEqual([])
    expect(backupsOf(path)).toHaveLength(1)
  })
})
