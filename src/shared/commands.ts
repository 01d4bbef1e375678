/** What a menu or a key can ask of the page, and its key: with Ctrl, or Cmd on macOS. */
export const commands = {
  'focus-lookup': { key: 'l', shift: false },
  'copy-ticket': { key: 'c', shift: true },
  'open-settings': { key: ',', shift: false },
} as const satisfies Record<string, Shortcut>

export interface Shortcut {
  readonly key: string
  readonly shift: boolean
}

export type Command = keyof typeof commands

/** As Electron's menus write it: `CmdOrCtrl+Shift+C`. */
export const acceleratorOf = ({ key, shift }: Shortcut): string =>
  `CmdOrCtrl+${shift ? 'Shift+' : ''}${key.toUpperCase()}`

/** The command a key press means, null for none. Where the menu owns the keys (macOS) nobody asks. */
export function commandOf(event: {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}): Command | null {
  if (!event.ctrlKey || event.metaKey || event.altKey) return null
  const pressed = event.key.toLowerCase()
  for (const [command, { key, shift }] of Object.entries(commands)) {
    if (key === pressed && shift === event.shiftKey) return command as Command
  }
  return null
}
