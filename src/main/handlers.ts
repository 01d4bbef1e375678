import { parseAccount } from '../shared/account.ts'
import type { AppState, SavedLine } from '../shared/bridge.ts'
import type { Outcome } from '../shared/failure.ts'
import { fail, ok } from '../shared/result.ts'
import type { Profile } from '../shared/settings.ts'
import type { AuthKeyVault } from './keychain/auth-key-vault.ts'
import type { LookUp } from './lookup/look-up.ts'
import type { RateGate } from './lookup/rate-gate.ts'
import { type Desk, ownerOf } from './profiles/desk.ts'
import type { Handlers } from './shell/ipc.ts'
import type { Lookups } from './store/lookups.ts'
import type { SavedLines } from './store/saved-lines.ts'

/** The contract's methods, each a few lines over the modules that do the work. */
export function createHandlers({
  desk,
  lookUp,
  gate,
  vault,
  lookups,
  savedLines,
  copyText,
  settingsChanged,
}: {
  readonly desk: Desk
  readonly lookUp: LookUp
  readonly gate: Pick<RateGate<unknown>, 'keyChanged' | 'tryKeyAgain'>
  readonly vault: AuthKeyVault
  readonly lookups: Lookups
  readonly savedLines: SavedLines
  readonly copyText: (text: string) => Promise<Outcome<null>>
  readonly settingsChanged: () => void
}): Handlers {
  /** For acts that need a profile: refused before there is one. */
  async function withProfile<T>(
    act: (profile: Profile) => Outcome<T> | Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const profile = desk.current()
    return profile === null ? fail({ code: 'IPC_REFUSED' }) : act(profile)
  }

  const linesOf = ({ id }: Profile): Outcome<readonly SavedLine[]> => ok(savedLines.list(id))

  const switched = (done: Outcome<null>): Outcome<AppState> => (done.ok ? ok(desk.state()) : done)

  return {
    appState: () => ok(desk.state()),
    lookUp: request => lookUp.lookUp(request),
    cancelLookup() {
      lookUp.cancel()
      return ok(null)
    },
    tryKeyAgain: () => withProfile(profile => gate.tryKeyAgain(ownerOf(profile).origin)),
    storedLookup: account => withProfile(({ id }) => ok(lookups.lastGood(id, account))),
    history: account => withProfile(({ id }) => ok(lookups.history(id, account))),
    savedLines: () => withProfile(linesOf),
    saveLine: ({ account: text, label }) =>
      withProfile(profile => {
        const account = parseAccount(text)
        if (account === null) return fail({ code: 'IPC_REFUSED' })
        savedLines.save(profile.id, account, label)
        return linesOf(profile)
      }),
    removeLine: id =>
      withProfile(profile => {
        savedLines.remove(profile.id, id)
        return linesOf(profile)
      }),
    saveProfile(draft) {
      lookUp.dropUnsent()
      return switched(desk.saveProfile(draft))
    },
    startDemo() {
      lookUp.dropUnsent()
      desk.startDemo()
      return ok(desk.state())
    },
    selectProfile(id) {
      lookUp.dropUnsent()
      return switched(desk.select(id))
    },
    saveAuthKey: authKey =>
      withProfile(async profile => {
        const owner = ownerOf(profile)
        const saved = await vault.save(owner, authKey)
        if (!saved.ok) return saved
        gate.keyChanged(owner.origin)
        return ok(desk.keyStatus())
      }),
    deleteAuthKey: () =>
      withProfile(async profile => {
        const deleted = await vault.delete(ownerOf(profile))
        return deleted.ok ? ok(desk.keyStatus()) : deleted
      }),
    saveSettings(settings) {
      desk.saveSettings(settings)
      settingsChanged()
      return ok(desk.state())
    },
    copyText: text => copyText(text),
  }
}
