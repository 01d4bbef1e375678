import type { Account } from '../../shared/account.ts'
import type { Bridge, SavedLine } from '../../shared/bridge.ts'
import type { Failure } from '../../shared/failure.ts'
import { type LineDraft, searchFor } from '../../shared/saved-line.ts'
import type { Slice } from './index.ts'

/** Which line the editor has open: a kept one by its id, or a new one. */
export type Editing = { readonly line: SavedLine } | { readonly line: null } | null

export interface SavedLinesSlice {
  readonly search: string
  readonly editing: Editing
  readonly importing: boolean
  setSearch(search: string): void
  edit(editing: Editing): void
  openImport(open: boolean): void
  /** Reads one line again after a lookup of its account. */
  refreshLine(account: Account): Promise<void>
  /** Each gives the failure to show beside its form, or null when it worked. */
  addLine(line: LineDraft): Promise<Failure | null>
  editLine(line: SavedLine): Promise<Failure | null>
  removeLine(line: SavedLine): Promise<void>
  /** Keeps the line of an account, or keeps it no more. */
  toggleStar(account: Account): Promise<void>
  importLines(lines: readonly LineDraft[]): Promise<Failure | null>
  exportLines(): Promise<void>
}

export const createSavedLinesSlice =
  (bridge: Bridge): Slice<SavedLinesSlice> =>
  (set, get) => {
    const change = (edit: (lines: readonly SavedLine[]) => readonly SavedLine[]) =>
      get().currentChanged({ savedLines: edit(get().app.current?.savedLines ?? []) })
    const without = (id: number) => change(lines => lines.filter(line => line.id !== id))

    return {
      search: '',
      editing: null,
      importing: false,
      setSearch(search) {
        set({ search })
      },
      edit(editing) {
        set({ editing })
      },
      openImport(importing) {
        set({ importing })
      },
      async refreshLine(account) {
        if (lineOf(get().app.current?.savedLines ?? [], account) === undefined) return
        const outcome = await bridge.savedLine(account.id)
        if (!outcome.ok || outcome.value === null) return
        const fresh = outcome.value
        change(lines => lines.map(line => (line.id === fresh.id ? fresh : line)))
      },
      async addLine(line) {
        const outcome = await bridge.addLine({ ...line, account: line.account.id })
        if (!outcome.ok) return outcome.failure
        change(lines => [...lines, outcome.value])
        return null
      },
      async editLine(edited) {
        const { id, label, note, pinned } = edited
        const outcome = await bridge.editLine({ id, label, note, pinned })
        if (!outcome.ok) return outcome.failure
        change(lines => lines.map(line => (line.id === id ? { ...line, label, note, pinned } : line)))
        return null
      },
      async removeLine(line) {
        const notify = get().notifier()
        const outcome = await bridge.removeLine(line.id)
        if (!outcome.ok) return notify({ kind: 'trouble', code: outcome.failure.code })
        without(line.id)
        const { account, label, note, pinned } = line
        notify({ kind: 'removed', line: { account, label, note, pinned } })
      },
      async toggleStar(account) {
        const line = lineOf(get().app.current?.savedLines ?? [], account)
        if (line !== undefined) return get().removeLine(line)
        get().tell(await get().addLine({ account, label: '', note: '', pinned: false }))
      },
      async importLines(lines) {
        const outcome = await bridge.importLines(lines.map(line => ({ ...line, account: line.account.id })))
        if (!outcome.ok) return outcome.failure
        get().currentChanged({ savedLines: outcome.value })
        return null
      },
      async exportLines() {
        const notify = get().notifier()
        const outcome = await bridge.exportLines()
        if (!outcome.ok) notify({ kind: 'trouble', code: outcome.failure.code })
        else if (outcome.value !== null) notify({ kind: 'exported', file: outcome.value })
      },
    }
  }

/** The kept line for an account, if there is one. */
export const lineOf = (lines: readonly SavedLine[], account: Account): SavedLine | undefined =>
  lines.find(line => line.account.id === account.id)

/** What the list shows: what the search finds, pinned lines first. */
export function visibleLines(lines: readonly SavedLine[], search: string): readonly SavedLine[] {
  const found = lines.filter(searchFor(search))
  return [...found.filter(line => line.pinned), ...found.filter(line => !line.pinned)]
}
