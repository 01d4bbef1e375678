import { BrowserWindow } from 'electron'
import { pagePreferences } from './hardening.ts'

export interface MainWindowOptions {
  readonly title: string
  readonly preload: string
  readonly icon: string
  readonly url: string
  readonly devTools: boolean
}

/** Opens the one window. It shows itself once it has something to show, so that nothing flashes. */
export function openMainWindow({ title, preload, icon, url, devTools }: MainWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    title,
    name: 'main',
    windowStatePersistence: true,
    width: 1280,
    height: 800,
    minWidth: 480,
    minHeight: 480,
    show: false,
    icon,
    webPreferences: { ...pagePreferences, preload, devTools },
  })
  window.once('ready-to-show', () => window.show())
  // A page that ends while it loads is for whoever watches it (crashes.ts), not an error of ours.
  void window.loadURL(url).catch(() => {})
  return window
}

/** A second launch is a wish to see the first, and so is a click in macOS' Dock. */
export function bringForward(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore()
  window.show()
  window.focus()
}
