import type { SystemAuthorities } from '../authorities.ts'

/** A system that trusts nobody by itself, and says so at once. */
export const noAuthorities: SystemAuthorities = {
  read: async () => [],
  known: () => [],
  isReading: () => false,
}
