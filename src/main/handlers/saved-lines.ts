import type { SavedLine } from '../../contract/state.ts'
import type { Outcome } from '../../domain/failure.ts'
import { fail, ok } from '../../domain/result.ts'
import { exportLines } from '../../domain/saved-line.ts'
import type { Clock } from '../clock.ts'
import type { SaveFile } from '../files/save-file.ts'
import type { Handlers } from '../shell/ipc-guard.ts'
import type { Store } from '../store/open-store.ts'
import type { SavedLines, Written } from '../store/saved-lines.ts'
import type { ShowProgress } from './show-progress.ts'
import type { WithProfile } from './with-profile.ts'

/** The lines an agent keeps. None of these asks the carrier anything. */
export function savedLineHandlers({
  withProfile,
  savedLines,
  saveFile,
  store,
  clock,
  showProgress,
}: {
  readonly withProfile: WithProfile
  readonly savedLines: SavedLines
  readonly saveFile: SaveFile
  readonly store: Pick<Store, 'exclusive' | 'run'>
  readonly clock: Pick<Clock, 'now'>
  readonly showProgress: ShowProgress
}) {
  /** Runs a write once the store's long work lets others write. */
  const writing: WithProfile = act =>
    withProfile(async profile => {
      await store.exclusive.ended()
      return act(profile)
    })

  return {
    savedLines: wanted => withProfile(({ id }) => ok(savedLines.page(id, wanted))),
    savedLine: account => withProfile(({ id }) => ok(savedLines.find(id, account.id))),
    keptLines: accounts =>
      withProfile(({ id }) =>
        ok(
          savedLines.drafts(
            id,
            accounts.map(account => account.id),
          ),
        ),
      ),
    addLine: draft =>
      writing<SavedLine>(({ id }) => {
        const done = outcomeOf(savedLines.add(id, draft))
        if (!done.ok) return done
        const line = savedLines.find(id, draft.account.id)
        return line === null ? fail({ code: 'INTERNAL' }) : ok(line)
      }),
    editLine: ({ id: line, ...words }) => writing(({ id }) => outcomeOf(savedLines.edit(id, line, words))),
    removeLine: line => writing(({ id }) => outcomeOf(savedLines.remove(id, line))),
    importLines: json =>
      withProfile<null>(async ({ id: profileId }) => {
        const { outcome } = await showProgress('import', options =>
          store.run({ kind: 'import', profileId, json, now: clock.now() }, options),
        )
        if (outcome === 'refused') return fail({ code: 'IPC_REFUSED' })
        return outcome === 'done' ? ok(null) : fail({ code: 'STORE_READ_ONLY' })
      }),
    exportLines: () =>
      withProfile(({ id, name }) =>
        saveFile({
          name: `${name} lines.csv`,
          extensions: ['csv'],
          text: () => exportLines(savedLines.everyDraft(id)),
        }),
      ),
  } satisfies Partial<Handlers>
}

function outcomeOf(written: Written): Outcome<null> {
  if (written === 'done') return ok(null)
  return fail({ code: written === 'exists' ? 'LINE_EXISTS' : 'STORE_READ_ONLY' })
}
