import { userInfo } from 'node:os'
import { join } from 'node:path'
import {
  app,
  type BrowserWindow,
  ClipboardItem,
  clipboard,
  dialog,
  globalShortcut,
  nativeTheme,
  powerMonitor,
  protocol,
  session,
  shell,
} from 'electron'
import { createSystemAuthorities } from './carrier/authorities.ts'
import { systemClock as clock } from './clock.ts'
import { dataFolders, forgetPostgres, ownAddresses, pageAddresses, readConfig } from './config.ts'
import { createBuiltInSimulator } from './demo/built-in.ts'
import { linesOf } from './files/read-small.ts'
import { createLoadKeytar } from './keychain/load-keytar.ts'
import { createLog } from './log/log.ts'
import { findPolicy } from './policy/find-policy.ts'
import type { Policy } from './policy/policy.ts'
import { createProgram } from './program.ts'
import { createBundleHandler, SCHEME, START_PAGE } from './shell/app-scheme.ts'
import { createChooseFile, createChooseSetupFile } from './shell/choose-file.ts'
import { createCopy } from './shell/clipboard.ts'
import { createConfirm, createConfirmProxyLogin } from './shell/confirm.ts'
import { endOnUncaught, recoverPage } from './shell/crashes.ts'
import { hardenApp, hardenSession } from './shell/hardening.ts'
import { hearOpened } from './shell/hear-opened.ts'
import { serve, tell } from './shell/ipc.ts'
import { installMenu } from './shell/menu.ts'
import { openLink } from './shell/open-link.ts'
import type { OpenedArgument } from './shell/opened-argument.ts'
import { createQuickEntry } from './shell/quick-entry.ts'
import { refuseToStart } from './shell/refuse-start.ts'
import { REFUSED_SWITCHES } from './shell/refused-switches.ts'
import { createSenderCheck } from './shell/sender.ts'
import { systemLanguage } from './shell/system-language.ts'
import { bringForward, openMainWindow } from './shell/window.ts'
import { moveDatabase } from './store/move-database.ts'
import type { Program, System } from './system.ts'

// Whatever this process writes, its owner alone can read.
process.umask(0o077)

const folders = dataFolders({
  platform: process.platform,
  env: process.env,
  userData: app.getPath('userData'),
  isChosen: app.commandLine.hasSwitch('user-data-dir'),
  name: app.getName(),
})

// Set up before anything else: Electron would show the text of an uncaught error, which may contain paths.
const logFile = join(folders.current, 'logs/main.log')
const log = createLog(logFile, clock)
endOnUncaught({
  on(listener) {
    process.on('uncaughtException', listener)
    process.on('unhandledRejection', listener)
  },
  log,
  showErrorBox: (title, content) => dialog.showErrorBox(title, content),
  language: () => systemLanguage(app),
  exit: () => app.exit(1),
})

const config = readConfig({
  argv: process.argv,
  env: process.env,
  isPackaged: app.isPackaged,
  userName: () => userInfo().username,
  refusedSwitches: REFUSED_SWITCHES,
})

forgetPostgres(process.env)

// Before ready: what Electron accepts only then.
// Windows groups windows, notifications and pins by it: the shortcuts of the installer have the same.
app.setAppUserModelId('io.trafficdesk.app')
hardenApp(app)
protocol.registerSchemesAsPrivileged([
  // Chromium keeps the page's compiled scripts, as it does for https.
  { scheme: SCHEME, privileges: { standard: true, secure: true, codeCache: true } },
])

const authorities = createSystemAuthorities({
  script: new URL('authorities-thread.js', import.meta.url),
  clock,
  onRead: ({ count, durationMs, error }) =>
    log.note('authorities', { durationMs, ...(count === null ? { error } : { count }) }),
})

// Looked for while Electron gets ready.
const policy = findPolicy({ platform: process.platform, env: process.env, isPackaged: app.isPackaged })

let window: BrowserWindow | null = null

const forward = () => void (window && bringForward(window))
const running = Promise.withResolvers<Program>()

/** The window comes forward for what is opened, and not for what is not allowed. */
async function openIt(argument: OpenedArgument): Promise<void> {
  const program = await running.promise
  if (await program.opened(argument)) forward()
}

if (config.refusedSwitch !== null) {
  log.note('start-refused', { switch: config.refusedSwitch })
  refuseToStart(app, config.refusedSwitch)
} else if (app.requestSingleInstanceLock()) {
  hearOpened({ app, argv: process.argv, open: argument => void openIt(argument), bringForward: forward })
  // macOS: a click in the Dock brings a minimised window back.
  app.on('activate', forward)
  app.on('window-all-closed', () => app.quit())
  void app.whenReady().then(start)
} else {
  app.quit()
}

async function start(): Promise<void> {
  hardenSession(session.defaultSession, { own: ownAddresses(config) })
  const system = electron(await policy)
  const url = config.devServer ?? START_PAGE
  const state = () => program.state()
  protocol.handle(SCHEME, createBundleHandler(join(import.meta.dirname, '../renderer'), state))
  // The system makes the window while the rest is set up here: no request and no call is heard before this ends.
  window = openMainWindow({
    title: app.getName(),
    preload: join(import.meta.dirname, '../preload/index.cjs'),
    icon: join(app.getAppPath(), 'resources/icon.png'),
    url,
    devTools: config.devTools,
  })
  const program = createProgram(system)
  window.setBackgroundColor(nativeTheme.shouldUseDarkColors ? '#16181c' : '#ffffff')
  serve(program.handlers, {
    isTrusted: createSenderCheck({
      pages: pageAddresses(config),
      isOurs: id => window?.webContents.id === id,
    }),
    report: error => log.note('call-failed', { error }),
  })
  recoverPage(window, { url, clock, log, dialog, language: program.language, quit: () => app.quit() })
  window.once('closed', () => (window = null))
  // Nobody sits there now, and whoever unlocks it may not be alone.
  powerMonitor.on('lock-screen', () => window && tell(window.webContents, 'locked', null))
  window.on('focus', () => program.focused(true)).on('blur', () => program.focused(false))
  powerMonitor.on('suspend', program.suspended)
  program.started()
  running.resolve(program)
  app.once('will-quit', event => {
    event.preventDefault()
    void program.close().then(end)
  })
}

/** Everything is written and closed by now. A process that waited for a slow keychain could not be started again. */
function end(): void {
  if (authorities.isReading()) process.kill(process.pid, 'SIGKILL')
  else app.exit()
}

/** The system as Electron gives it. */
function electron(policy: Policy): System {
  const ourWindow = () => window
  const quickEntry = createQuickEntry({
    shortcuts: globalShortcut,
    readText: () => clipboard.readText(),
    bringForward: forward,
    enter: account => window && tell(window.webContents, 'quickEntry', account),
  })
  return {
    clock,
    log,
    logLines: () => linesOf(logFile),
    authorities,
    // Only now: the lock is held, so nobody else has the database open.
    folder: moveDatabase(folders.former, folders.current),
    storeThread: new URL('store-thread.js', import.meta.url),
    isPackaged: app.isPackaged,
    policy,
    about: { version: app.getVersion(), platform: process.platform, agent: config.agent },
    language: () => systemLanguage(app),
    simulator: createBuiltInSimulator({ clock }),
    loadKeytar: createLoadKeytar({
      platform: process.platform,
      arch: process.arch,
      onLoaded: loaded => log.note('keychain-module', loaded),
    }),
    resolveProxy: url => session.defaultSession.resolveProxy(url),
    copy: createCopy({
      board: clipboard,
      itemOf: forms => new ClipboardItem(forms),
      clock,
      platform: process.platform,
    }),
    chooseFile: createChooseFile(ourWindow),
    chooseSetupFile: createChooseSetupFile(ourWindow),
    confirm: createConfirm({ dialog, window: ourWindow }),
    confirmProxyLogin: createConfirmProxyLogin({ dialog, window: ourWindow }),
    openLink: name => openLink(name, url => shell.openExternal(url)),
    tell: (event, value) => window && tell(window.webContents, event, value),
    quickEntry: quickEntry.state,
    settingsChanged({ theme, language, quickEntry: key }) {
      nativeTheme.themeSource = theme
      quickEntry.follow(key)
      installMenu({
        platform: process.platform,
        name: app.getName(),
        language,
        devTools: config.devTools,
        run: command => window && tell(window.webContents, 'command', command),
      })
    },
  }
}
