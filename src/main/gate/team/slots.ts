/** No query that a desk sends alone takes longer. */
export const LONE_QUERY_MS = 5_000
/** A lone query begins in the first part of its desk's slot, or not at all. */
export const SLOT_START_MS = 600
const SLOT_SLACK_MS = 1_000

/** Whose turn it is while nobody can ask: each desk's own part of a cycle by the server's clock. */
export interface Slots {
  readonly slot: number
  readonly slots: number
  readonly cooldownMs: number
}

/**
 * Milliseconds until the desk's next slot begins; 0 or less while its beginning lasts.
 *
 * @param now the server's time, milliseconds since the epoch
 * @param after a slot that was used already: the time it began, or null
 */
export function untilSlot({ slot, slots, cooldownMs }: Slots, now: number, after: number | null): number {
  const length = cooldownMs + LONE_QUERY_MS + SLOT_SLACK_MS
  const cycle = length * slots
  const begins = Math.floor((now - slot * length) / cycle) * cycle + slot * length
  const isUsed = after !== null && begins <= after
  return (isUsed || now >= begins + SLOT_START_MS ? begins + cycle : begins) - now
}
