import { type Command, commandOf } from '../shared/commands.ts'
import { LOOKUP_FIELD } from './features/lookup/lookup-form.tsx'
import type { DeskStore } from './store/index.ts'

/** Does what a menu item or a key asks for. */
export function runCommand(store: DeskStore, command: Command): void {
  const state = store.getState()
  switch (command) {
    case 'focus-lookup':
      document.getElementById(LOOKUP_FIELD)?.focus()
      return
    case 'copy-ticket':
      void state.copyTicket()
      return
    case 'open-settings':
      state.openSheet('settings')
      return
  }
}

/** The keys of the commands, and Esc. On macOS the menu owns the commands' keys (see the main process's menu). */
export function listenForKeys(store: DeskStore, platform: string): void {
  window.addEventListener('keydown', event => {
    if (event.isComposing) return
    if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) {
      void store.getState().cancel()
      return
    }
    const command = platform === 'darwin' ? null : commandOf(event)
    if (command === null) return
    event.preventDefault()
    runCommand(store, command)
  })
}
