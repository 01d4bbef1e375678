import { systemClock } from '../../../clock.ts'
import { broken, openDesk, type SeenQuery } from './team-desk.ts'

/** What came of many desks that ask without a pause. */
export interface LoadFigures {
  readonly queries: number
  readonly overlaps: number
  readonly gaps: number
  /** Questions that were asked clearly later than another one, and sent before it. */
  readonly inversions: number
  readonly perSecond: number
  /** Of what one desk alone could do. */
  readonly shareOfIdeal: number
  /** The longest wait over the usual one. */
  readonly waitRatio: number
  readonly failures: readonly string[]
}

/** Questions that come within this of each other have no order that anybody could see. */
const SAME_MOMENT_MS = 400

/** Lets desks ask one question after the other until so many are answered. */
export async function load(
  at: { readonly port: number; readonly database: string },
  {
    desks: count,
    lookups,
    cooldownMs,
    serviceMs,
  }: {
    readonly desks: number
    readonly lookups: number
    readonly cooldownMs: number
    readonly serviceMs: number
  },
): Promise<LoadFigures> {
  const seen: SeenQuery[] = []
  const asked: { readonly at: number; readonly startedAt: number }[] = []
  const failures: string[] = []
  const desks = Array.from({ length: count }, (_, no) => openDesk(at, { name: `desk ${no}`, seen }))
  let left = lookups
  const begun = systemClock.monotonic()
  await Promise.all(
    desks.map(async desk => {
      while (left > 0) {
        left -= 1
        const from = systemClock.monotonic()
        const outcome = await desk.ask('09012345678', serviceMs)
        if (!outcome.ok) failures.push(outcome.failure.code)
        const query = seen.findLast(({ desk: name }) => name === desk.name)
        if (outcome.ok && query) asked.push({ at: from, startedAt: query.from })
      }
    }),
  )
  const took = systemClock.monotonic() - begun
  for (const desk of desks) desk.close()

  const waits = asked.map(({ at, startedAt }) => startedAt - at).sort((a, b) => a - b)
  // The first round is not one: nobody stood in line when it began.
  const steady = waits.slice(Math.min(count, Math.floor(waits.length / 3)))
  const median = steady[Math.floor(steady.length / 2)] ?? 1
  const inOrder = asked.toSorted((a, b) => a.startedAt - b.startedAt)
  const inversions = inOrder.filter((query, index) =>
    inOrder.slice(index + 1).some(later => later.at < query.at - SAME_MOMENT_MS),
  ).length
  const perSecond = (seen.length / took) * 1000
  return {
    queries: seen.length,
    ...broken(seen, cooldownMs),
    inversions,
    perSecond,
    shareOfIdeal: perSecond / (1000 / (serviceMs + cooldownMs)),
    waitRatio: (waits.at(-1) ?? 0) / median,
    failures,
  }
}
