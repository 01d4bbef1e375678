import type { SavedAccount } from '../../contract/state.ts'
import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import { exportSavedAccounts } from '../../domain/saved-account.ts'
import type { Clock } from '../clock.ts'
import type { SaveFile } from '../files/save-file.ts'
import type { PolicyRules } from '../profiles/policy-rules.ts'
import type { Handlers } from '../shell/ipc-guard.ts'
import type { Store } from '../store/open-store.ts'
import type { SavedAccounts, Written } from '../store/saved-accounts.ts'
import type { ShowProgress } from './show-progress.ts'
import type { WithProfile } from './with-profile.ts'

/** The lines an agent keeps. None of these asks the carrier anything. */
export function savedAccountHandlers({
  withProfile,
  savedAccounts,
  saveFile,
  store,
  clock,
  showProgress,
  rules,
}: {
  readonly withProfile: WithProfile
  readonly savedAccounts: SavedAccounts
  readonly saveFile: SaveFile
  readonly store: Pick<Store, 'exclusive' | 'run'>
  readonly clock: Pick<Clock, 'now'>
  readonly showProgress: ShowProgress
  readonly rules: Pick<PolicyRules, 'export'>
}) {
  /** Runs a write once the store's long work lets others write. */
  const writing: WithProfile = act =>
    withProfile(async profile => {
      await store.exclusive.ended()
      return act(profile)
    })

  return {
    savedAccounts: wanted => withProfile(({ id }) => ok(savedAccounts.page(id, wanted))),
    savedAccount: account => withProfile(({ id }) => ok(savedAccounts.find(id, account.id))),
    keptAccounts: accounts =>
      withProfile(({ id }) =>
        ok(
          savedAccounts.drafts(
            id,
            accounts.map(account => account.id),
          ),
        ),
      ),
    saveAccount: draft =>
      writing<SavedAccount>(({ id }) => {
        const done = outcomeOf(savedAccounts.add(id, draft))
        if (!done.ok) return done
        const line = savedAccounts.find(id, draft.account.id)
        return line === null ? fail({ code: 'INTERNAL' }) : ok(line)
      }),
    editSavedAccount: ({ id: line, ...words }) =>
      writing(({ id }) => outcomeOf(savedAccounts.edit(id, line, words))),
    removeSavedAccount: line => writing(({ id }) => outcomeOf(savedAccounts.remove(id, line))),
    importSavedAccounts: json =>
      withProfile<null>(async ({ id: profileId }) => {
        const { outcome } = await showProgress('import', options =>
          store.run({ kind: 'import', profileId, json, now: clock.now() }, options),
        )
        if (outcome === 'refused') return fail({ code: 'IPC_REFUSED' })
        return outcome === 'done' ? ok(null) : fail({ code: 'STORE_READ_ONLY' })
      }),
    exportSavedAccounts: () =>
      withProfile(({ id, name }) => {
        const refused = rules.export()
        if (refused !== null) return fail(refused)
        return saveFile({
          name: `${name} lines.csv`,
          extensions: ['csv'],
          text: () => exportSavedAccounts(savedAccounts.everyDraft(id)),
        })
      }),
  } satisfies Partial<Handlers>
}

function outcomeOf(written: Written): Outcome<null> {
  if (written === 'done') return ok(null)
  return fail({ code: written === 'exists' ? 'LINE_EXISTS' : 'STORE_READ_ONLY' })
}
