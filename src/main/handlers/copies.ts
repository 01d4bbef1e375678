import { basename } from 'node:path'
import type { LinkName } from '../../contract/links.ts'
import { formatAccount } from '../../domain/account.ts'
import type { Language } from '../../domain/language.ts'
import { fail, ok } from '../../domain/result.ts'
import { shiftStart } from '../../domain/shift.ts'
import type { Clock } from '../clock.ts'
import type { ChooseFile } from '../files/save-file.ts'
import type { PolicyRules } from '../profiles/policy-rules.ts'
import type { Copy } from '../shell/clipboard.ts'
import type { Handlers } from '../shell/ipc-guard.ts'
import type { Lookups } from '../store/lookups.ts'
import type { Store } from '../store/open-store.ts'
import type { ShowProgress } from './show-progress.ts'
import type { WithProfile } from './with-profile.ts'

/** What leaves the program: the clipboard, files of stored lookups, a page in the browser. None of these asks the carrier anything. */
export function copyHandlers({
  withProfile,
  copy,
  privateCopies,
  chooseFile,
  store,
  agent,
  language,
  lookups,
  clock,
  showProgress,
  openLink,
  rules,
}: {
  readonly withProfile: WithProfile
  readonly copy: Copy
  readonly privateCopies: () => boolean
  readonly chooseFile: ChooseFile
  readonly store: Pick<Store, 'run'>
  readonly agent: () => string
  readonly language: () => Language
  readonly lookups: Pick<Lookups, 'markCopied'>
  readonly clock: Pick<Clock, 'now'>
  readonly showProgress: ShowProgress
  readonly openLink: (name: LinkName) => Promise<boolean>
  readonly rules: Pick<PolicyRules, 'export'>
}) {
  let running: AbortController | null = null

  return {
    async copy(content, ticketOf) {
      const copied = await copy(content, privateCopies())
      if (copied.ok && ticketOf !== null) {
        await withProfile(({ id }) => ok(lookups.markCopied(id, ticketOf, clock.now())))
      }
      return copied
    },
    openLink: async name => ok(await openLink(name)),
    cancelExport() {
      running?.abort()
      return ok(null)
    },
    exportLookups: which =>
      withProfile(async ({ id: profileId, name, days, carrier }) => {
        const refused = rules.export()
        if (refused !== null) return fail(refused)
        // The dialog of the first is still open, or its bar.
        if (running !== null) return ok(null)
        const account = which.kind === 'account' ? which.account : null
        const controller = new AbortController()
        const { signal } = controller
        running = controller
        try {
          const file = await chooseFile({
            name: `${account ? formatAccount(account) : name} lookups.csv`,
            extensions: ['csv', 'json'],
          })
          if (file === null || signal.aborted) return ok(null)
          const { path, extension } = file
          const { outcome, rows } = await showProgress('export', options =>
            store.run(
              {
                kind: 'export',
                path,
                filter: {
                  profileId,
                  ...(account ? { account: account.id } : { agent: agent(), since: shiftStart(clock.now()) }),
                },
                options: {
                  format: extension === 'json' ? 'json' : 'csv',
                  language: language(),
                  days,
                  masked: which.kind === 'shift',
                  isDemo: carrier.kind === 'simulator',
                },
              },
              { ...options, signal },
            ),
          )
          if (outcome === 'failed') return fail({ code: 'FILE_NOT_WRITTEN' })
          return ok(outcome === 'done' ? { name: basename(path), rows } : null)
        } finally {
          running = null
        }
      }),
  } satisfies Partial<Handlers>
}
