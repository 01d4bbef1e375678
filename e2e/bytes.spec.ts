import { expect, test } from '@playwright/test'
import { budgets } from '../bench/bytes.ts'

/** Bytes are not noisy: unlike times they are held to their budget with every run of the tests. */
for (const what of [
  'initial JS and CSS, gzip',
  'the chart’s chunk, gzip',
  'main at its start, raw',
  'preload, raw',
]) {
  test(`the built program keeps to its budget: ${what}`, () => {
    const budget = budgets().find(one => one.what === what)
    expect(budget?.bytes).toBeGreaterThan(0)
    expect(budget?.bytes).toBeLessThanOrEqual(budget?.atMost ?? 0)
  })
}
