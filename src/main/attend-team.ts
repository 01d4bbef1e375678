import type { TeamTurns } from './gate/team/team-turns.ts'
import { limitsOf } from './profiles/owner.ts'
import type { Profiles } from './profiles/profiles.ts'

/** Keeps this desk known to its team while somebody sits at it: the chosen profile's, while the window has the focus. */
export function attendTeam({
  profiles,
  teamTurns,
}: {
  readonly profiles: Pick<Profiles, 'current'>
  readonly teamTurns: Pick<TeamTurns, 'attend'>
}): { profileChanged(): void; focused(isFocused: boolean): void } {
  let isFocused = false
  const attend = () => {
    const profile = isFocused ? profiles.current() : null
    teamTurns.attend(profile && limitsOf(profile))
  }
  return {
    profileChanged: attend,
    focused(is) {
      isFocused = is
      attend()
    },
  }
}
