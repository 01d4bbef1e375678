import { app } from '../api/app.ts'
import type { CdpSession } from './cdp.ts'

export type Theme = 'system' | 'light' | 'dark'
export interface Viewport {
  readonly width: number
  readonly height: number
  readonly zoomFactor: number
}

const headful = process.env['HOST_HEADFUL'] === '1'
let theme: Theme = 'system'

/** The theme that pages see from their next document on; open ones need `emulateTheme`. */
export function setTheme(next: Theme): void {
  theme = next
}

/** Makes prefers-color-scheme follow nativeTheme; 'system' is Chromium's own. */
export function emulateTheme(session: CdpSession): void {
  const value = theme === 'system' ? '' : theme
  session.tell('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] })
}

/** Language and user agent as an Electron app's pages have them. Chromium's --lang does not reach them when headless. */
export async function emulateLocale(session: CdpSession): Promise<void> {
  const locale = app.getLocale()
  const { userAgent } = await session.send('Browser.getVersion')
  const product = `${app.getName().replaceAll(' ', '')}/${app.getVersion()}`
  const chrome = userAgent.replace(/(Headless)?Chrome/, `${product} Chrome`)
  session.tell('Emulation.setLocaleOverride', { locale })
  session.tell('Emulation.setUserAgentOverride', {
    userAgent: chrome.replace('Safari/', `Electron/${process.versions['electron']} Safari/`),
    acceptLanguage: locale.includes('-') ? `${locale},${locale.split('-')[0]}` : locale,
  })
}

/** Gives the page its size. Page zoom is a smaller viewport on a denser screen. */
export function emulateViewport(session: CdpSession, { width, height, zoomFactor }: Viewport): void {
  if (headful) void resizeWindow(session, { width, height }).catch(() => {}) // Closed meanwhile.
  if (headful && zoomFactor === 1) {
    // A window on a display is resized by its user, so the page must follow the window.
    session.tell('Emulation.clearDeviceMetricsOverride')
    return
  }
  session.tell('Emulation.setDeviceMetricsOverride', {
    width: Math.round(width / zoomFactor),
    height: Math.round(height / zoomFactor),
    deviceScaleFactor: zoomFactor,
    mobile: false,
  })
}

async function resizeWindow(session: CdpSession, bounds: { width: number; height: number }): Promise<void> {
  const { windowId } = await session.send('Browser.getWindowForTarget')
  session.tell('Browser.setWindowBounds', { windowId, bounds })
}
