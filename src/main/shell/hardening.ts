import type { App, Session, WebContents, WebPreferences } from 'electron'

/** Renderer without Node, in its own world, in the OS sandbox. https://www.electronjs.org/docs/latest/tutorial/security (2, 3, 4, 5, 6) */
export const pagePreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false, // would send what is typed to a dictionary host
} as const satisfies WebPreferences

/**
 * Puts every page there will ever be into the OS sandbox and under the rules below. Before the app is ready.
 * https://www.electronjs.org/docs/latest/tutorial/sandbox#enabling-the-sandbox-globally
 */
export function hardenApp(app: Pick<App, 'enableSandbox' | 'on'>): void {
  app.enableSandbox()
  app.on('web-contents-created', (_event, page) => {
    denyNavigation(page)
    denyWindows(page)
    denyWebviews(page)
  })
}

/** The page never leaves its bundle, also not for a file that is dropped on it. https://www.electronjs.org/docs/latest/tutorial/security#13-disable-or-limit-navigation */
function denyNavigation(page: WebContents): void {
  page.on('will-navigate', event => event.preventDefault())
  page.on('will-redirect', event => event.preventDefault())
}

/** https://www.electronjs.org/docs/latest/tutorial/security#14-disable-or-limit-creation-of-new-windows */
function denyWindows(page: WebContents): void {
  page.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** https://www.electronjs.org/docs/latest/tutorial/security#12-verify-webview-options-before-creation */
function denyWebviews(page: WebContents): void {
  page.on('will-attach-webview', event => event.preventDefault())
}

/**
 * Denies a page everything of the computer, downloads, and every address but its own.
 *
 * @param own what a page may load from: only the protocol and the host of each count
 */
export function hardenSession(session: Session, { own }: { readonly own: readonly string[] }): void {
  denyRequests(session, own)
  denyPermissions(session)
  denyDownloads(session)
}

/**
 * Blocks every request to another address, also where the page's policy (CSP) does not apply, as for a
 * download link.
 * https://www.electronjs.org/docs/latest/api/web-request#webrequestonbeforerequestfilter-listener
 */
function denyRequests(session: Session, own: readonly string[]): void {
  const allowed = own.map(address => new URL(address))
  session.webRequest.onBeforeRequest(({ url }, answer) => {
    const asked = URL.parse(url)
    const isOwn =
      asked !== null &&
      allowed.some(({ protocol, host }) => asked.protocol === protocol && asked.host === host)
    answer({ cancel: !isOwn })
  })
}

/** No camera, no location, no notifications, no devices. https://www.electronjs.org/docs/latest/tutorial/security#5-handle-session-permission-requests-from-remote-content */
function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_page, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
}

/** https://www.electronjs.org/docs/latest/api/session#event-will-download */
function denyDownloads(session: Session): void {
  session.on('will-download', event => event.preventDefault())
}
