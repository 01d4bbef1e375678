import type { PolicyState } from '../../contract/policy.ts'
import type { Profile } from '../../contract/profile.ts'
import type { AppState, GateState, KeyStatus, StoreState } from '../../contract/state.ts'
import { LIST_PAGE } from '../../domain/saved-account.ts'
import { shiftStart } from '../../domain/shift.ts'
import type { Clock } from '../clock.ts'
import type { Gate } from '../gate/gate.ts'
import type { KeyDates } from '../keychain/key-vault.ts'
import type { MemoryVault } from '../keychain/memory-vault.ts'
import type { Lookups } from '../store/lookups.ts'
import type { SavedAccounts } from '../store/saved-accounts.ts'
import { limitsOf, teamOwnerOf, typedKeyOf } from './owner.ts'
import type { Profiles } from './profiles.ts'

/** What the page is drawn from. It reads and changes nothing. */
export interface AppStateReader {
  state(): AppState
  /** Of the current profile; null where there is none. */
  gate(): GateState | null
  key(): KeyStatus
  store(): StoreState
  /** What an administrator set; it stays the same for a run. */
  readonly policy: PolicyState
}

export function createAppState({
  profiles,
  savedAccounts,
  keyDates,
  memory,
  gate,
  lookUp,
  credentials,
  store,
  lookups,
  clock,
  agent,
  quickEntry,
  policy,
  update,
  system,
}: {
  readonly profiles: Profiles
  readonly savedAccounts: Pick<SavedAccounts, 'page'>
  readonly keyDates: Pick<KeyDates, 'savedAt'>
  readonly memory: Pick<MemoryVault, 'holds'>
  readonly gate: Pick<Gate<unknown>, 'state'>
  readonly lookUp: { asked(profileId: string): NonNullable<AppState['current']>['asked'] }
  readonly credentials: { signedInAt(profile: Profile): number | null }
  readonly store: { condition(): Pick<StoreState, 'kind'> & Partial<StoreState> }
  readonly lookups: Pick<Lookups, 'recent'>
  readonly clock: Pick<Clock, 'now'>
  readonly agent: () => string
  readonly quickEntry: () => AppState['quickEntry']
  readonly policy: PolicyState
  readonly update: () => string | null
  readonly system: Pick<AppState, 'version' | 'platform'>
}): AppStateReader {
  const keyOf = (profile: Profile): KeyStatus => {
    const owner = typedKeyOf(profile)
    return {
      savedAt: keyDates.savedAt(owner),
      forThisRun: memory.holds(owner),
      signedInAt: credentials.signedInAt(profile),
    }
  }
  const gateOf = (profile: Profile): GateState => gate.state(limitsOf(profile), profile.id)
  const storeState = (): StoreState => ({ backupAt: null, ...store.condition() })

  return {
    state() {
      const profile = profiles.current()
      return {
        version: system.version,
        platform: system.platform,
        agent: agent(),
        quickEntry: quickEntry(),
        language: profiles.language(),
        settings: profiles.settings(),
        store: storeState(),
        policy,
        update: update(),
        profiles: profiles.all(),
        current: profile && {
          profile,
          key: keyOf(profile),
          savedAccounts: savedAccounts.page(profile.id, {
            search: '',
            order: profiles.settings().savedOrder,
            offset: 0,
            limit: LIST_PAGE,
          }),
          today: lookups.recent(profile.id, agent(), shiftStart(clock.now())),
          gate: gateOf(profile),
          asked: lookUp.asked(profile.id),
          teamPasswordAt:
            profile.team === null
              ? null
              : keyDates.savedAt(teamOwnerOf({ server: profile.team, profileId: profile.id })),
        },
      }
    },
    gate() {
      const profile = profiles.current()
      return profile && gateOf(profile)
    },
    key() {
      const profile = profiles.current()
      return profile === null ? { savedAt: null, forThisRun: false, signedInAt: null } : keyOf(profile)
    },
    store: storeState,
    policy,
  }
}
