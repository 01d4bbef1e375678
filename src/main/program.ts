import { readFile } from 'node:fs/promises'
import type { FailureCode } from '../domain/failure.ts'
import { createAsking } from './asking.ts'
import { attendTeam } from './attend-team.ts'
import { holdsCertificates } from './carrier/ca-file.ts'
import type { HostRules } from './carrier/host.ts'
import { everyHour } from './clock.ts'
import { createSaveFile } from './files/save-file.ts'
import { createHandlers } from './handlers/handlers.ts'
import { createShowProgress } from './handlers/show-progress.ts'
import { createWithProfile } from './handlers/with-profile.ts'
import { createKeytarVault } from './keychain/keytar-vault.ts'
import { createMemoryVault } from './keychain/memory-vault.ts'
import { createVault } from './keychain/vaults.ts'
import { createOpened } from './opened.ts'
import { createAppState } from './profiles/app-state.ts'
import { defaultsOf, governedSettings } from './profiles/governed-settings.ts'
import { isSimulated } from './profiles/owner.ts'
import { createPolicyRules } from './profiles/policy-rules.ts'
import { createProfiles } from './profiles/profiles.ts'
import { createFindTarget, createRefusalOf } from './profiles/query-target.ts'
import { createGateFallback } from './store/gate-fallback.ts'
import { createGateStore } from './store/gate-store.ts'
import { databaseIn } from './store/move-database.ts'
import { openStore } from './store/open-store.ts'
import { createTables } from './store/tables.ts'
import { createUpkeep } from './store/upkeep.ts'
import type { Program, System } from './system.ts'
import { tellChanges } from './tell-changes.ts'

const [READ_AHEAD_MS, AFTER_START_MS] = [1_000, 10_000]

/** Puts the program together, all but Electron. */
export function createProgram(system: System): Program {
  const { clock, log, tell, about, simulator, authorities } = system
  const tellTrouble = (code: FailureCode) => tell('trouble', code)

  // What is stored.
  const path = databaseIn(system.folder)
  const store = openStore(path, clock, system.storeThread)
  const { database, exclusive } = store
  const { policy, isPackaged } = system
  const tables = createTables(store, {
    clock,
    defaults: defaultsOf(policy),
    onRefused: () => tellTrouble('STORE_READ_ONLY'),
  })
  const { time, keyDates, lookups, savedAccounts, partialFiles } = tables
  partialFiles.cleanUp()

  const hostRules = (): HostRules => ({ isPackaged, simulatorOrigin: simulator.runningAt() })
  const rules = createPolicyRules(policy)
  const refusalOf = createRefusalOf({ hostRules, rules })
  const readCaFile = (file: string) => readFile(file, 'utf8')
  const profiles = createProfiles({
    store: governedSettings(tables.settings, policy),
    rules,
    keyDates,
    hostRules,
    confirm: system.confirm,
    isCaFile: file => holdsCertificates(readCaFile(file)),
    clock,
    systemLanguage: system.language,
  })
  const memory = createMemoryVault()
  const keychain = createKeytarVault({ load: system.loadKeytar, clock, keyDates, platform: about.platform })
  const agent = () => profiles.settings().agentName || about.agent
  const vault = createVault({ keychain, memory, alwaysInMemory: isSimulated })
  const findTarget = createFindTarget({ profiles, simulator, refusalOf, memory })

  // Asking the carrier.
  const retentionDays = () => profiles.settings().retentionDays
  const { gate, teamTurns, proxyLogins, client, credentials, signIn, lookUp, updates } = createAsking(
    system,
    {
      gateStore: createGateStore(database, { fallback: createGateFallback(`${path}-gate`), exclusive }),
      tables,
      vault,
      memory,
      findTarget,
      hostRules,
      readCaFile,
      agent,
      language: profiles.language,
      retentionDays,
      onKeyChanged: () => tell('key', appState.key()),
      onUnrecorded: () => tellTrouble('STORE_READ_ONLY'),
    },
  )

  // What the page is told.
  const appState = createAppState({
    profiles,
    savedAccounts,
    keyDates,
    memory,
    gate,
    lookUp,
    credentials,
    store,
    lookups,
    clock,
    agent,
    quickEntry: system.quickEntry,
    policy: rules.state,
    update: updates.newer,
    system: about,
  })
  const team = attendTeam({ profiles, teamTurns })
  tellChanges({ gate, keychain, store, lookUp, credentials, appState, tell, log })

  // What the system asks to open.
  const opened = createOpened({
    allowsLinks: () => policy.values.AllowLinks !== false,
    tell: () => tell('opened', null),
  })

  const doctor = async () => {
    const { createDoctor } = await import('./doctor/doctor.ts')
    return createDoctor({
      ...system,
      vault,
      readCaFile,
      refusalOf,
      policy: rules.state,
      store: appState.store,
      testTeam: teamTurns.test,
      proxyLogin: proxyLogins.find,
      confirmedNow: time.now,
    })
  }

  // What is done by itself.
  const upkeep = createUpkeep({
    store,
    time,
    clock,
    retentionDays,
    chosenDays: () => tables.settings.settings().retentionDays,
    heldDays: tables.heldDays,
    onBackUpFailed() {
      log.note('backup-failed')
      tellTrouble('BACKUP_FAILED')
    },
  })
  const keep = () => {
    time.note()
    void upkeep.tick()
  }

  const settingsChanged = () =>
    system.settingsChanged({ ...profiles.settings(), language: profiles.language() })
  settingsChanged()
  return {
    handlers: createHandlers({
      withProfile: createWithProfile(profiles),
      showProgress: createShowProgress(clock, progress => tell('progress', progress)),
      profiles,
      appState,
      lookUp,
      signIn,
      credentials,
      proxyLogins,
      vault,
      keyForThisRun: memory,
      keychain,
      gate,
      rules,
      teamTurns,
      lookups,
      savedAccounts,
      store,
      clock,
      retentionDays,
      agent,
      language: profiles.language,
      copy: system.copy,
      privateCopies: () => profiles.settings().privateCopies,
      chooseFile: system.chooseFile,
      chooseSetupFile: system.chooseSetupFile,
      offeredSetup: opened.offeredSetup,
      diagnose: () => doctor().then(one => one.diagnose(profiles.current())),
      logLines: system.logLines,
      takeOpened: opened.take,
      saveFile: createSaveFile(system.chooseFile, partialFiles),
      openLink: system.openLink,
      writable: exclusive.ended,
      settingsChanged,
      quickEntry: system.quickEntry,
      profileChanged: team.profileChanged,
      retentionShortened: () => void upkeep.shorten(),
    }),
    language: profiles.language,
    focused: team.focused,
    opened: opened.open,
    suspended: teamTurns.suspend,
    state: appState.state,
    started() {
      log.note('started', { version: about.version, platform: about.platform, store: appState.store().kind })
      if (policy.source !== null) log.note('policy', policy)
      // All wait until the window is open: loading the client's code takes a moment, and so do the system's
      // authorities and backing up a large store.
      clock.after(READ_AHEAD_MS, () => void Promise.all([client.load(), authorities.read()]))
      clock.after(AFTER_START_MS, updates.begin)
      clock.after(AFTER_START_MS, () => void store.afterStart().then(() => everyHour(clock, keep)))
    },
    async close() {
      lookUp.stop()
      updates.stop()
      teamTurns.close()
      void client.close()
      void simulator.stop()
      partialFiles.cleanUp()
      time.note()
      // Closing waits for the exclusive part of long work to end, because a lookup may be waiting to be
      // written after it.
      await store.close()
    },
  }
}
