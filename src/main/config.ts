import { win32 } from 'node:path'
import { START_PAGE } from './shell/app-scheme.ts'

/** The options that come from the command line and the environment; no other module reads either. */
export interface Config {
  /** The development server's address, honoured only in an unpackaged program. */
  readonly devServer: string | null
  /** Whether there are developer tools, and a way to reload the page. */
  readonly devTools: boolean
  /**
   * The switch because of which the program refuses to start, without its dashes; null where there is none.
   */
  readonly refusedSwitch: string | null
  /** Who asks: the name of the computer's user; empty where the system knows none. */
  readonly agent: string
}

/**
 * The rules of a packaged program, as a function of how it was started: no developer tools, no other page than its own,
 * and no start at all with a switch that would open it up.
 *
 * @param refusedSwitches names without dashes; a `*` stands for anything
 */
export function readConfig({
  argv,
  env,
  isPackaged,
  refusedSwitches,
  userName,
}: {
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isPackaged: boolean
  readonly refusedSwitches: readonly string[]
  /** The system's name of the user; throws where there is no entry for them. */
  readonly userName: () => string
}): Config {
  return {
    devServer: isPackaged ? null : (env['ELECTRON_RENDERER_URL'] ?? null),
    devTools: !isPackaged,
    refusedSwitch: isPackaged ? firstRefused(argv, refusedSwitches) : null,
    agent: agentName(userName, env),
  }
}

/** PostgreSQL's driver reads these where a setting is empty: what a team's server is asked must not depend on them. */
export function forgetPostgres(env: Record<string, string | undefined>): void {
  for (const name in env) if (name.startsWith('PG')) delete env[name]
}

/** A user of a directory service or a container may have no entry that the system finds. */
function agentName(userName: () => string, env: Readonly<Record<string, string | undefined>>): string {
  try {
    return userName()
  } catch {
    return env['USER'] ?? env['USERNAME'] ?? env['LOGNAME'] ?? ''
  }
}

/** The addresses that a page of the program may be at. */
export const pageAddresses = ({ devServer }: Pick<Config, 'devServer'>): readonly string[] =>
  devServer === null ? [START_PAGE] : [START_PAGE, devServer]

/** `pageAddresses`, and what the development server and the developer tools talk to. */
export const ownAddresses = ({ devServer, devTools }: Config): readonly string[] => [
  ...pageAddresses({ devServer }),
  ...(devServer === null ? [] : [devServer.replace(/^http/, 'ws')]),
  ...(devTools ? ['devtools://devtools'] : []),
]

/** The first argument is checked too: in a packaged program no script path comes before the switches. */
function firstRefused(argv: readonly string[], refused: readonly string[]): string | null {
  for (const argument of argv) {
    // As Chromium reads them: one dash or two, a slash on Windows, in any case; `--` ends nothing here. As Node does:
    // an underscore is a dash.
    const name = /^(?:--?|\/)([a-z][a-z0-9_-]*)(?:=|$)/i
      .exec(argument.trim())?.[1]
      ?.toLowerCase()
      .replaceAll('_', '-')
    if (name && refused.some(rule => matches(name, rule))) return name
  }
  return null
}

const matches = (name: string, rule: string): boolean =>
  new RegExp(`^${rule.replaceAll('*', '.*')}$`).test(name)

/** Where the program keeps its data. */
export interface DataFolders {
  readonly current: string
  /** Where an earlier version kept it; null where that is the same place. */
  readonly former: string | null
}

/**
 * Electron's folder for the user's data, but on Windows the one that stays on the computer: `userData` is in the
 * roaming profile there, which is copied at logon and logoff, and a database and its log don't stay together in
 * such a copy.
 *
 * @param userData Electron's folder
 * @param isChosen whether somebody chose that folder on the command line
 */
export function dataFolders({
  platform,
  env,
  userData,
  isChosen,
  name,
}: {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly userData: string
  readonly isChosen: boolean
  readonly name: string
}): DataFolders {
  const local = env['LOCALAPPDATA'] ?? ''
  if (platform !== 'win32' || isChosen || !win32.isAbsolute(local)) return { current: userData, former: null }
  return { current: win32.join(local, name), former: userData }
}
