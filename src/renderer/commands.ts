import { createContext, useContext } from 'react'
import { type Command, commandOf } from '../contract/commands.ts'
import { allows } from '../contract/policy.ts'
import type { Account } from '../domain/account.ts'
import { readAccounts } from '../domain/read-accounts.ts'
import { assertNever } from '../domain/result.ts'
import { guideTopic } from './store/guide-topic.ts'
import type { PageStore } from './store/page-store.ts'
import { fields } from './ui/fields.ts'
import { NARROW } from './ui/narrow.ts'

/** Does what a menu item, a key or the palette asks for. */
export function runCommand(store: PageStore, command: Command): void {
  const state = store.getState()
  const { view } = state
  if (!allows(state.app.policy, command)) {
    state.tell({ code: 'POLICY_REFUSED' })
    return
  }
  const select = (id: string) => {
    const field = document.getElementById(id)
    if (field instanceof HTMLTextAreaElement) field.select()
  }
  const focus = (id: string) => document.getElementById(id)?.focus()
  switch (command) {
    case 'focus-lookup':
      focus(fields.lookup)
      // It may have had the focus already.
      select(fields.lookup)
      break
    case 'find-line':
      focus(fields.search)
      break
    case 'look-up-again':
      if (view.kind === 'shown' || view.kind === 'failed' || view.kind === 'nothing-stored') {
        void state.lookUp(view.account, true)
      }
      break
    case 'go-back':
    case 'go-forward':
      void state.step(command === 'go-back' ? 'back' : 'forward')
      break
    case 'copy-ticket':
      void state.copyTicket()
      break
    case 'copy-sentence':
      void state.copySentence()
      break
    case 'copy-chart':
      void state.copyChart()
      break
    case 'copy-with-chart':
      void state.copyWithChart()
      break
    case 'star':
      void state.toggleStar()
      break
    case 'add-line':
      state.edit({ line: null })
      break
    case 'import-lines':
      state.openImport(true)
      break
    case 'export-lines':
      void state.exportSavedAccounts()
      break
    case 'export-history':
      if ('account' in view) void state.exportHistory(view.account)
      break
    case 'export-shift':
      void state.exportShift()
      break
    case 'edit-templates':
      state.openTemplates(true)
      break
    case 'open-setup':
      void state.chooseSetup()
      break
    case 'make-setup':
      state.openMakeSetup(true)
      break
    case 'guide':
      state.openGuide(guideTopic(state))
      break
    case 'diagnose':
      state.openDoctor(true)
      break
    case 'open-settings':
      state.openSheet('settings')
      break
    case 'palette':
    case 'shortcuts':
      state.openOverlay(command)
      break
    case 'hide-numbers':
      state.toggleNumbers()
      break
    case 'add-profile':
      state.openSheet('new-profile')
      break
    case 'toggle-list':
      if (isNarrow()) state.openDrawer('list', !state.listDrawer)
      else void state.changeSettings({ listPane: !state.app.settings.listPane })
      break
    case 'toggle-theme':
      void state.changeSettings({ theme: isDark() ? 'light' : 'dark' })
      break
    case 'toggle-ticket':
      if (isNarrow()) state.openDrawer('ticket', !state.ticketDrawer)
      else void state.changeSettings({ ticketPane: !state.app.settings.ticketPane })
      break
    default:
      assertNever(command)
  }
}

/**
 * Does what a menu item asks for, under the same rule as a key: on macOS every key of a command arrives this way, and
 * nobody who types into a dialog means the window under it.
 */
export function runFromMenu(store: PageStore, command: Command): void {
  if (!isCovered() || command === 'guide') runCommand(store, command)
}

/** The key for quick entry: the number that was copied elsewhere stands in the field, and is not sent. */
export function enterQuickly(store: PageStore, account: Account | null): void {
  if (isCovered()) return
  if (account !== null) store.getState().setText(account.id)
  document.getElementById(fields.lookup)?.focus()
}

/**
 * A link's number stands in the field, and is not sent. What somebody typed stays as it is, and the link is spoken of instead.
 */
export async function takeOpened(store: PageStore): Promise<void> {
  const opened = await store.getState().takeOpened()
  if (opened === null) return
  const { text, view, setText, notify } = store.getState()
  const reading = readAccounts(text)
  const isShown = reading.found === 'one' && 'account' in view && view.account.id === reading.account.id
  if (isCovered() || (text.trim() !== '' && !isShown)) {
    notify({ kind: 'link-kept', account: opened.account })
    return
  }
  setText(opened.account.id)
  document.getElementById(fields.lookup)?.focus()
}

const isCovered = (): boolean => document.querySelector('dialog[open]') !== null

/**
 * The keys of the commands, Esc, and a paste outside any text field. On macOS the menu owns the commands' keys (see
 * the main process's menu).
 */
export function listenForKeys(store: PageStore, platform: string): void {
  // Pressing Enter to pick an IME's candidate must not submit a form. Some IMEs report key code 229 instead
  // of `isComposing`.
  window.addEventListener(
    'keydown',
    event => {
      if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) event.preventDefault()
    },
    { capture: true },
  )
  window.addEventListener('keydown', event => {
    if (event.isComposing) return
    // Help is there wherever somebody needs it, over any sheet.
    if (isCovered()) {
      if (platform === 'darwin' || commandOf(event) !== 'guide') return
      event.preventDefault()
      runCommand(store, 'guide')
      return
    }
    if (event.key === 'Escape') {
      // In a search field with text in it, Esc only clears the text and cancels no lookup.
      const field = event.target instanceof HTMLInputElement ? event.target : null
      if (field?.type !== 'search' || field.value === '') void store.getState().cancel()
      return
    }
    const recent = recentOf(event)
    if (recent !== null) {
      event.preventDefault()
      const found = store.getState().recents[recent]
      if (found !== undefined) void store.getState().openRecent(found)
      return
    }
    const command = platform === 'darwin' ? null : commandOf(event)
    if (command === null) return
    event.preventDefault()
    runCommand(store, command)
  })
  window.addEventListener('paste', event => {
    if (isCovered() || isTextField(event.target)) return
    const text = event.clipboardData?.getData('text/plain') ?? ''
    if (text.trim() === '') return
    event.preventDefault()
    const reading = readAccounts(text)
    store.getState().setText(reading.found === 'one' ? reading.account.id : text)
    document.getElementById(fields.lookup)?.focus()
  })
}

/** Ctrl+1 to Ctrl+9, or Cmd: the day's lookups from the newest on; the menus have none of these. */
const recentOf = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): number | null =>
  ctrlKey !== metaKey && !altKey && !shiftKey && /^[1-9]$/.test(key) ? Number(key) - 1 : null

const isNarrow = (): boolean => matchMedia(NARROW).matches
const isDark = (): boolean => matchMedia('(prefers-color-scheme: dark)').matches

const isTextField = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'file'].includes(target.type))

const RunCommand = createContext<(command: Command) => void>(() => {})

export const RunCommandProvider = RunCommand.Provider

/** What the components call to run a command. */
export const useRunCommand = (): ((command: Command) => void) => useContext(RunCommand)
