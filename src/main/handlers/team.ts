import type { AppState } from '../../contract/state.ts'
import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { TeamTurns } from '../gate/team/team-turns.ts'
import type { KeyVault } from '../keychain/key-vault.ts'
import type { KeychainVault } from '../keychain/keytar-vault.ts'
import type { AppStateReader } from '../profiles/app-state.ts'
import { limitsOf, teamOwnerOf } from '../profiles/owner.ts'
import { asKept } from '../profiles/team-access.ts'
import type { Handlers } from '../shell/ipc-guard.ts'
import type { WithProfile } from './with-profile.ts'

/** The current profile's team server: its password, and whether it can be used. */
export const teamHandlers = ({
  withProfile,
  appState,
  vault,
  keychain,
  teamTurns,
}: {
  readonly withProfile: WithProfile
  readonly appState: Pick<AppStateReader, 'state'>
  readonly vault: Pick<KeyVault, 'save' | 'delete'>
  readonly keychain: Pick<KeychainVault, 'retry'>
  readonly teamTurns: Pick<TeamTurns, 'test' | 'accessChanged'>
}) =>
  ({
    saveTeamPassword: password =>
      withProfile(async (profile): Promise<Outcome<AppState>> => {
        if (profile.team === null) return fail({ code: 'IPC_REFUSED' })
        const owner = teamOwnerOf({ server: profile.team, profileId: profile.id })
        keychain.retry()
        const saved = password === '' ? await vault.delete(owner) : await vault.save(owner, asKept(password))
        // A connection that was opened with the old one must not go on.
        teamTurns.accessChanged()
        return saved.ok ? ok(appState.state()) : saved
      }),
    testTeam: () =>
      withProfile(async profile =>
        profile.team === null ? fail({ code: 'IPC_REFUSED' }) : teamTurns.test(limitsOf(profile)),
      ),
  }) satisfies Partial<Handlers>
