import type { Events } from '../contract/events.ts'
import type { LinkName } from '../contract/links.ts'
import type { Settings } from '../contract/settings.ts'
import type { AppState } from '../contract/state.ts'
import type { Language } from '../domain/language.ts'
import type { SystemAuthorities } from './carrier/authorities.ts'
import type { Clock } from './clock.ts'
import type { BuiltInSimulator } from './demo/built-in.ts'
import type { ChooseFile } from './files/save-file.ts'
import type { Keytar } from './keychain/load-keytar.ts'
import type { Log } from './log/log.ts'
import type { Policy } from './policy/policy.ts'
import type { NetworkChange } from './profiles/profiles.ts'
import type { Copy } from './shell/clipboard.ts'
import type { ProxyLoginAsk } from './shell/confirm.ts'
import type { Handlers } from './shell/ipc-guard.ts'
import type { OpenedArgument } from './shell/opened-argument.ts'

/** What the program needs of the system that it runs on: Electron gives it, and tests and the bench in its stead. */
export interface System {
  readonly clock: Clock
  readonly log: Log
  readonly authorities: SystemAuthorities
  /** The log's last lines. */
  readonly logLines: () => Promise<readonly string[]>
  /** The folder for the program's data. */
  readonly folder: string
  /** The module of the store's thread; null does its work in this one. */
  readonly storeThread: URL | null
  readonly isPackaged: boolean
  /** What an administrator set on this computer. */
  readonly policy: Policy
  readonly about: Pick<AppState, 'version' | 'platform' | 'agent'>
  readonly language: () => Language
  readonly simulator: BuiltInSimulator
  readonly loadKeytar: () => Promise<Keytar>
  readonly resolveProxy: (url: string) => Promise<string>
  readonly copy: Copy
  readonly chooseFile: ChooseFile
  /** Asks for a setup file; null where the agent called it off. */
  readonly chooseSetupFile: () => Promise<string | null>
  readonly confirm: (change: NetworkChange) => Promise<boolean>
  /** Whether the agent lets a proxy have the login that was typed for it. */
  readonly confirmProxyLogin: (ask: ProxyLoginAsk) => Promise<boolean>
  readonly openLink: (name: LinkName) => Promise<boolean>
  /** Tells the page something, where there is one. */
  readonly tell: <E extends keyof Events>(event: E, value: Events[E]) => void
  /** What the window and its menus follow; told at the start and after each change. */
  readonly settingsChanged: (
    settings: Pick<Settings, 'theme' | 'quickEntry'> & { readonly language: Language },
  ) => void
  /** Whether the key for quick entry works. */
  readonly quickEntry: () => AppState['quickEntry']
}

export interface Program {
  /** The contract's methods. */
  readonly handlers: Handlers
  /** The screen's language. */
  language(): Language
  /** Whether somebody sits at the window now. */
  focused(isFocused: boolean): void
  /** The system asks to open a link or a file; gives whether the window is to come forward. */
  opened(argument: OpenedArgument): Promise<boolean>
  /** The computer goes to sleep. */
  suspended(): void
  state(): AppState
  /** Begins what can wait until the window is there. */
  started(): void
  /** Sends nothing more, and resolves once what is written is whole. */
  close(): Promise<void>
}
