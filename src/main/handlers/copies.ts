import { formatAccount, parseAccount } from '../../shared/account.ts'
import type { ExportProgress } from '../../shared/bridge.ts'
import type { LinkName } from '../../shared/links.ts'
import { exportText } from '../../shared/lookup-export.ts'
import { fail, ok } from '../../shared/result.ts'
import type { Lookup } from '../../shared/traffic.ts'
import type { Clock } from '../clock.ts'
import type { Copy } from '../shell/clipboard.ts'
import type { Handlers } from '../shell/ipc-guard.ts'
import type { SaveFile } from '../shell/save-file.ts'
import type { Lookups } from '../store/lookups.ts'
import type { WithProfile } from './with-profile.ts'

/** How far back a shift reaches. */
const SHIFT_MS = 12 * 3_600_000
/** A shorter export is done before a progress bar could be read. */
const SHOW_PROGRESS_AFTER_MS = 500
const PAGE = 500

/** What leaves the program: the clipboard, files of stored lookups, a page in the browser. None of these asks the carrier anything. */
export function copyHandlers({
  withProfile,
  copy,
  privateCopies,
  saveFile,
  lookups,
  agent,
  clock,
  tellProgress,
  openLink,
}: {
  readonly withProfile: WithProfile
  readonly copy: Copy
  readonly privateCopies: () => boolean
  readonly saveFile: SaveFile
  readonly lookups: Pick<Lookups, 'page' | 'extent'>
  readonly agent: string
  readonly clock: Clock
  readonly tellProgress: (progress: ExportProgress) => void
  readonly openLink: (name: LinkName) => Promise<boolean>
}) {
  let running: AbortController | null = null

  return {
    copy: content => copy(content, privateCopies()),
    openLink: async name => ok(await openLink(name)),
    cancelExport() {
      running?.abort()
      return ok(null)
    },
    exportLookups: which =>
      withProfile(async ({ id: profileId, name, days, carrier }) => {
        // The dialog of the first is still open, or its bar.
        if (running !== null) return ok(null)
        const account = which.kind === 'account' ? parseAccount(which.account) : null
        if (which.kind === 'account' && account === null) return fail({ code: 'IPC_REFUSED' })
        const filter = {
          profileId,
          ...(account ? { account: account.id } : { agent, since: clock.now() - SHIFT_MS }),
        }
        // What is asked meanwhile is not part of it.
        const { count: total, lastId } = lookups.extent(filter)
        const controller = new AbortController()
        running = controller
        let shows = false
        const callOff = { current: () => {} }
        let done = 0

        /** Page by page, so that neither the memory nor the window feels a long one. */
        async function* text(format: 'csv' | 'json') {
          callOff.current = clock.after(SHOW_PROGRESS_AFTER_MS, () => {
            shows = true
            tellProgress({ done, total })
          })
          const written = exportText(rows(), {
            format,
            days,
            masked: which.kind === 'shift',
            isDemo: carrier.kind === 'simulator',
          })
          let pieces = ''
          for (const piece of written) {
            pieces += piece
            if (done % PAGE !== 0) continue
            yield pieces
            pieces = ''
            if (shows) tellProgress({ done, total })
            await new Promise(resolve => setImmediate(resolve))
          }
          yield pieces
        }
        function* rows(): Generator<Lookup> {
          let after = 0
          for (;;) {
            const page = lookups.page(filter, { after, upTo: lastId, limit: PAGE })
            for (const lookup of page) {
              done += 1
              yield lookup
            }
            const last = page.at(-1)
            if (last === undefined) return
            after = last.id
          }
        }

        try {
          const saved = await saveFile({
            name: `${account ? formatAccount(account) : name} lookups.csv`,
            extensions: ['csv', 'json'],
            text: extension => text(extension === 'json' ? 'json' : 'csv'),
            signal: controller.signal,
          })
          return saved.ok ? ok(saved.value === null ? null : { name: saved.value, rows: done }) : saved
        } finally {
          running = null
          callOff.current()
          if (shows) tellProgress(null)
        }
      }),
  } satisfies Partial<Handlers>
}
