import type { Bridge, ExportedLookups } from '../../contract/bridge.ts'
import type { Progress } from '../../contract/events.ts'
import type { Account } from '../../domain/account.ts'
import type { NoticesSlice } from './notices.ts'
import type { Slice } from './slice.ts'

/** Stored lookups as files. None of these queries the carrier. */
export interface ExportSlice {
  /** Set while an export, an import or a deletion takes longer than a moment. */
  readonly progress: Progress
  exportHistory(account: Account): Promise<void>
  /** The agent's own lookups of the last hours, with masked numbers. */
  exportShift(): Promise<void>
  cancelExport(): Promise<void>
}

export const createExportSlice =
  (bridge: Bridge): Slice<ExportSlice, Pick<NoticesSlice, 'notifier'>> =>
  (_set, get) => {
    async function write(which: ExportedLookups): Promise<void> {
      const notify = get().notifier()
      const outcome = await bridge.exportLookups(which)
      if (!outcome.ok) notify({ kind: 'trouble', code: outcome.failure.code })
      else if (outcome.value !== null) {
        notify({ kind: 'lookups-exported', file: outcome.value.name, count: outcome.value.rows })
      }
    }
    return {
      progress: null,
      exportHistory: account => write({ kind: 'account', account }),
      exportShift: () => write({ kind: 'shift' }),
      async cancelExport() {
        await bridge.cancelExport()
      },
    }
  }
