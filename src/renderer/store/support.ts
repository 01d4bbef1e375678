import type { Bridge } from '../../contract/bridge.ts'
import type { Diagnosis } from '../../contract/diagnosis.ts'
import type { NoticesSlice } from './notices.ts'
import type { Slice } from './slice.ts'

export interface SupportSlice {
  readonly isDoctorOpen: boolean
  /** Where the guide is open; null where it is not. */
  readonly guide: string | null
  openGuide(anchor: string | null): void
  openDoctor(isOpen: boolean): void
  /** Looks at everything between the agent and the carrier; asks the carrier nothing. Null where that failed. */
  diagnose(): Promise<Diagnosis | null>
  /** The text for whoever helps, to be seen before it is saved. */
  readBundle(): Promise<string | null>
  saveBundle(): Promise<void>
  copyPlain(text: string): Promise<void>
}

export const createSupportSlice =
  (bridge: Bridge): Slice<SupportSlice, Pick<NoticesSlice, 'notify' | 'tell'>> =>
  (set, get) => ({
    isDoctorOpen: false,
    guide: null,
    openGuide(guide) {
      set({ guide })
    },
    openDoctor(isDoctorOpen) {
      set({ isDoctorOpen })
    },
    async diagnose() {
      const outcome = await bridge.diagnose()
      if (outcome.ok) return outcome.value
      get().tell(outcome.failure)
      return null
    },
    async readBundle() {
      const outcome = await bridge.supportBundle()
      if (outcome.ok) return outcome.value
      get().tell(outcome.failure)
      return null
    },
    async saveBundle() {
      const saved = await bridge.saveSupportBundle()
      if (!saved.ok) get().tell(saved.failure)
      else if (saved.value !== null) get().notify({ kind: 'exported', file: saved.value })
    },
    async copyPlain(text) {
      const copied = await bridge.copy({ text, html: null, png: null }, null)
      if (copied.ok) get().notify({ kind: 'text-copied' })
      else get().tell(copied.failure)
    },
  })
