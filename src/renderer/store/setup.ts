import type { Bridge } from '../../contract/bridge.ts'
import type { Opened } from '../../contract/events.ts'
import type { Failure } from '../../domain/failure.ts'
import type { NoticesSlice } from './notices.ts'
import type { SettingsSlice } from './settings.ts'
import type { Slice } from './slice.ts'

/** What somebody types to make a setup file. */
export interface SetupToMake {
  readonly key: string | null
  readonly teamPassword: string | null
  readonly passphrase: string
}

export interface SetupSlice {
  /** The setup file that waits for its passphrase, by its name. */
  readonly offeredSetup: string | null
  readonly isMakingSetup: boolean
  /** Asks for a setup file to open. */
  chooseSetup(): Promise<void>
  /** Takes what the system asked to open; a link is given back, because only the page knows what is typed. */
  takeOpened(): Promise<Extract<Opened, { readonly kind: 'account' }> | null>
  /** Gives the failure to show beside the form, or null when the seat is set up. */
  openSetup(passphrase: string, replaces: boolean): Promise<Failure | null>
  closeSetup(): void
  openMakeSetup(isOpen: boolean): void
  makeSetup(setup: SetupToMake): Promise<Failure | null>
}

export const createSetupSlice =
  (
    bridge: Bridge,
  ): Slice<SetupSlice, Pick<NoticesSlice, 'notify' | 'tell'> & Pick<SettingsSlice, 'stateGiven'>> =>
  (set, get) => ({
    offeredSetup: null,
    isMakingSetup: false,
    async chooseSetup() {
      const chosen = await bridge.chooseSetup()
      if (chosen.ok) set({ offeredSetup: chosen.value })
      else get().tell(chosen.failure)
    },
    async takeOpened() {
      const taken = await bridge.takeOpened()
      if (!taken.ok || taken.value === null) return null
      if (taken.value.kind === 'account') return taken.value
      if (taken.value.kind === 'setup') set({ offeredSetup: taken.value.name })
      else get().tell({ code: 'FILE_UNREADABLE' })
      return null
    },
    async openSetup(passphrase, replaces) {
      const failure = get().stateGiven(await bridge.openSetup({ passphrase, replaces }))
      if (failure === null) {
        set({ offeredSetup: null })
        get().notify({ kind: 'set-up' })
      }
      return failure
    },
    closeSetup() {
      set({ offeredSetup: null })
      void bridge.forgetSetup()
    },
    openMakeSetup(isMakingSetup) {
      set({ isMakingSetup })
    },
    async makeSetup(setup) {
      const made = await bridge.makeSetup(setup)
      if (!made.ok) return made.failure
      if (made.value !== null) {
        set({ isMakingSetup: false })
        get().notify({ kind: 'exported', file: made.value })
      }
      return null
    },
  })
