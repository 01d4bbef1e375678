import type { QuickEntryKey } from '../../contract/quick-entry-keys.ts'
import type { AppState } from '../../contract/state.ts'
import type { Account } from '../../domain/account.ts'
import { readAccounts } from '../../domain/read-accounts.ts'

/** A key that works while another program is in front, such as the CRM that a number was copied in. */
export interface QuickEntry {
  /** Takes this key from now on; null for none. */
  follow(key: QuickEntryKey | null): void
  state(): AppState['quickEntry']
}

/** Longer texts are no number that somebody copied. */
const LONGEST = 10_000

export function createQuickEntry({
  shortcuts,
  readText,
  bringForward,
  enter,
}: {
  readonly shortcuts: Pick<Electron.GlobalShortcut, 'register' | 'unregister'>
  /** Reads the clipboard's text. */
  readonly readText: () => Promise<string>
  readonly bringForward: () => void
  /** Puts an account into the field, and sends nothing; null leaves the field as it is. */
  readonly enter: (account: Account | null) => void
}): QuickEntry {
  let taken: QuickEntryKey | null = null
  let wanted: QuickEntryKey | null = null

  async function pressed(): Promise<void> {
    bringForward()
    const text = await readText().catch(() => '')
    const reading = text.length > LONGEST ? null : readAccounts(text)
    // The rest of the clipboard is nobody's business.
    enter(reading?.found === 'one' ? reading.account : null)
  }

  return {
    follow(key) {
      if (key === wanted) return
      if (taken !== null) shortcuts.unregister(taken)
      wanted = key
      taken = key !== null && shortcuts.register(key, () => void pressed()) ? key : null
    },
    state: () => (wanted === null ? 'off' : taken === null ? 'taken' : 'on'),
  }
}
