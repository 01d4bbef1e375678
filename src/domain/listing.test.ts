import { expect, it } from 'vitest'
import { listingOf } from './listing.ts'
import type { Blacklist } from './traffic.ts'

const answers = (...states: readonly Blacklist[]) =>
  states.map((blacklist, index) => ({
    repliedAt: 1_000 - index,
    report: {
      todayKb: 1,
      recentDays: null,
      blacklist,
      carrier: { resultCode: '100', statusCode: null, message: null },
      clockOffMs: 0,
    },
  }))

it.each([
  [
    ['listed', 'listed', 'not-listed'],
    { state: 'listed', since: 999, before: { state: 'not-listed', at: 998 } },
  ],
  [['listed', 'unknown', 'listed'], { state: 'listed', since: 998, before: null }],
  [
    ['not-listed', 'unknown', 'listed'],
    { state: 'not-listed', since: 1_000, before: { state: 'listed', at: 998 } },
  ],
  [['unknown', 'listed'], null],
  [[], null],
] as const)('the state of %j is known since it was first seen without a break', (states, expected) => {
  expect(listingOf(answers(...states))).toEqual(expected)
})
