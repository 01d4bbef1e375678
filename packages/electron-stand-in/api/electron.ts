/** The module `electron` as the main process sees it. */

import { ipcMain } from '../ipc/ipc-main.ts'
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { ClipboardItem, clipboard } from './clipboard.ts'
import { StrictEmitter } from './emitter.ts'
import { Menu, MenuItem } from './menu.ts'
import { nativeImage } from './native-image.ts'
import { nativeTheme } from './native-theme.ts'
import { absent, absentClass, guarded } from './not-implemented.ts'
import { protocol } from './protocol.ts'
import { screen } from './screen.ts'
import { session } from './session.ts'
import { webContents } from './web-contents.ts'

/** Emits nothing by itself: a test does, e.g. `powerMonitor.emit('suspend')`. */
const powerMonitor = guarded(
  'powerMonitor',
  new StrictEmitter('powerMonitor', ['suspend', 'resume', 'lock-screen', 'unlock-screen', 'shutdown']),
)
const net = guarded('net', { isOnline: () => true })

// Read by name from Electron's own list, so that an import of any of them links, and using it says what is missing.
const autoUpdater = absent<Electron.AutoUpdater>('autoUpdater')
const contentTracing = absent<Electron.ContentTracing>('contentTracing')
const crashReporter = absent<Electron.CrashReporter>('crashReporter')
const desktopCapturer = absent<Electron.DesktopCapturer>('desktopCapturer')
const dialog = absent<Electron.Dialog>('dialog')
const globalShortcut = absent<Electron.GlobalShortcut>('globalShortcut')
const inAppPurchase = absent<Electron.InAppPurchase>('inAppPurchase')
const netLog = absent<Electron.NetLog>('netLog')
const powerSaveBlocker = absent<Electron.PowerSaveBlocker>('powerSaveBlocker')
const pushNotifications = absent<Electron.PushNotifications>('pushNotifications')
const safeStorage = absent<Electron.SafeStorage>('safeStorage')
const shell = absent<Electron.Shell>('shell')
const systemPreferences = absent<Electron.SystemPreferences>('systemPreferences')
const utilityProcess = absent<typeof Electron.UtilityProcess>('utilityProcess')
const webFrameMain = absent<typeof Electron.WebFrameMain>('webFrameMain')
const BaseWindow = absentClass<typeof Electron.BaseWindow>('BaseWindow')
const BrowserView = absentClass<typeof Electron.BrowserView>('BrowserView')
const ImageView = absentClass<typeof Electron.ImageView>('ImageView')
const MessageChannelMain = absentClass<typeof Electron.MessageChannelMain>('MessageChannelMain')
const Notification = absentClass<typeof Electron.Notification>('Notification')
const ShareMenu = absentClass<typeof Electron.ShareMenu>('ShareMenu')
const TouchBar = absentClass<typeof Electron.TouchBar>('TouchBar')
const Tray = absentClass<typeof Electron.Tray>('Tray')
const View = absentClass<typeof Electron.View>('View')
const WebContentsView = absentClass<typeof Electron.WebContentsView>('WebContentsView')

const electron = {
  app,
  autoUpdater,
  BaseWindow,
  BrowserView,
  BrowserWindow,
  ClipboardItem,
  clipboard,
  contentTracing,
  crashReporter,
  desktopCapturer,
  dialog,
  globalShortcut,
  ImageView,
  inAppPurchase,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  nativeImage,
  nativeTheme,
  net,
  netLog,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  pushNotifications,
  safeStorage,
  screen,
  session,
  ShareMenu,
  shell,
  systemPreferences,
  TouchBar,
  Tray,
  utilityProcess,
  View,
  WebContentsView,
  webContents,
  webFrameMain,
}

// What require('electron') gives: one mutable object, as in Electron, rather than a module namespace.
export {
  app,
  autoUpdater,
  BaseWindow,
  BrowserView,
  BrowserWindow,
  ClipboardItem,
  clipboard,
  contentTracing,
  crashReporter,
  desktopCapturer,
  dialog,
  electron as default,
  electron as 'module.exports',
  globalShortcut,
  ImageView,
  inAppPurchase,
  ipcMain,
  Menu,
  MenuItem,
  MessageChannelMain,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  netLog,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  pushNotifications,
  ShareMenu,
  safeStorage,
  screen,
  session,
  shell,
  systemPreferences,
  TouchBar,
  Tray,
  utilityProcess,
  View,
  WebContentsView,
  webContents,
  webFrameMain,
}
