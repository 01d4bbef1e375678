import type { Account } from '../../shared/account.ts'
import type { Bridge, SavedLine } from '../../shared/bridge.ts'
import type { Outcome } from '../../shared/failure.ts'
import type { Slice } from './index.ts'

export interface SavedLinesSlice {
  refreshLines(): Promise<void>
  /** Keeps a line, or relabels a kept one. */
  saveLine(account: Account, label: string): Promise<void>
  removeLine(id: number): Promise<void>
}

export const createSavedLinesSlice =
  (bridge: Bridge): Slice<SavedLinesSlice> =>
  (_set, get) => {
    const show = (outcome: Outcome<readonly SavedLine[]>) => {
      if (outcome.ok) get().currentChanged({ savedLines: outcome.value })
    }
    return {
      refreshLines: async () => show(await bridge.savedLines()),
      saveLine: async (account, label) => show(await bridge.saveLine({ account: account.id, label })),
      removeLine: async id => show(await bridge.removeLine(id)),
    }
  }

/** The kept line for an account, if there is one. */
export const lineOf = (lines: readonly SavedLine[], account: Account): SavedLine | undefined =>
  lines.find(line => line.account.id === account.id)
