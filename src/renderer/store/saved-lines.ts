import type { Bridge } from '../../contract/bridge.ts'
import type { AppState, SavedLine, SavedLinesPage } from '../../contract/state.ts'
import type { Account } from '../../domain/account.ts'
import type { Failure } from '../../domain/failure.ts'
import { COMPARED_AT_ONCE, type LineDraft, LONGEST_SEARCH, PAGE_OF_LINES } from '../../domain/saved-line.ts'
import type { LookupSlice } from './lookup.ts'
import type { NoticesSlice } from './notices.ts'
import type { Slice } from './slice.ts'

type Needs = Pick<LookupSlice, 'view' | 'savedLineChanged'> &
  Pick<NoticesSlice, 'notify' | 'notifier' | 'tell'>

/** Which line the editor has open: a kept one by its id, or a new one. */
export type Editing = { readonly line: SavedLine } | { readonly line: null } | null

export interface SavedLinesSlice {
  /** What the agent searches for; the list follows a moment later. */
  readonly search: string
  /** The part of the list that is in sight, and some more around it. */
  readonly listed: SavedLinesPage
  readonly editing: Editing
  readonly importing: boolean
  setSearch(search: string): Promise<void>
  /** These rows of the list are in sight. */
  lookAt(first: number, last: number): Promise<void>
  /** Reads what is in sight again. */
  readLines(): Promise<void>
  /** Another profile's list, from its beginning. */
  listChanged(page: SavedLinesPage): void
  /** The first few lines that a search finds, for the palette. */
  findLines(search: string, limit: number): Promise<readonly SavedLine[]>
  edit(editing: Editing): void
  openImport(open: boolean): void
  /** A kept line has another answer. */
  lineAnswered(line: SavedLine): void
  /** Each gives the failure to show beside its form, or null when it worked. */
  addLine(line: LineDraft): Promise<Failure | null>
  editLine(line: SavedLine): Promise<Failure | null>
  removeLine(line: SavedLine): Promise<void>
  /** Keeps the line that is shown, or keeps it no more. */
  toggleStar(): Promise<void>
  /** What is written of those of these accounts that are kept; null, and told, where that can't be read. */
  keptLines(accounts: readonly Account[]): Promise<readonly LineDraft[] | null>
  importLines(lines: readonly LineDraft[]): Promise<Failure | null>
  exportLines(): Promise<void>
}

export const NO_LINES: SavedLinesPage = { search: '', total: 0, found: 0, offset: 0, lines: [] }

export const createSavedLinesSlice =
  (bridge: Bridge, app: AppState): Slice<SavedLinesSlice, Needs> =>
  (set, get) => {
    // An answer to an older question about the list is not shown.
    let latest = 0

    async function read(offset: number): Promise<void> {
      latest += 1
      const act = latest
      const search = get().search.slice(0, LONGEST_SEARCH)
      const outcome = await bridge.savedLines({ search, offset, limit: PAGE_OF_LINES })
      if (act === latest && outcome.ok) set({ listed: outcome.value })
    }

    return {
      search: '',
      listed: app.current?.savedLines ?? NO_LINES,
      editing: null,
      importing: false,
      async setSearch(search) {
        set({ search })
        await read(0)
      },
      async lookAt(first, last) {
        if (covers(get().listed, first, last)) return
        const around = Math.floor((PAGE_OF_LINES - (last - first)) / 2)
        await read(Math.max(0, first - around))
      },
      readLines: () => read(get().listed.offset),
      listChanged(listed) {
        latest += 1
        set({ listed, search: '', editing: null, importing: false })
      },
      async findLines(search, limit) {
        if (search.trim() === '' || search.length > LONGEST_SEARCH) return []
        const outcome = await bridge.savedLines({ search, offset: 0, limit })
        return outcome.ok ? outcome.value.lines : []
      },
      edit(editing) {
        set({ editing })
      },
      openImport(importing) {
        set({ importing })
      },
      lineAnswered(line) {
        set(({ listed }) => ({
          listed: { ...listed, lines: listed.lines.map(old => (old.id === line.id ? line : old)) },
        }))
      },
      async addLine(draft) {
        const outcome = await bridge.addLine(draft)
        if (!outcome.ok) return outcome.failure
        get().savedLineChanged(draft.account, outcome.value)
        await get().readLines()
        return null
      },
      async editLine(edited) {
        const { id, account, label, note, pinned } = edited
        const outcome = await bridge.editLine({ id, label, note, pinned })
        if (!outcome.ok) return outcome.failure
        get().savedLineChanged(account, edited)
        await get().readLines()
        return null
      },
      async removeLine(line) {
        const notify = get().notifier()
        const outcome = await bridge.removeLine(line.id)
        if (!outcome.ok) return notify({ kind: 'trouble', code: outcome.failure.code })
        const { account, label, note, pinned } = line
        get().savedLineChanged(account, null)
        notify({ kind: 'removed', line: { account, label, note, pinned } })
        await get().readLines()
      },
      async toggleStar() {
        const { view } = get()
        if (view.kind !== 'shown') return
        const { account, savedLine } = view
        if (savedLine !== null) return get().removeLine(savedLine)
        get().tell(await get().addLine({ account, label: '', note: '', pinned: false }))
      },
      async keptLines(accounts) {
        const kept: LineDraft[] = []
        for (let from = 0; from < accounts.length; from += COMPARED_AT_ONCE) {
          const outcome = await bridge.keptLines(accounts.slice(from, from + COMPARED_AT_ONCE))
          if (!outcome.ok) {
            get().tell(outcome.failure)
            return null
          }
          kept.push(...outcome.value)
        }
        return kept
      },
      async importLines(lines) {
        const outcome = await bridge.importLines(JSON.stringify(lines))
        if (!outcome.ok) return outcome.failure
        await get().readLines()
        const { view } = get()
        if ('account' in view) {
          const line = await bridge.savedLine(view.account)
          if (line.ok) get().savedLineChanged(view.account, line.value)
        }
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

/** Whether these rows of the list are on a page, as far as there are any. */
export const covers = ({ offset }: SavedLinesPage, first: number, last: number): boolean =>
  first >= offset && last < offset + PAGE_OF_LINES
