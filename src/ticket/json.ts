import { japanTime } from '../domain/traffic.ts'
import type { TicketFacts } from './facts.ts'

/** For programs: English names, raw KB, null for "no data", times in Japan's offset. */
export function jsonTicket(facts: TicketFacts): string {
  const { outcome } = facts
  return JSON.stringify(
    {
      number: facts.number,
      kind: facts.kind,
      label: facts.label,
      askedAt: japanTime(facts.askedAt),
      agent: facts.agent,
      resultCode: facts.carrier?.resultCode ?? null,
      message: facts.carrier?.message ?? null,
      ...(outcome.ok
        ? {
            asOf: japanTime(outcome.repliedAt),
            ...(!outcome.day.isCertain && { day: outcome.day.dates }),
            ...(!outcome.isOfToday && { ofToday: false }),
            blacklist: outcome.blacklist,
            todayKb: outcome.todayKb,
            threeDaysWithTodayKb: outcome.sums.withToday,
            threeDaysWithoutTodayKb: outcome.sums.withoutToday,
            days:
              outcome.days?.map(({ date, daysBefore, kb }) =>
                date === null ? { daysBefore, kb } : { date, kb },
              ) ?? null,
          }
        : { failure: outcome.failure.code, what: outcome.title }),
      ...(facts.isDemo && { demo: true }),
    },
    null,
    2,
  )
}
