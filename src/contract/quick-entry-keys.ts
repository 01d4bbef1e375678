/** As Electron writes accelerators. Few programs take these. */
export const quickEntryKeys = [
  'CommandOrControl+Alt+L',
  'CommandOrControl+Shift+Space',
  'CommandOrControl+Alt+Space',
] as const

export type QuickEntryKey = (typeof quickEntryKeys)[number]
