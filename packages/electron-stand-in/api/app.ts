import { host, startedChromium } from '../host.ts'
import { createAppPaths } from './app-paths.ts'
import { StrictEmitter, stoppable } from './emitter.ts'
import { appLocale, systemLocale } from './locale.ts'
import { guarded, notImplemented, refuseUnknownKeys } from './not-implemented.ts'
import { createInstanceLock } from './single-instance.ts'
import { openWindows } from './window-list.ts'

// 'activate' is macOS's; 'login' and 'certificate-error' never come because Chromium refuses both by itself, which is
// also what Electron does when nobody listens; of child processes only renderers are watched.
const events = [
  'ready',
  'will-finish-launching',
  'activate',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'quit',
  'second-instance',
  'browser-window-created',
  'browser-window-focus',
  'browser-window-blur',
  'web-contents-created',
  'render-process-gone',
  'child-process-gone',
  'certificate-error',
  'select-client-certificate',
  'login',
  'open-url',
  'open-file',
]

const ready = Promise.withResolvers<void>()
const { executable, application, argv, arguments: given } = host()
// Seen as app.commandLine, and handed to Chromium when it starts.
export const switches = new Map(given.switches)
let isReady = false
let quitting = false
let exiting = false
let version = application.version

class App extends StrictEmitter {
  name = application.name
  readonly isPackaged = false
  /** Only macOS has a dock. */
  readonly dock = undefined
  readonly commandLine = guarded('app.commandLine', {
    appendSwitch(name: string, value = '') {
      switches.set(name.toLowerCase(), value)
    },
    hasSwitch: (name: string) => switches.has(name),
    getSwitchValue: (name: string) => switches.get(name) ?? '',
    removeSwitch(name: string) {
      switches.delete(name)
    },
    appendArgument(_value: string) {
      throw notImplemented('app.commandLine.appendArgument')
    },
  })

  constructor() {
    super('app', events)
  }

  isReady() {
    return isReady
  }
  whenReady() {
    return ready.promise
  }

  getAppPath() {
    return application.path
  }
  getName() {
    return this.name
  }
  setName(name: string) {
    this.name = name
  }
  getVersion() {
    return version
  }
  setVersion(to: string) {
    version = to
  }

  getPath(name: string) {
    return paths.get(name)
  }
  setPath(name: string, path: string) {
    paths.set(name, path)
  }

  /** Nothing before the app is ready: it is read when Chromium loads its words. */
  getLocale() {
    if (!isReady) return ''
    return appLocale(switches.get('lang') ?? '', process.env)
  }
  getSystemLocale() {
    return systemLocale(process.env)
  }
  getPreferredSystemLanguages() {
    return [switches.get('lang') || systemLocale(process.env)]
  }

  requestSingleInstanceLock(additionalData?: Record<string, unknown>) {
    return lock.request({ argv: [...argv], workingDirectory: process.cwd(), additionalData })
  }
  hasSingleInstanceLock() {
    return lock.has()
  }
  releaseSingleInstanceLock() {
    lock.release()
  }

  /** Every renderer here is Chromium's own, so it is sandboxed unless the stand-in runs as root. */
  enableSandbox() {
    if (isReady) throw new Error('app.enableSandbox() can only be called before app is ready')
  }
  /** Windows only; on Linux a no-op in Electron too. */
  setAppUserModelId() {}
  /** Seen only in the native panel. */
  setAboutPanelOptions(options: Electron.AboutPanelOptionsOptions) {
    refuseUnknownKeys('about panel option', options, aboutPanelOptions)
  }
  /** There is no window manager to ask. */
  focus() {}

  quit() {
    if (quitting || exiting) return
    const before = stoppable()
    this.emit('before-quit', before)
    if (before.defaultPrevented) return
    quitting = true
    for (const window of [...openWindows]) {
      window.close()
      // A 'close' listener kept its window: the app goes on.
      if (!window.isDestroyed()) {
        quitting = false
        return
      }
    }
    const will = stoppable()
    this.emit('will-quit', will)
    quitting = !will.defaultPrevented
    if (quitting) this.exit(0)
  }

  exit(code = 0) {
    if (exiting) return
    exiting = true
    for (const window of [...openWindows]) window.destroy()
    this.emit('quit', {}, code)
    const chromium = startedChromium()
    if (chromium) void chromium.close().finally(() => process.exit(code))
    else process.exit(code)
  }
}

const aboutPanelOptions = [
  'applicationName',
  'applicationVersion',
  'copyright',
  'version',
  'credits',
  'authors',
  'website',
  'iconPath',
]

const app = new App()
const paths = createAppPaths(executable, switches.get('user-data-dir') ?? '', () => app.name)
const lock = createInstanceLock(
  () => paths.get('userData'),
  message => {
    // Guaranteed to come after 'ready', so that a listener may use windows.
    void app.whenReady().then(() => {
      const { argv, workingDirectory, additionalData } = message
      app.emit('second-instance', stoppable(), argv, workingDirectory, additionalData)
    })
  },
)

/** Called by boot.ts when the entry file has run and Chromium is up. */
export function becomeReady(): void {
  isReady = true
  app.emit('will-finish-launching')
  app.emit('ready', stoppable(), {})
  ready.resolve()
}

/** True from app.exit() on; errors after that are not reported. */
export function isExiting(): boolean {
  return exiting
}

/** Called when the last window has closed: the app's listeners decide, and without any the app quits. */
export function allWindowsClosed(): void {
  if (quitting || exiting) return
  if (app.listenerCount('window-all-closed') > 0) app.emit('window-all-closed')
  else app.quit()
}

const exported = guarded('app', app)

export { exported as app }
