import type { Gate } from './gate/gate.ts'
import type { KeychainVault } from './keychain/keytar-vault.ts'
import type { Log } from './log/log.ts'
import type { Credentials } from './lookup/credentials.ts'
import type { LookUp } from './lookup/look-up.ts'
import type { AppStateReader } from './profiles/app-state.ts'
import type { Store } from './store/open-store.ts'
import type { System } from './system.ts'

/** Tells the page what changes by itself: the gate, a key that was saved late, the condition of the store. */
export function tellChanges({
  gate,
  keychain,
  store,
  lookUp,
  credentials,
  appState,
  tell,
  log,
}: {
  readonly gate: Pick<Gate<unknown>, 'onChange' | 'keyChanged'>
  readonly keychain: Pick<KeychainVault, 'onSaved'>
  readonly store: Pick<Store, 'onDamaged'>
  readonly lookUp: Pick<LookUp, 'dropUnsent'>
  readonly credentials: Pick<Credentials, 'forget'>
  readonly appState: AppStateReader
  readonly tell: System['tell']
  readonly log: Log
}): void {
  gate.onChange(() => {
    const state = appState.gate()
    if (state) tell('gate', state)
  })
  keychain.onSaved(owner => {
    if (owner.which === 'obtained-key' || owner.which === 'proxy-login') return
    // Drop the queue: a waiting request has already read the old key.
    lookUp.dropUnsent()
    if (owner.which === 'oem-key') void credentials.forget(owner)
    gate.keyChanged(owner.origin)
    tell('key', appState.key())
  })
  store.onDamaged(() => {
    log.note('store-damaged')
    tell('store', appState.store())
  })
}
