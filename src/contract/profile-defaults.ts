import type { Credential, ProfileDraft } from './profile.ts'
import { bounds } from './profile-bounds.ts'

/** A profile with the defaults that the carrier's page suggests. */
export function newProfile(given: Pick<ProfileDraft, 'name' | 'carrier'>): ProfileDraft {
  return {
    id: null,
    ...given,
    credential: { kind: 'manual' },
    body: 'json',
    days: { order: 'newest-first', includesToday: false },
    kbBase: 1024,
    limitKb: null,
    threeDayLimit: null,
    liftedWhen: '',
    messages: {},
    deadlineSeconds: bounds.deadlineSeconds.default,
    cooldownSeconds: bounds.cooldownSeconds.default,
    budgetPerHour: bounds.budgetPerHour.default,
    proxy: { kind: 'system' },
    caFile: null,
    team: null,
  }
}

/** A credential with which the program signs in by itself. */
export const oemCredential = (oemId: string): Credential & { readonly kind: 'oem' } => ({
  kind: 'oem',
  oemId,
  renewAfterMinutes: null,
  signInsPerHour: bounds.signInsPerHour.default,
})
