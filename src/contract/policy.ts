import type { Command } from './commands.ts'
import type { SettingsChange } from './settings.ts'

/** Where an administrator's settings come from. */
export type PolicySource = 'registry' | 'managed-preferences' | 'file'

/** Something in a policy that is not as it must be. */
export interface PolicyProblem {
  /** The key's name; null for the policy as a whole. */
  readonly key: string | null
  readonly why: 'invalid' | 'unknown' | 'unreadable' | 'untrusted'
}

/** What an administrator set, as the screen has to know it. */
export interface PolicyState {
  /** null where there is no policy. */
  readonly source: PolicySource | null
  readonly problems: readonly PolicyProblem[]
  /** Nobody is asked because of them. */
  readonly stopsQueries: boolean
  /** The settings that the agent can't change. */
  readonly locked: readonly (keyof SettingsChange)[]
  /** The profiles that the agent can't change. */
  readonly lockedProfiles: readonly string[]
  /** The ticket templates that the agent can't change. */
  readonly lockedTemplates: readonly string[]
  readonly allowsOwnProfiles: boolean
  readonly allowsExport: boolean
  readonly allowsDemo: boolean
  /** null where agents choose for themselves. */
  readonly maxRetentionDays: number | null
  readonly supportContact: string | null
}

/** How things are where there is no policy. */
export const unrestricted: PolicyState = {
  source: null,
  problems: [],
  stopsQueries: false,
  locked: [],
  lockedProfiles: [],
  lockedTemplates: [],
  allowsOwnProfiles: true,
  allowsExport: true,
  allowsDemo: true,
  maxRetentionDays: null,
  supportContact: null,
}

const exports: readonly Command[] = ['export-lines', 'export-history', 'export-shift', 'make-setup']

/** Whether the administrator lets the agent do this. */
export const allows = (policy: PolicyState, command: Command): boolean =>
  command === 'add-profile' ? policy.allowsOwnProfiles : policy.allowsExport || !exports.includes(command)
