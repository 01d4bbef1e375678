/**
 * Checked by the compiler, never run: what the stand-in implements has the types that electron.d.ts declares. Listening
 * is left out: an EventEmitter's `on` is wider than Electron's list of events.
 */
import type { EventEmitter } from 'node:events'
import type * as Electron from 'electron'
import type * as Ours from './electron.ts'
import type { defaultSession } from './session.ts'
import type { WebContents } from './web-contents.ts'

/** Electron's types of those members that both sides have. */
type Declared<Mine, Theirs> = {
  [Name in keyof Mine & keyof Theirs as Name extends keyof EventEmitter ? never : Name]: Theirs[Name]
}
type Conforms<Mine extends Declared<Mine, Theirs>, Theirs> = [Mine, Theirs]

export type Checked = [
  Conforms<typeof Ours.app, Electron.App>,
  Conforms<typeof Ours.clipboard, Electron.Clipboard>,
  Conforms<typeof Ours.ipcMain, Electron.IpcMain>,
  Conforms<typeof Ours.nativeImage, typeof Electron.nativeImage>,
  Conforms<typeof Ours.nativeTheme, Electron.NativeTheme>,
  Conforms<typeof Ours.net, Electron.Net>,
  Conforms<typeof Ours.powerMonitor, Electron.PowerMonitor>,
  Conforms<typeof Ours.protocol, Electron.Protocol>,
  Conforms<typeof Ours.screen, Electron.Screen>,
  Conforms<InstanceType<typeof Ours.BrowserWindow>, Electron.BrowserWindow>,
  Conforms<InstanceType<typeof Ours.ClipboardItem>, Electron.ClipboardItem>,
  Conforms<Omit<typeof Ours.BrowserWindow, 'prototype'>, typeof Electron.BrowserWindow>,
  Conforms<typeof Ours.session, typeof Electron.session>,
  Conforms<Omit<typeof defaultSession, 'protocol' | 'webRequest'>, Electron.Session>,
  Conforms<Omit<WebContents, 'session'>, Electron.WebContents>,
  Conforms<InstanceType<typeof Ours.Menu>, Electron.Menu>,
  Conforms<InstanceType<typeof Ours.MenuItem>, Electron.MenuItem>,
  Conforms<Omit<typeof Ours.Menu, 'prototype'>, typeof Electron.Menu>,
  Conforms<typeof Ours.webContents, typeof Electron.webContents>,
]
