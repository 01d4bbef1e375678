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

/** Applies every rule below to every page there will ever be. */
export function hardenPages(app: App): void {
  app.on('web-contents-created', (_event, page) => {
    denyNavigation(page)
    denyWindows(page)
    denyWebviews(page)
  })
}

/** The page never leaves its bundle. https://www.electronjs.org/docs/latest/tutorial/security#13-disable-or-limit-navigation */
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

/** No camera, no location, no notifications, no downloads. https://www.electronjs.org/docs/latest/tutorial/security#5-handle-session-permission-requests-from-remote-content */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_page, _permission, answer) => answer(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', event => event.preventDefault())
}
