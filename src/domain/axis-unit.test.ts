import { expect, it } from 'vitest'
import { unitOf } from './data-size.ts'

it.each([
  [1024, 0, 'KB', 1],
  [1024, 1_023, 'KB', 1],
  [1024, 1_024, 'MB', 1_024],
  [1024, 1_048_575, 'MB', 1_024],
  [1024, 1_048_576, 'GB', 1_048_576],
  [1024, 1_073_741_824, 'GB', 1_048_576],
  [1000, 999, 'KB', 1],
  [1000, 1_000, 'MB', 1_000],
  [1000, 999_999, 'MB', 1_000],
  [1000, 1_000_000, 'GB', 1_000_000],
] as const)('with %i to a unit, days of up to %i KB are drawn in %s', (base, largest, name, kb) => {
  expect(unitOf(largest, base)).toEqual({ name, kb })
})
