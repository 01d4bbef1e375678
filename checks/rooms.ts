/** Where code lives and what it may import; the table of CONTRIBUTING.md says the same, and `rooms.test.ts` holds both to it. */
export interface Room {
  /** A folder or one file. A file belongs to the room with the longest matching path. */
  readonly path: string
  readonly holds: string
  /** Rooms it may import besides itself. */
  readonly rooms: readonly string[]
  /** Packages and built-in modules it may import. */
  readonly packages: readonly string[]
}

export const rooms: readonly Room[] = [
  {
    path: 'src/domain',
    holds: 'accounts, figures, days, failures, saved accounts: pure TypeScript',
    rooms: [],
    packages: ['papaparse'],
  },
  {
    path: 'src/ticket',
    holds: 'every ticket format, templates, the customer’s message',
    rooms: ['src/domain'],
    packages: ['mustache'],
  },
  {
    path: 'src/contract',
    holds: 'the bridge, argument schemas, settings, commands, links',
    rooms: ['src/domain', 'src/ticket'],
    packages: ['zod'],
  },
  {
    path: 'src/main/clock.ts',
    holds: 'time, as everything in main asks for it',
    rooms: [],
    packages: [],
  },
  {
    path: 'src/main/config.ts',
    holds: 'the only reader of arguments and variables',
    rooms: ['src/main/shell'],
    packages: [],
  },
  {
    path: 'src/main/log',
    holds: 'the log, masked',
    rooms: ['src/domain', 'src/main/clock.ts'],
    packages: ['electron-log', 'zod'],
  },
  {
    path: 'src/main/files',
    holds: 'files written whole or not at all',
    rooms: ['src/domain'],
    packages: ['node:crypto', 'node:fs', 'node:fs/promises', 'node:path', 'stubborn-utils'],
  },
  {
    path: 'src/main/keychain',
    holds: 'the vault (port), keytar, memory',
    rooms: ['src/domain', 'src/main/clock.ts'],
    packages: ['keytar'],
  },
  {
    path: 'src/main/carrier',
    holds: 'client, route, reply, redaction: the only undici',
    rooms: ['src/domain', 'src/contract', 'src/main/clock.ts'],
    packages: ['node:crypto', 'node:dns', 'node:net', 'node:tls', 'node:util', 'node:zlib', 'undici', 'zod'],
  },
  {
    path: 'src/main/gate',
    holds: 'the gate (port) and the local one: queue, circuit breaker',
    rooms: ['src/domain', 'src/contract', 'src/main/clock.ts'],
    packages: [],
  },
  {
    path: 'src/main/store',
    holds: 'SQLite: one file a table, backups, long work in a thread',
    rooms: [
      'src/domain',
      'src/contract',
      'src/main/clock.ts',
      'src/main/files',
      'src/main/keychain',
      'src/main/gate',
    ],
    packages: [
      'node:crypto',
      'node:fs',
      'node:path',
      'node:sqlite',
      'node:timers/promises',
      'node:url',
      'node:worker_threads',
      'zod',
    ],
  },
  {
    path: 'src/main/demo',
    holds: 'the simulator: the carrier on a loopback port',
    rooms: ['src/domain', 'src/main/clock.ts'],
    packages: ['node:events', 'node:http', 'node:net'],
  },
  {
    path: 'src/main/profiles',
    holds: 'profiles and settings, and the state that the page is drawn from',
    rooms: [
      'src/domain',
      'src/contract',
      'src/main/clock.ts',
      'src/main/keychain',
      'src/main/carrier',
      'src/main/gate',
      'src/main/store',
      'src/main/demo',
    ],
    packages: ['node:crypto'],
  },
  {
    path: 'src/main/lookup',
    holds: 'the use case: one lookup from the account to the record',
    rooms: [
      'src/domain',
      'src/contract',
      'src/main/clock.ts',
      'src/main/keychain',
      'src/main/carrier',
      'src/main/gate',
      'src/main/store',
      'src/main/profiles',
    ],
    packages: [],
  },
  {
    path: 'src/main/shell',
    holds: 'what touches Electron',
    rooms: [
      'src/domain',
      'src/contract',
      'src/main/clock.ts',
      'src/main/log',
      'src/main/files',
      'src/main/profiles',
    ],
    packages: ['electron', 'node:fs/promises', 'node:path', 'zod'],
  },
  {
    path: 'src/main/handlers',
    holds: 'the contract’s methods, a few lines each',
    rooms: [
      'src/domain',
      'src/contract',
      'src/main/clock.ts',
      'src/main/files',
      'src/main/keychain',
      'src/main/gate',
      'src/main/store',
      'src/main/profiles',
      'src/main/lookup',
      'src/main/shell',
    ],
    packages: ['node:path'],
  },
  {
    path: 'src/main',
    holds: 'the start: Electron in index.ts, the rest in program.ts',
    rooms: [
      'src/domain',
      'src/contract',
      'src/main/clock.ts',
      'src/main/config.ts',
      'src/main/log',
      'src/main/files',
      'src/main/keychain',
      'src/main/carrier',
      'src/main/gate',
      'src/main/store',
      'src/main/demo',
      'src/main/profiles',
      'src/main/lookup',
      'src/main/shell',
      'src/main/handlers',
    ],
    packages: ['electron', 'node:fs/promises', 'node:os', 'node:path'],
  },
  {
    path: 'src/preload',
    holds: 'contract to `window.bridge`, nothing else',
    rooms: ['src/contract'],
    packages: ['electron'],
  },
  {
    path: 'src/renderer/bridge.ts',
    holds: 'the page’s side of the bridge',
    rooms: ['src/contract'],
    packages: [],
  },
  {
    path: 'src/renderer/store',
    holds: 'the page’s state: zustand, one slice a file',
    rooms: ['src/domain', 'src/ticket', 'src/contract'],
    packages: ['react', 'zustand'],
  },
  {
    path: 'src/renderer/i18n',
    holds: 'words that only the page shows',
    rooms: ['src/domain'],
    packages: ['i18next', 'react-i18next'],
  },
  {
    path: 'src/renderer/ui',
    holds: 'what features share',
    rooms: ['src/domain'],
    packages: ['i18next', 'lucide-react', 'react'],
  },
  {
    path: 'src/renderer/commands.ts',
    holds: 'what each command does',
    rooms: ['src/domain', 'src/contract', 'src/renderer/store', 'src/renderer/ui'],
    packages: ['react'],
  },
  {
    path: 'src/renderer/features',
    holds: 'components; a feature never another feature',
    rooms: [
      'src/domain',
      'src/ticket',
      'src/contract',
      'src/renderer/store',
      'src/renderer/ui',
      'src/renderer/commands.ts',
    ],
    packages: ['@tanstack/react-virtual', 'chart.js', 'cmdk', 'lucide-react', 'react', 'react-i18next'],
  },
  {
    path: 'src/renderer',
    holds: 'the window’s frame',
    rooms: [
      'src/domain',
      'src/ticket',
      'src/contract',
      'src/renderer/bridge.ts',
      'src/renderer/store',
      'src/renderer/i18n',
      'src/renderer/ui',
      'src/renderer/commands.ts',
      'src/renderer/features',
    ],
    packages: ['lucide-react', 'react', 'react-dom', 'react-i18next'],
  },
]

/** Packages that only the listed files may import; tests and benchmarks have to use those files too. */
export const only: Readonly<Record<string, readonly string[]>> = {
  keytar: ['src/main/keychain/keytar-vault.ts'],
  undici: [
    'src/main/carrier/client.ts',
    'src/main/carrier/reply-body.ts',
    'src/main/carrier/route.ts',
    'src/main/carrier/undici-parts.d.ts',
    'src/main/carrier/undici.ts',
  ],
}
