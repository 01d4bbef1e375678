import { readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import {
  app,
  type BrowserWindow,
  ClipboardItem,
  clipboard,
  dialog,
  nativeTheme,
  protocol,
  session,
  shell,
} from 'electron'
import type { StoreState } from '../contract/bridge.ts'
import type { FailureCode } from '../domain/failure.ts'
import type { Language } from '../domain/language.ts'
import { certificatesIn } from './carrier/ca-file.ts'
import type { HostRules } from './carrier/host.ts'
import { createLateClient } from './carrier/lazy-client.ts'
import { systemClock as clock } from './clock.ts'
import { ownAddresses, pageAddresses, readConfig } from './config.ts'
import { createBuiltInSimulator, DEMO_AUTH_KEY } from './demo/built-in.ts'
import { createLocalGate } from './gate/local/queue.ts'
import { copyHandlers } from './handlers/copies.ts'
import { lookupHandlers } from './handlers/lookup.ts'
import { profileHandlers } from './handlers/profiles.ts'
import { savedLineHandlers } from './handlers/saved-lines.ts'
import { createShowProgress } from './handlers/show-progress.ts'
import { createWithProfile } from './handlers/with-profile.ts'
import type { KeyOwner } from './keychain/auth-key-vault.ts'
import { createKeytarVault, loadKeytar } from './keychain/keytar-vault.ts'
import { createMemoryVault } from './keychain/memory-vault.ts'
import { createVault } from './keychain/vaults.ts'
import { createLog } from './log/log.ts'
import { type Answered, createLookUp } from './lookup/look-up.ts'
import { createDesk, isSimulated } from './profiles/desk.ts'
import { createBundleHandler, SCHEME, START_PAGE } from './shell/app-scheme.ts'
import { createCopy } from './shell/clipboard.ts'
import { createConfirm } from './shell/confirm.ts'
import { endOnUncaught, recoverPage } from './shell/crashes.ts'
import { hardenApp, hardenSession } from './shell/hardening.ts'
import { serve, tell } from './shell/ipc.ts'
import { installMenu } from './shell/menu.ts'
import { openLink } from './shell/open-link.ts'
import { refuseToStart } from './shell/refuse-start.ts'
import { REFUSED_SWITCHES } from './shell/refused-switches.ts'
import { createChooseFile, createSaveFile } from './shell/save-file.ts'
import { createSenderCheck } from './shell/sender.ts'
import { bringForward, openMainWindow } from './shell/window.ts'
import { createConfirmedTime } from './store/confirmed-time.ts'
import { createGateFallback } from './store/gate-fallback.ts'
import { createGateStore } from './store/gate-store.ts'
import { createLookups } from './store/lookups.ts'
import { openStore } from './store/open-store.ts'
import { createPartialFiles } from './store/partial-files.ts'
import { createSavedLines } from './store/saved-lines.ts'
import { createKeyJournal, createSettingsStore } from './store/settings.ts'
import { createUpkeep } from './store/upkeep.ts'

// Whatever this process writes, its owner alone can read.
process.umask(0o077)

const folder = app.getPath('userData')

const systemLanguage = (): Language => (app.getLocale().startsWith('ja') ? 'ja' : 'en')

// From the first line on: Electron would show an error's words, with paths in them.
const log = createLog(join(folder, 'logs/main.log'), clock)
endOnUncaught({
  on(listener) {
    process.on('uncaughtException', listener)
    process.on('unhandledRejection', listener)
  },
  log,
  showErrorBox: (title, content) => dialog.showErrorBox(title, content),
  language: systemLanguage,
  exit: () => app.exit(1),
})

const config = readConfig({
  argv: process.argv,
  env: process.env,
  isPackaged: app.isPackaged,
  userName: () => userInfo().username,
  refusedSwitches: REFUSED_SWITCHES,
})

// Before ready: what Electron accepts only then.
hardenApp(app)
protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }])

const HOUR_MS = 3_600_000
const READ_AHEAD_MS = 1_000
const AFTER_START_MS = 10_000

let window: BrowserWindow | null = null

if (config.refusedSwitch !== null) {
  log.note('start-refused', { switch: config.refusedSwitch })
  refuseToStart(app, config.refusedSwitch)
} else if (app.requestSingleInstanceLock()) {
  app.on('second-instance', () => window && bringForward(window))
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(start)
} else {
  app.quit()
}

async function start(): Promise<void> {
  const path = join(folder, 'traffic-desk.sqlite')
  const data = openStore(path, clock, new URL('store-thread.js', import.meta.url))
  const { database, exclusive } = data
  const toldOf = (code: FailureCode) => window && tell(window.webContents, 'trouble', code)
  const time = createConfirmedTime(database, clock)
  const store = createSettingsStore(database, clock)
  const journal = createKeyJournal(database)
  const lookups = createLookups(database, { exclusive, onRefused: () => toldOf('STORE_READ_ONLY') })
  const savedLines = createSavedLines(database, clock)
  const partialFiles = createPartialFiles(database)
  partialFiles.cleanUp()

  const storeState = (): StoreState => ({ backupAt: null, ...data.condition() })
  data.onDamaged(() => {
    log.note('store-damaged')
    if (window) tell(window.webContents, 'store', storeState())
  })
  const { agent } = config
  const simulator = createBuiltInSimulator({ clock })
  const hostRules = (): HostRules => ({ isPackaged: app.isPackaged, simulatorOrigin: simulator.runningAt() })

  const readCaFile = (path: string) => readFile(path, 'utf8')
  const memory = createMemoryVault()
  const keychain = createKeytarVault({
    load: loadKeytar,
    clock,
    journal,
    platform: process.platform,
    onSaved: owner => keySaved(owner),
  })
  const vault = createVault({ keychain, memory, alwaysInMemory: isSimulated })

  const gate = createLocalGate<Answered>({
    clock,
    store: createGateStore(database, { fallback: createGateFallback(`${path}-gate`), exclusive }),
  })
  gate.onChange(() => {
    const state = desk.gateState()
    if (window && state) tell(window.webContents, 'gate', state)
  })
  const desk = createDesk({
    store,
    savedLines,
    journal,
    gate: () => gate,
    simulator,
    hostRules,
    demoKey: async owner => {
      await memory.save(owner, DEMO_AUTH_KEY)
    },
    heldForThisRun: owner => memory.holds(owner),
    confirm: change => confirm(change),
    isCaFile: path =>
      readCaFile(path)
        .then(pem => certificatesIn(pem).length > 0)
        .catch(() => false),
    storeState,
    asked: profileId => lookUp.asked(profileId),
    clock,
    system: {
      version: app.getVersion(),
      platform: process.platform,
      agent,
      language: systemLanguage,
    },
  })
  const client = createLateClient(async () => {
    const { createCarrierClient } = await import('./carrier/client.ts')
    return createCarrierClient({
      clock,
      hostRules,
      resolveProxy: url => session.defaultSession.resolveProxy(url),
      readCaFile,
      onCarrierTime: time.confirm,
    })
  })
  const keySaved = (owner: KeyOwner) => {
    // What waits has read the key before it.
    lookUp.dropUnsent()
    gate.keyChanged(owner.origin)
    if (window) tell(window.webContents, 'key', desk.keyStatus())
  }
  const ourWindow = () => window
  const confirm = createConfirm({ dialog, window: ourWindow, language: desk.language })
  const chooseFile = createChooseFile(ourWindow)
  const saveFile = createSaveFile(chooseFile, partialFiles)
  const showProgress = createShowProgress(
    clock,
    progress => window && tell(window.webContents, 'progress', progress),
  )
  const withProfile = createWithProfile(desk)
  const lookUp = createLookUp({
    desk,
    vault,
    gate,
    client,
    lookups,
    clock,
    agent,
    confirmedNow: time.now,
    // With a retention of no days an unsaved number is not written at all: a log keeps what was deleted for a while.
    isKept: ({ profileId, account }) =>
      store.settings().retentionDays > 0 || savedLines.find(profileId, account.id) !== null,
    onDone: ({ account, durationMs, result }) =>
      log.note('lookup', { account, durationMs, code: result.ok ? 'OK' : result.failure.code }),
    onUnrecorded: () => toldOf('STORE_READ_ONLY'),
  })

  const upkeep = createUpkeep({
    store: data,
    time,
    clock,
    retentionDays: () => store.settings().retentionDays,
    onBackUpFailed() {
      log.note('backup-failed')
      toldOf('BACKUP_FAILED')
    },
  })
  const keepHourly = () => {
    clock.after(HOUR_MS, keepHourly)
    time.note()
    void upkeep.tick()
  }
  const applySettings = () => {
    nativeTheme.themeSource = store.settings().theme
    installMenu({
      platform: process.platform,
      name: app.getName(),
      language: desk.language(),
      devTools: config.devTools,
      run: command => window && tell(window.webContents, 'command', command),
    })
  }

  hardenSession(session.defaultSession, { own: ownAddresses(config) })
  protocol.handle(SCHEME, createBundleHandler(join(import.meta.dirname, '../renderer')))
  applySettings()
  // Its page loads while the rest is put together, which is done before anything of it can arrive.
  window = openMainWindow({
    title: app.getName(),
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    icon: join(app.getAppPath(), 'resources/icon.png'),
    url: config.devServer ?? START_PAGE,
    devTools: config.devTools,
    background: nativeTheme.shouldUseDarkColors ? '#16181c' : '#ffffff',
  })
  serve(
    {
      ...lookupHandlers({
        withProfile,
        lookUp,
        gate,
        keychain,
        lookups,
        savedLines,
        store: data,
        retentionDays: () => store.settings().retentionDays,
        showProgress,
      }),
      ...copyHandlers({
        withProfile,
        copy: createCopy({
          board: clipboard,
          itemOf: forms => new ClipboardItem(forms),
          clock,
          platform: process.platform,
        }),
        privateCopies: () => store.settings().privateCopies,
        chooseFile,
        store: data,
        agent,
        clock,
        showProgress,
        openLink: name => openLink(name, url => shell.openExternal(url)),
      }),
      ...savedLineHandlers({ withProfile, savedLines, saveFile, store: data, clock, showProgress }),
      ...profileHandlers({
        withProfile,
        desk,
        lookUp,
        gate,
        vault,
        keyForThisRun: memory,
        keychain,
        saveFile,
        writable: exclusive.ended,
        settingsChanged: applySettings,
        retentionShortened: () => void upkeep.shorten(),
      }),
    },
    {
      isTrusted: createSenderCheck({
        pages: pageAddresses(config),
        isOurs: id => window?.webContents.id === id,
      }),
      report: error => log.note('call-failed', { error }),
    },
  )

  recoverPage(window, {
    url: config.devServer ?? START_PAGE,
    clock,
    log,
    dialog,
    language: desk.language,
    quit: () => app.quit(),
  })
  log.note('started', { version: app.getVersion(), platform: process.platform, store: data.condition().kind })
  window.once('closed', () => {
    window = null
  })

  // Neither of these while the window opens: the client's code takes a moment to read, and a large store to copy.
  clock.after(READ_AHEAD_MS, () => void client.load())
  clock.after(AFTER_START_MS, () => void data.afterStart().then(keepHourly))
  app.once('will-quit', event => {
    lookUp.stop()
    void client.close()
    void simulator.stop()
    partialFiles.cleanUp()
    time.note()
    // What keeps others from writing is not cut short: a lookup may wait for its end.
    event.preventDefault()
    void data.close().then(() => app.exit())
  })
}
