import { expect, it } from 'vitest'
import { shiftStart } from './shift.ts'

it.each([
  ['2026-11-30T18:00:00+09:00', '2026-11-30T00:00:00+09:00'],
  ['2026-11-30T09:00:00+09:00', '2026-11-29T21:00:00+09:00'],
  ['2026-12-01T02:00:00+09:00', '2026-11-30T14:00:00+09:00'],
])('the day of %s began at %s: at midnight, or half a day ago in a night shift', (now, start) => {
  expect(shiftStart(Date.parse(now))).toBe(Date.parse(start))
})
