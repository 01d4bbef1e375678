import type { Failure } from '../domain/failure.ts'
import type { Language } from '../domain/language.ts'
import type { HostRules } from './carrier/host.ts'
import { lazyCarrierClient } from './carrier/lazy-client.ts'
import type { GateStore } from './gate/local/gate-store.ts'
import { createGates } from './gates.ts'
import type { KeyVault } from './keychain/key-vault.ts'
import type { MemoryVault } from './keychain/memory-vault.ts'
import type { Acted } from './lookup/acted.ts'
import { createCredentials } from './lookup/credentials.ts'
import { createLookUp } from './lookup/look-up.ts'
import { createSignIn } from './lookup/sign-in.ts'
import { createUnsent } from './lookup/unsent.ts'
import { createProxyLogins } from './profiles/proxy-logins.ts'
import type { FindTarget } from './profiles/query-target.ts'
import { createTeamAccess } from './profiles/team-access.ts'
import type { createTables } from './store/tables.ts'
import type { System } from './system.ts'
import { createUpdates } from './updates/updates.ts'

/** Everything that goes out: keys, the gate, the client and the lookup, and a look for a newer version. */
export function createAsking(
  { clock, log, tell, about, policy, authorities, resolveProxy, confirmProxyLogin }: System,
  {
    gateStore,
    tables: { time, keyDates, lookups, savedAccounts, deskId, heardUpdate },
    vault,
    memory,
    findTarget,
    hostRules,
    readCaFile,
    agent,
    language,
    retentionDays,
    onKeyChanged,
    onUnrecorded,
  }: {
    readonly gateStore: GateStore
    readonly tables: Pick<
      ReturnType<typeof createTables>,
      'time' | 'keyDates' | 'lookups' | 'savedAccounts' | 'deskId' | 'heardUpdate'
    >
    readonly vault: KeyVault
    readonly memory: MemoryVault
    readonly findTarget: FindTarget
    readonly hostRules: () => HostRules
    readonly readCaFile: (path: string) => Promise<string>
    readonly agent: () => string
    readonly language: () => Language
    readonly retentionDays: () => number
    readonly onKeyChanged: () => void
    /** Told of a lookup that the store failed to take. */
    readonly onUnrecorded: () => void
  },
) {
  const { gate, teamTurns } = createGates<Acted>({
    clock,
    store: gateStore,
    access: createTeamAccess({ vault, authorities, readCaFile }),
    desk: { id: deskId, name: agent, version: about.version },
  })
  const proxyLogins = createProxyLogins({
    vault,
    memory,
    keyDates,
    confirm: proxy => confirmProxyLogin({ proxy, language: language() }),
  })
  const client = lazyCarrierClient({
    clock,
    hostRules,
    resolveProxy,
    authorities,
    proxyLogin: proxyLogins.find,
    readCaFile,
    onCarrierTime: time.confirm,
  })
  const credentials = createCredentials({ vault, memory, client, keyDates, clock, onChanged: onKeyChanged })
  const unsent = createUnsent()
  const noteProxy = (failure: Failure) => failure.code === 'PROXY_LOGIN' && proxyLogins.asked(failure.proxy)
  const signIn = createSignIn({ findTarget, credentials, unsent, gate, onFailed: noteProxy })
  const lookUp = createLookUp({
    findTarget,
    credentials,
    unsent,
    gate,
    client,
    lookups,
    clock,
    agent,
    confirmedNow: time.now,
    // With a retention of no days, lookups of accounts that are not saved are never written: SQLite's log
    // keeps deleted rows for a while.
    isKept: ({ profileId, account }) =>
      retentionDays() > 0 || savedAccounts.find(profileId, account.id) !== null,
    onDone({ account, durationMs, result }) {
      log.note('lookup', { account, durationMs, code: result.ok ? 'OK' : result.failure.code })
      if (!result.ok) noteProxy(result.failure)
    },
    onUnrecorded,
  })
  const updates = createUpdates({
    url: policy.values.UpdateCheckUrl ?? null,
    version: about.version,
    clock,
    ...heardUpdate,
    async get(url) {
      const { getSmall } = await import('./carrier/get-small.ts')
      return getSmall(url, { clock, resolveProxy, authorities, proxyLogin: proxyLogins.find, readCaFile })
    },
    onFound: version => tell('update', version),
  })
  return { gate, teamTurns, proxyLogins, client, credentials, signIn, lookUp, updates }
}
