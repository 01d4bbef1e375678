import { describe, expect, it } from 'vitest'
import { createFakeClock } from '../../testing/fake-clock.ts'
import { stampOf } from './lease.ts'
import { createServerTime } from './server-time.ts'

describe('the server’s time', () => {
  it('is not known before it was heard, and goes on by the clock that can’t be set', () => {
    const clock = createFakeClock()
    const time = createServerTime(clock)
    expect(time.now()).toBeNull()
    const asked = stampOf(clock)
    clock.advance(100)
    time.heard(5_000_000, asked)
    clock.advance(1_000)
    clock.jumpWall(900)
    expect(time.now()).toBe(5_001_050)
  })

  it('is taken from the quickest answer: half of a slow one’s way is not known', () => {
    const clock = createFakeClock()
    const time = createServerTime(clock)
    const answer = (serverMs: number, tookMs: number) => {
      const asked = stampOf(clock)
      clock.advance(tookMs)
      time.heard(serverMs, asked)
    }
    answer(1_000_000, 2)
    answer(1_000_900, 800)
    expect(time.now()).toBe(1_000_801)
  })

  it('is heard anew once this computer’s clock was set, or stood still', () => {
    const clock = createFakeClock()
    const time = createServerTime(clock)
    time.heard(1_000_000, stampOf(clock))
    clock.jumpWall(5_000)
    expect(time.now()).toBe(1_005_000)
    const asked = stampOf(clock)
    clock.advance(400)
    time.heard(1_000_200, asked)
    expect(time.now()).toBe(1_000_400)
  })
})
