import { japanMidnight } from './traffic.ts'

const HALF_A_DAY = 12 * 3_600_000

/**
 * When the agent's day began, milliseconds since the epoch: midnight in Japan, or twelve hours ago where that is earlier, so
 * that a night shift keeps its list over midnight.
 */
export const shiftStart = (now: number): number => Math.min(japanMidnight(now), now - HALF_A_DAY)
