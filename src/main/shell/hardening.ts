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

/** Denies a page everything of the computer, and downloads. */
export function hardenSession(session: Session): void {
  denyPermissions(session)
  denyDownloads(session)
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
