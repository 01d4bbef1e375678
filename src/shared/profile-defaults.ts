import type { ProfileDraft } from './settings.ts'

/** Bounds of what a profile may set; the carrier forbids bulk retrieval, so the gate can't be opened wide. */
export const bounds = {
  deadlineSeconds: { min: 5, max: 60, default: 15 },
  cooldownSeconds: { min: 1, max: 60, default: 3 },
  budgetPerHour: { min: 1, max: 120, default: 60 },
} as const

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
