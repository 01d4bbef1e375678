import type { CdpSession } from '../chromium/cdp.ts'
import { fromChromium } from '../chromium/scheme-url.ts'
import { chromium } from '../host.ts'
import { StrictEmitter, stoppable } from './emitter.ts'
import { guarded, notImplemented } from './not-implemented.ts'
import { protocol } from './protocol.ts'
import { webRequest } from './web-request.ts'

type PermissionRequestHandler = Parameters<Electron.Session['setPermissionRequestHandler']>[0]
type PermissionCheckHandler = Parameters<Electron.Session['setPermissionCheckHandler']>[0]
type DevicePermissionHandler = Parameters<Electron.Session['setDevicePermissionHandler']>[0]

/** Checks a handler that is never called: Chromium has no hook for it and refuses everything. */
const unasked = (handler: object | null, name: string) => {
  if (handler !== null && typeof handler !== 'function')
    throw new TypeError(`${name}: the handler must be a function or null`)
}

class Session extends StrictEmitter {
  readonly protocol = protocol
  readonly webRequest = webRequest

  constructor() {
    super('session', ['will-download'])
  }

  setPermissionRequestHandler(handler: PermissionRequestHandler): void {
    unasked(handler, 'setPermissionRequestHandler')
  }
  setPermissionCheckHandler(handler: PermissionCheckHandler): void {
    unasked(handler, 'setPermissionCheckHandler')
  }
  setDevicePermissionHandler(handler: DevicePermissionHandler): void {
    unasked(handler, 'setDevicePermissionHandler')
  }

  /** HOST_PROXY, in Chromium's words ('PROXY 127.0.0.1:3128'), or 'DIRECT'. */
  async resolveProxy(url: string): Promise<string> {
    if (!URL.canParse(url)) return 'DIRECT'
    return process.env['HOST_PROXY'] ?? 'DIRECT'
  }

  async clearStorageData(options?: Electron.ClearStorageDataOptions): Promise<void> {
    if (options?.origin || options?.storages) throw notImplemented('session.clearStorageData with options')
    const { browser } = chromium().connection
    await browser.send('Storage.clearCookies')
    await browser.send('Storage.clearDataForOrigin', { origin: '*', storageTypes: 'all' })
  }

  /** Nothing that a protocol handler answers is cached. */
  async clearCache(): Promise<void> {}

  setSpellCheckerEnabled(enable: boolean): void {
    if (enable) throw notImplemented('the spell checker')
  }
}

export const defaultSession = guarded('session.defaultSession', new Session())

/** The statics of Electron's session module. */
export const session = guarded('session', {
  defaultSession: defaultSession as unknown as Electron.Session,
})

/** Refuses every permission and download, whatever the handlers would say; 'will-download' is still emitted. */
export async function prepareSession(
  browser: CdpSession,
  contentsOfFrame: (frameId: string) => object | undefined,
): Promise<void> {
  browser.on('Browser.downloadWillBegin', ({ url, suggestedFilename, frameId }) => {
    const item = guarded('downloadItem', {
      getURL: () => fromChromium(url),
      getFilename: () => suggestedFilename,
      cancel() {},
    })
    const event = stoppable()
    defaultSession.emit('will-download', event, item, contentsOfFrame(frameId))
    if (!event.defaultPrevented) throw notImplemented('a download')
  })
  await browser.send('Browser.setDownloadBehavior', { behavior: 'deny', eventsEnabled: true })
  // If this Chromium does not know a permission, no page can ask for it, so the error does not matter.
  await Promise.allSettled(
    permissions.map(name =>
      browser.send('Browser.setPermission', { permission: { name }, setting: 'denied' }),
    ),
  )
}

const permissions = [
  'background-sync',
  'camera',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'geolocation',
  'idle-detection',
  'keyboard-lock',
  'local-fonts',
  'local-network-access',
  'microphone',
  'midi',
  'notifications',
  'payment-handler',
  'persistent-storage',
  'pointer-lock',
  'screen-wake-lock',
  'storage-access',
  'window-management',
]
