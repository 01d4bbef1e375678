import type { Bridge } from '../../contract/bridge.ts'
import type { SettingsChange } from '../../contract/settings.ts'
import type { AppState, SavedAccount, SavedAccountsPage } from '../../contract/state.ts'
import type { Account } from '../../domain/account.ts'
import type { Failure } from '../../domain/failure.ts'
import {
  type AccountDraft,
  COMPARED_AT_ONCE,
  LIST_PAGE,
  LONGEST_SEARCH,
  type SavedOrder,
} from '../../domain/saved-account.ts'
import type { LookupSlice } from './lookup.ts'
import type { NoticesSlice } from './notices.ts'
import type { SessionSlice } from './session.ts'
import type { Slice } from './slice.ts'

type Needs = Pick<SessionSlice, 'app'> &
  Pick<LookupSlice, 'view' | 'savedAccountChanged'> &
  Pick<NoticesSlice, 'notify' | 'notifier' | 'tell'> & {
    changeSettings(change: Pick<SettingsChange, 'savedOrder'>): Promise<Failure | null>
  }

/** Which line the editor has open: a kept one by its id, or a new one. */
export type Editing = { readonly line: SavedAccount } | { readonly line: null } | null

export interface SavedAccountsSlice {
  /** What the agent searches for; the list follows a moment later. */
  readonly search: string
  /** The part of the list that is in sight, and some more around it. */
  readonly listed: SavedAccountsPage
  readonly editing: Editing
  readonly importing: boolean
  setSearch(search: string): Promise<void>
  setOrder(order: SavedOrder): Promise<void>
  /** Tells which rows are visible; reads the part of the list around them if needed. */
  lookAt(first: number, last: number): Promise<void>
  /** Reads what is in sight again. */
  readList(): Promise<void>
  /** Replaces the list with the first page of another profile's list. */
  listChanged(page: SavedAccountsPage): void
  /** The first few lines that a search finds, for the palette. */
  findSavedAccounts(search: string, limit: number): Promise<readonly SavedAccount[]>
  edit(editing: Editing): void
  openImport(open: boolean): void
  /** A saved account has a new answer. */
  accountAnswered(line: SavedAccount): void
  /** Each gives the failure to show beside its form, or null when it worked. */
  saveAccount(line: AccountDraft): Promise<Failure | null>
  editSavedAccount(line: SavedAccount): Promise<Failure | null>
  removeSavedAccount(line: SavedAccount): Promise<void>
  /** Saves the account on the screen, or removes it if it is already saved. */
  toggleStar(): Promise<void>
  /** The drafts of those given accounts that are saved; null if they can't be read, which a notice tells. */
  keptAccounts(accounts: readonly Account[]): Promise<readonly AccountDraft[] | null>
  importSavedAccounts(lines: readonly AccountDraft[]): Promise<Failure | null>
  exportSavedAccounts(): Promise<void>
}

export const NO_ACCOUNTS: SavedAccountsPage = {
  search: '',
  order: 'kept',
  total: 0,
  found: 0,
  offset: 0,
  lines: [],
}

export const createSavedAccountsSlice =
  (bridge: Bridge, app: AppState): Slice<SavedAccountsSlice, Needs> =>
  (set, get) => {
    // An answer to an older question about the list is not shown.
    let latest = 0

    async function read(offset: number): Promise<void> {
      latest += 1
      const act = latest
      const outcome = await bridge.savedAccounts({
        search: get().search,
        order: get().app.settings.savedOrder,
        offset,
        limit: LIST_PAGE,
      })
      if (act === latest && outcome.ok) set({ listed: outcome.value })
    }

    return {
      search: '',
      listed: app.current?.savedAccounts ?? NO_ACCOUNTS,
      editing: null,
      importing: false,
      async setSearch(search) {
        // The main process takes no longer one.
        set({ search: search.slice(0, LONGEST_SEARCH) })
        await read(0)
      },
      async setOrder(savedOrder) {
        await get().changeSettings({ savedOrder })
        await read(0)
      },
      async lookAt(first, last) {
        if (covers(get().listed, first, last)) return
        const around = Math.floor((LIST_PAGE - (last - first)) / 2)
        await read(Math.max(0, first - around))
      },
      readList: () => read(get().listed.offset),
      listChanged(listed) {
        latest += 1
        set({ listed, search: '', editing: null, importing: false })
      },
      async findSavedAccounts(search, limit) {
        if (search.trim() === '' || search.length > LONGEST_SEARCH) return []
        const outcome = await bridge.savedAccounts({ search, order: 'kept', offset: 0, limit })
        return outcome.ok ? outcome.value.lines : []
      },
      edit(editing) {
        set({ editing })
      },
      openImport(importing) {
        set({ importing })
      },
      accountAnswered(line) {
        set(({ listed }) => ({
          listed: { ...listed, lines: listed.lines.map(old => (old.id === line.id ? line : old)) },
        }))
      },
      async saveAccount(draft) {
        const outcome = await bridge.saveAccount(draft)
        if (!outcome.ok) return outcome.failure
        get().savedAccountChanged(draft.account, outcome.value)
        await get().readList()
        return null
      },
      async editSavedAccount(edited) {
        const { id, account, label, note, pinned } = edited
        const outcome = await bridge.editSavedAccount({ id, label, note, pinned })
        if (!outcome.ok) return outcome.failure
        get().savedAccountChanged(account, edited)
        await get().readList()
        return null
      },
      async removeSavedAccount(line) {
        const notify = get().notifier()
        const outcome = await bridge.removeSavedAccount(line.id)
        if (!outcome.ok) return notify({ kind: 'trouble', code: outcome.failure.code })
        const { account, label, note, pinned } = line
        get().savedAccountChanged(account, null)
        notify({ kind: 'removed', line: { account, label, note, pinned } })
        await get().readList()
      },
      async toggleStar() {
        const { view } = get()
        if (view.kind !== 'shown') return
        const { account, savedAccount } = view
        if (savedAccount !== null) return get().removeSavedAccount(savedAccount)
        get().tell(await get().saveAccount({ account, label: '', note: '', pinned: false }))
      },
      async keptAccounts(accounts) {
        const kept: AccountDraft[] = []
        for (let from = 0; from < accounts.length; from += COMPARED_AT_ONCE) {
          const outcome = await bridge.keptAccounts(accounts.slice(from, from + COMPARED_AT_ONCE))
          if (!outcome.ok) {
            get().tell(outcome.failure)
            return null
          }
          kept.push(...outcome.value)
        }
        return kept
      },
      async importSavedAccounts(lines) {
        const outcome = await bridge.importSavedAccounts(JSON.stringify(lines))
        if (!outcome.ok) return outcome.failure
        await get().readList()
        const { view } = get()
        if ('account' in view) {
          const line = await bridge.savedAccount(view.account)
          if (line.ok) get().savedAccountChanged(view.account, line.value)
        }
        return null
      },
      async exportSavedAccounts() {
        const notify = get().notifier()
        const outcome = await bridge.exportSavedAccounts()
        if (!outcome.ok) notify({ kind: 'trouble', code: outcome.failure.code })
        else if (outcome.value !== null) notify({ kind: 'exported', file: outcome.value })
      },
    }
  }

/** Whether a page of the list covers these rows. The last page may hold fewer rows. */
export const covers = ({ offset }: SavedAccountsPage, first: number, last: number): boolean =>
  first >= offset && last < offset + LIST_PAGE
