import type { TFunction } from 'i18next'
import type { GateState, TeamState } from '../../contract/state.ts'
import { clockTime, waitOf } from './format.ts'

/** Below this a wait is said in seconds as they are; above, about. */
const ABOUT_FROM_S = 5

/**
 * What the team's server means for a question: how many are before it and for how long, or that this desk is alone.
 *
 * @param gone milliseconds since the state was heard
 * @param now the wall clock, milliseconds since the epoch
 */
export function teamParts(
  t: TFunction,
  { team, waiting }: GateState,
  { gone, now }: { readonly gone: number; readonly now: number },
): readonly string[] {
  if (team === undefined) return []
  const since = clockTime(now - gone - team.forMs)
  switch (team.mode) {
    case 'refused':
      return [t('team.refused', { reason: team.reason === null ? '' : t(`teamReason.${team.reason}`) })]
    case 'away':
      return [t('team.away')]
    case 'alone':
      return [
        team.nextInMs === null
          ? t('team.stopped', { since })
          : t('team.alone', { since, next: clockTime(now + Math.max(0, team.nextInMs - gone)) }),
      ]
    default:
      return [...(team.isBack ? [t('team.back')] : []), ...(waiting === null ? [] : lineParts(t, team, gone))]
  }
}

function lineParts(t: TFunction, { line }: TeamState, gone: number): readonly string[] {
  if (line === null) return []
  if (line.ahead === 0) return line.why === 'settling' ? [t('team.settling')] : []
  const { unit, count } = waitOf(Math.max(1_000, line.etaMs - gone))
  const time = t(`duration.${unit}`, {
    count: unit === 'seconds' && count > ABOUT_FROM_S ? roundUp(count) : count,
  })
  return [
    t('team.line', { count: line.ahead, time }),
    ...(line.holder ? [t('team.holder', { name: line.holder })] : []),
  ]
}

/** To the next five: nobody waits by the second. */
const roundUp = (seconds: number): number => Math.ceil(seconds / 5) * 5
