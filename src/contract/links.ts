/** The only pages outside the program that it opens, by name; https, and nothing of them comes from elsewhere. */
export const links = {
  'keychain-windows':
    'https://support.microsoft.com/windows/accessing-credential-manager-1b5c916a-6a16-889f-8581-fc16e8165ac0',
  'keychain-macos': 'https://support.apple.com/guide/keychain-access/welcome/mac',
} as const satisfies Readonly<Record<string, `https://${string}`>>

export type LinkName = keyof typeof links

export const linkNames = Object.keys(links) as readonly LinkName[]

/** The system's help on its keychain; null where it has none of its own. */
export const keychainHelp = (platform: string): LinkName | null =>
  platform === 'win32' ? 'keychain-windows' : platform === 'darwin' ? 'keychain-macos' : null
