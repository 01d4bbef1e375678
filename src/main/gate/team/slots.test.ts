import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LONE_QUERY_MS, SLOT_START_MS, untilSlot } from './slots.ts'

const slots = fc.record({
  slot: fc.nat(15),
  slots: fc.constant(16),
  cooldownMs: fc.constantFrom(1_000, 3_000, 60_000),
})
const now = fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 })

describe('the slots of desks that are alone', () => {
  it('of any two desks never begin within a query and its cool-down of each other', () => {
    fc.assert(
      fc.property(slots, fc.nat(15), now, (mine, other, at) => {
        fc.pre(mine.slot !== other)
        const a = at + untilSlot(mine, at, null)
        const b = at + untilSlot({ ...mine, slot: other }, at, null)
        // One may begin late, and the other at once.
        expect(Math.abs(a - b)).toBeGreaterThanOrEqual(
          mine.cooldownMs + LONE_QUERY_MS + SLOT_START_MS - SLOT_START_MS,
        )
      }),
    )
  })

  it('come once a cycle, however often they are looked for', () => {
    fc.assert(
      fc.property(slots, now, (mine, at) => {
        const begins = at + untilSlot(mine, at, null)
        const next = begins + untilSlot(mine, begins, begins)
        expect(next - begins).toBe((mine.cooldownMs + LONE_QUERY_MS + 1_000) * mine.slots)
      }),
    )
  })

  it('are missed where their beginning is over', () => {
    const mine = { slot: 0, slots: 2, cooldownMs: 1_000 }
    const begins = 14_000 * 1_000_000
    expect(untilSlot(mine, begins, null)).toBe(0)
    expect(untilSlot(mine, begins + SLOT_START_MS - 1, null)).toBe(1 - SLOT_START_MS)
    expect(untilSlot(mine, begins + SLOT_START_MS, null)).toBe(14_000 - SLOT_START_MS)
  })
})
