import { arch, release, totalmem } from 'node:os'
import type { PolicyState } from '../../contract/policy.ts'
import type { Profile } from '../../contract/profile.ts'
import type { Settings } from '../../contract/settings.ts'
import type { StoreState } from '../../contract/state.ts'
import type { Language } from '../../domain/language.ts'
import type { Finding } from './finding.ts'
import { healthWord, said } from './words.ts'

/** How much of the log goes in: some days. */
const MOST_LOG_LINES = 500

/**
 * One text for whoever helps, in English: it is written by what may stand in it, field by field, and what is not named here is
 * not in it. No key, no account, no name of a person, no path, no words that somebody typed.
 */
export function supportBundle({
  at,
  version,
  platform,
  language,
  profile,
  settings,
  policy,
  store,
  findings,
  log,
}: {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly version: string
  readonly platform: string
  readonly language: Language
  readonly profile: Profile | null
  readonly settings: Settings
  readonly policy: PolicyState
  readonly store: StoreState
  /** What the doctor found last; null where nobody asked. */
  readonly findings: readonly Finding[] | null
  /** The log's lines, which are redacted as they are written. */
  readonly log: readonly string[]
}): string {
  const { electron, chrome, node } = process.versions
  return sections({
    Program: {
      'Traffic Desk': version,
      at: new Date(at).toISOString(),
      system: `${platform} ${arch()} ${release()}`,
      memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
      runtime: `Electron ${electron ?? '—'}, Chromium ${chrome ?? '—'}, Node ${node}`,
      language,
    },
    Profile: profile === null ? { profile: 'none' } : profileFacts(profile),
    Settings: {
      theme: settings.theme,
      retentionDays: settings.retentionDays,
      hideAfterMinutes: settings.hideAfterMinutes,
      privateCopies: settings.privateCopies,
      quickEntry: settings.quickEntry !== null,
    },
    Policy: {
      source: policy.source ?? 'none',
      problems: policy.problems.map(({ key, why }) => `${key ?? 'all of it'} ${why}`).join(', ') || 'none',
      locked: policy.locked.join(', ') || 'none',
      profiles: policy.lockedProfiles.length,
    },
    Data: {
      store: store.kind,
      backup: store.backupAt === null ? 'none' : new Date(store.backupAt).toISOString(),
    },
    Doctor:
      findings === null
        ? { doctor: 'was not asked' }
        : Object.fromEntries(
            findings.map((finding, no) => {
              const { title, text } = said(finding, 'en')
              return [`${no + 1}. ${title}`, `${healthWord(finding.health, 'en')}: ${text}`]
            }),
          ),
  }).concat(`\n## Log\n${log.slice(-MOST_LOG_LINES).join('\n')}\n`)
}

type Fact = string | number | boolean

const profileFacts = ({
  carrier,
  credential,
  proxy,
  caFile,
  team,
  ...profile
}: Profile): Record<string, Fact> => ({
  carrier: carrier.kind === 'host' ? carrier.origin : 'the built-in simulator',
  credential: credential.kind,
  body: profile.body,
  days: `${profile.days.order}${profile.days.includesToday ? ', with today' : ''}`,
  kbBase: profile.kbBase,
  deadlineSeconds: profile.deadlineSeconds,
  cooldownSeconds: profile.cooldownSeconds,
  budgetPerHour: profile.budgetPerHour ?? 'none',
  limit: profile.limitKb !== null,
  proxy: proxy.kind === 'manual' ? proxy.url : proxy.kind,
  caFile: caFile !== null,
  team: team === null ? 'none' : `${team.host}:${team.port}`,
})

const sections = (all: Readonly<Record<string, Readonly<Record<string, Fact>>>>): string =>
  Object.entries(all)
    .map(
      ([title, facts]) =>
        `## ${title}\n${Object.entries(facts)
          .map(([name, value]) => `${name}: ${value}`)
          .join('\n')}\n`,
    )
    .join('\n')
