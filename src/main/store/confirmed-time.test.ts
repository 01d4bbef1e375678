import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { createFakeClock, type FakeClock } from '../testing/fake-clock.ts'
import { createConfirmedTime } from './confirmed-time.ts'
import { migrate } from './schema.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

let database: DatabaseSync
let clock: FakeClock

beforeEach(() => {
  database = new DatabaseSync(':memory:')
  migrate(database)
  clock = createFakeClock()
})

const start = () => createConfirmedTime(database, clock)

it('the first start of all knows no time for certain', () => {
  expect(start().now()).toBeNull()
})

describe('two starts', () => {
  it.each([0, HOUR, 3 * DAY, 14 * DAY])('that agree confirm the time: %i ms apart', apart => {
    start()
    clock.advance(apart)
    expect(start().now()).toBe(clock.now())
  })

  it('a year apart do not: one of them had its clock wrong', () => {
    start()
    clock.jumpWall(365 * DAY)
    expect(start().now()).toBeNull()
  })

  it('of which the later one is earlier do not', () => {
    start()
    clock.jumpWall(-1)
    expect(start().now()).toBeNull()
  })

  it('do not where the run between them ended later than the second begins', () => {
    const first = start()
    clock.advance(2 * HOUR)
    first.note()
    clock.jumpWall(-HOUR)
    expect(start().now()).toBeNull()
  })

  it('agree again once the clock is right: the start after a wrong one is the first of two', () => {
    start()
    clock.jumpWall(365 * DAY)
    start()
    clock.jumpWall(-365 * DAY)
    expect(start().now()).toBeNull()
    clock.advance(HOUR)
    expect(start().now()).toBe(clock.now())
  })
})

describe('the carrier’s word', () => {
  it('confirms the time, whatever the wall clock says', () => {
    const time = start()
    time.confirm(clock.now() + 365 * DAY)
    expect(time.now()).toBe(clock.now() + 365 * DAY)
  })

  it('stands over two starts that agree', () => {
    start()
    const time = start()
    time.confirm(clock.now() - DAY)
    expect(time.now()).toBe(clock.now() - DAY)
  })
})

it('goes on by the clock that nobody sets: a jump of the wall clock changes nothing', () => {
  start()
  const time = start()
  const at = clock.now()
  clock.advance(HOUR)
  clock.jumpWall(365 * DAY)
  expect(time.now()).toBe(at + HOUR)
  clock.jumpWall(-800 * DAY)
  expect(time.now()).toBe(at + HOUR)
})

it('a damaged note of the last start is none', () => {
  start()
  database.exec("UPDATE setting SET value = '{' WHERE name = 'clock'")
  expect(start().now()).toBeNull()
})
