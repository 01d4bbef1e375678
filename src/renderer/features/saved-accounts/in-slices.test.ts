import { describe, expect, it } from 'vitest'
import { inSlices } from './in-slices.ts'

/** Items that take a while each. */
function slow(count: number, ms: number) {
  const clock = { now: 0, pauses: [] as number[] }
  function* items() {
    for (let n = 1; n <= count; n++) {
      clock.now += ms
      yield n
    }
  }
  return {
    clock,
    items: items(),
    monotonic: () => clock.now,
    async pause() {
      clock.pauses.push(clock.now)
    },
  }
}

describe('long work in the page', () => {
  it('is all done, in its order, and lets the page have its turn every 16 ms', async () => {
    const { items, clock, ...rest } = slow(20, 4)
    const told: number[] = []
    const report = (done: number) => {
      told.push(done)
      return true
    }
    expect(await inSlices(items, { ...rest, report })).toEqual(Array.from({ length: 20 }, (_, n) => n + 1))
    expect(clock.pauses).toEqual([16, 32, 48, 64, 80])
    expect(told).toEqual([4, 8, 12, 16, 20])
  })

  it('that is short is done at once', async () => {
    const { items, clock, ...rest } = slow(3, 1)
    expect(await inSlices(items, { ...rest, report: () => true })).toEqual([1, 2, 3])
    expect(clock.pauses).toEqual([])
  })

  it('that nobody waits for any more is given up at its next turn', async () => {
    const { items, clock, ...rest } = slow(1_000, 4)
    expect(await inSlices(items, { ...rest, report: done => done < 8 })).toBeNull()
    expect(clock.now).toBe(32)
  })
})
