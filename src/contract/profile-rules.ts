import type { RestrictionRules } from '../domain/restriction.ts'
import type { ProfileDraft } from './profile.ts'

/** When the profile's operator restricts a line. */
export const rulesOf = ({ limitKb, threeDayLimit, liftedWhen }: ProfileDraft): RestrictionRules => ({
  dayKb: limitKb,
  threeDays: threeDayLimit,
  liftedWhen,
})
