import type { Bridge, Calls } from '../../contract/bridge.ts'
import type { OfferedFile, Opened } from '../../contract/events.ts'
import type { Failure } from '../../domain/failure.ts'
import type { NoticesSlice } from './notices.ts'
import type { SettingsSlice } from './settings.ts'
import type { Slice } from './slice.ts'

export interface SetupSlice {
  /** The setup file that waits for its passphrase. */
  readonly offeredSetup: OfferedFile | null
  readonly isMakingSetup: boolean
  /** Asks for a setup file to open. */
  chooseSetup(): Promise<void>
  /** Takes all that the system asked to open; the last link is given back, because only the page knows what is typed. */
  takeOpened(): Promise<Extract<Opened, { readonly kind: 'account' }> | null>
  /** Gives the failure to show beside the form, or null when the seat is set up. */
  openSetup(passphrase: string, replaces: boolean): Promise<Failure | null>
  closeSetup(): void
  openMakeSetup(isOpen: boolean): void
  makeSetup(setup: Parameters<Calls['makeSetup']>[0]): Promise<Failure | null>
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
      let link: Extract<Opened, { readonly kind: 'account' }> | null = null
      for (;;) {
        const taken = await bridge.takeOpened()
        if (!taken.ok || taken.value === null) return link
        const { value } = taken
        if (value.kind === 'account') link = value
        else if (value.kind === 'setup') set({ offeredSetup: { no: value.no, name: value.name } })
        else get().tell({ code: 'FILE_UNREADABLE' })
      }
    },
    async openSetup(passphrase, replaces) {
      const offered = get().offeredSetup
      if (offered === null) return null
      const outcome = await bridge.openSetup({ no: offered.no, passphrase, replaces })
      const failure = get().stateGiven(outcome)
      if (failure !== null) {
        // A part may be there before the rest was refused, and what is chosen may be another.
        get().stateGiven(await bridge.appState())
        return failure
      }
      if (get().offeredSetup?.no === offered.no) set({ offeredSetup: null })
      get().notify({ kind: 'set-up' })
      return null
    },
    closeSetup() {
      const offered = get().offeredSetup
      set({ offeredSetup: null })
      if (offered !== null) void bridge.forgetSetup(offered.no)
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
