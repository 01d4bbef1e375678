import { type DailyUsage, threeDaySums } from './traffic.ts'

/** When an operator restricts a line's speed. The carrier answers whether, and these rules explain why and until when. */
export interface RestrictionRules {
  /** KB in one day; null for no such rule. */
  readonly dayKb: number | null
  /** KB in three days, which end today or yesterday; null for no such rule. */
  readonly threeDays: ThreeDayLimit | null
  /** What lifts a restriction, as the operator says it to a customer: a sentence, or empty. */
  readonly liftedWhen: string
}

export interface ThreeDayLimit {
  readonly kb: number
  readonly withToday: boolean
}

/** How much of a limit is used, in KB; `usedKb` is null where the carrier gave no figure. */
export interface Measure {
  readonly usedKb: number | null
  readonly limitKb: number
}

export interface Measures {
  readonly day: Measure | null
  readonly threeDays: Measure | null
}

/** Compares one report's figures with the rules; null where the operator has no such rule. */
export function measures(
  rules: RestrictionRules,
  todayKb: number | null,
  days: readonly DailyUsage[] | null,
): Measures {
  const sums = threeDaySums(todayKb, days)
  const { dayKb, threeDays } = rules
  return {
    day: dayKb === null ? null : { usedKb: todayKb, limitKb: dayKb },
    threeDays: threeDays && {
      usedKb: threeDays.withToday ? sums.withToday : sums.withoutToday,
      limitKb: threeDays.kb,
    },
  }
}

/** Whether a limit is reached. What is not known reaches none. */
export const isReached = (measure: Measure | null): boolean =>
  measure !== null && measure.usedKb !== null && measure.usedKb >= measure.limitKb
