import type { Profile } from '../../contract/profile.ts'
import type { Outcome } from '../../domain/failure.ts'
import { fail } from '../../domain/result.ts'
import type { Profiles } from '../profiles/profiles.ts'

/** Runs an act that needs a profile; refused before there is one. */
export type WithProfile = <T>(
  act: (profile: Profile) => Outcome<T> | Promise<Outcome<T>>,
) => Promise<Outcome<T>>

export const createWithProfile =
  (profiles: Pick<Profiles, 'current'>): WithProfile =>
  async act => {
    const profile = profiles.current()
    return profile === null ? fail({ code: 'IPC_REFUSED' }) : act(profile)
  }
