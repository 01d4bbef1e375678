import { bounds } from './profile-bounds.ts'
import type { ProfileDraft } from './settings.ts'

/** A profile with the defaults that the carrier's page suggests. */
export function newProfile(given: Pick<ProfileDraft, 'name' | 'carrier'>): ProfileDraft {
  return {
    id: null,
    ...given,
    body: 'json',
    days: { order: 'newest-first', includesToday: false },
    kbBase: 1024,
    limitKb: null,
    deadlineSeconds: bounds.deadlineSeconds.default,
    cooldownSeconds: bounds.cooldownSeconds.default,
    budgetPerHour: bounds.budgetPerHour.default,
    proxy: { kind: 'system' },
    caFile: null,
  }
}
