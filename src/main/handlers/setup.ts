import type { Bridge } from '../../contract/bridge.ts'
import type { Profile } from '../../contract/profile.ts'
import type { AppState } from '../../contract/state.ts'
import type { Failure, Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import type { SaveFile } from '../files/save-file.ts'
import type { AppStateReader } from '../profiles/app-state.ts'
import type { PolicyRules } from '../profiles/policy-rules.ts'
import type { Profiles } from '../profiles/profiles.ts'
import type { OfferedSetup } from '../setup/offered-setup.ts'
import type { Setup } from '../setup/setup.ts'
import type { Handlers } from '../shell/ipc-guard.ts'
import type { WithProfile } from './with-profile.ts'

/** The sealed file with which a seat is set up: made for many, and opened at each. */
export function setupHandlers({
  withProfile,
  profiles,
  appState,
  rules,
  offeredSetup,
  chooseSetupFile,
  saveFile,
  seat,
}: {
  readonly withProfile: WithProfile
  readonly profiles: Pick<Profiles, 'all' | 'select'>
  readonly appState: Pick<AppStateReader, 'state'>
  readonly rules: Pick<PolicyRules, 'isGiven' | 'export'>
  readonly offeredSetup: OfferedSetup
  /** Asks for a file; null where the agent called it off. */
  readonly chooseSetupFile: () => Promise<string | null>
  readonly saveFile: SaveFile
  /** The acts by which an agent would do the same by hand: their dialogs and their rules hold here, too. */
  readonly seat: Pick<
    Bridge,
    'saveProfile' | 'selectProfile' | 'saveAuthKey' | 'saveOemKey' | 'saveTeamPassword'
  >
}) {
  async function setUp({ profile, key, teamPassword }: Setup['profiles'][number]): Promise<Failure | null> {
    // The administrator's own is there already: the file brings its secrets.
    const isGiven = rules.isGiven(profile.id)
    const there = isGiven ? await seat.selectProfile(profile.id) : await seat.saveProfile(profile)
    if (!there.ok) return there.failure
    if (key !== null) {
      const saved =
        profile.credential.kind === 'oem'
          ? await seat.saveOemKey({ oemKey: key, forThisRun: false })
          : await seat.saveAuthKey({ authKey: key, forThisRun: false })
      if (!saved.ok) return saved.failure
    }
    if (teamPassword !== null && profile.team !== null) {
      const saved = await seat.saveTeamPassword(teamPassword)
      if (!saved.ok) return saved.failure
    }
    return null
  }

  /** A profile that the agent has, and that the file would change; undefined where there is none. */
  const changedBy = ({ profiles: brought }: Setup): Profile | undefined =>
    profiles
      .all()
      .find(
        known =>
          !rules.isGiven(known.id) &&
          brought.some(({ profile }) => profile.id === known.id && !isSame(profile, known)),
      )

  return {
    async chooseSetup() {
      const path = await chooseSetupFile()
      return path === null ? ok(null) : offeredSetup.offer(path)
    },
    async openSetup({ passphrase, replaces }): Promise<Outcome<AppState>> {
      const setup = await offeredSetup.open(passphrase)
      if (!setup.ok) return setup
      const changed = changedBy(setup.value)
      if (changed !== undefined && !replaces) return fail({ code: 'SETUP_EXISTS', name: changed.name })
      for (const brought of setup.value.profiles) {
        const failure = await setUp(brought)
        if (failure !== null) return fail(failure)
      }
      offeredSetup.forget()
      const [first] = setup.value.profiles
      return first === undefined ? ok(appState.state()) : seat.selectProfile(first.profile.id)
    },
    forgetSetup() {
      offeredSetup.forget()
      return ok(null)
    },
    makeSetup: ({ key, teamPassword, passphrase }) =>
      withProfile(async profile => {
        const refused = rules.export()
        if (refused !== null) return fail(refused)
        // The demo has no secret, and no seat needs it from a file.
        if (profile.carrier.kind === 'simulator') return fail({ code: 'IPC_REFUSED' })
        const { sealSetup } = await import('../setup/setup.ts')
        const sealed = await sealSetup([{ profile, key, teamPassword }], passphrase)
        return saveFile({ name: `${profile.name}.tdsetup`, extensions: ['tdsetup'], text: () => [sealed] })
      }),
  } satisfies Partial<Handlers>
}

const isSame = (a: Profile, b: Profile): boolean => {
  const fields = Object.keys(b) as (keyof Profile)[]
  return fields.every(field => JSON.stringify(a[field]) === JSON.stringify(b[field]))
}
