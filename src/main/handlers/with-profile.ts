import type { Outcome } from '../../shared/failure.ts'
import { fail } from '../../shared/result.ts'
import type { Profile } from '../../shared/settings.ts'
import type { Desk } from '../profiles/desk.ts'

/** Runs an act that needs a profile; refused before there is one. */
export type WithProfile = <T>(
  act: (profile: Profile) => Outcome<T> | Promise<Outcome<T>>,
) => Promise<Outcome<T>>

export const createWithProfile =
  (desk: Pick<Desk, 'current'>): WithProfile =>
  async act => {
    const profile = desk.current()
    return profile === null ? fail({ code: 'IPC_REFUSED' }) : act(profile)
  }
