import { describe, expect, it } from 'vitest'
import { isReached, measures, type RestrictionRules } from './restriction.ts'
import type { DailyUsage } from './traffic.ts'

const days: readonly DailyUsage[] = [10, 100, 1_000].map((kb, index) => ({
  date: null,
  daysBefore: index + 1,
  kb,
}))
const rules = (given: Partial<RestrictionRules>): RestrictionRules => ({
  dayKb: null,
  threeDays: null,
  liftedWhen: '',
  ...given,
})

describe('an operator’s limits', () => {
  it('are measured with today or without it, as the rule says', () => {
    expect(measures(rules({ threeDays: { kb: 500, withToday: true } }), 1, days).threeDays).toEqual({
      usedKb: 111,
      limitKb: 500,
    })
    expect(measures(rules({ threeDays: { kb: 500, withToday: false } }), 1, days).threeDays).toEqual({
      usedKb: 1_110,
      limitKb: 500,
    })
  })

  it('are not measured where the operator has none', () => {
    expect(measures(rules({}), 1, days)).toEqual({ day: null, threeDays: null })
  })

  it.each([
    [99, false],
    [100, true],
    [101, true],
    [null, false],
  ])('are reached from the limit on, and never by what is not known: %j of 100', (usedKb, reached) => {
    expect(isReached({ usedKb, limitKb: 100 })).toBe(reached)
  })

  it('of three days are not known where the carrier gives no days', () => {
    const { threeDays } = measures(rules({ threeDays: { kb: 5, withToday: true } }), 9, null)
    expect(threeDays).toEqual({ usedKb: null, limitKb: 5 })
  })
})
