import { app } from './app.ts'
import { notImplemented } from './not-implemented.ts'

interface Role {
  readonly label: string
  readonly accelerator?: string
  /** Roles of the menus that Electron fills by itself. */
  readonly submenu?: readonly (string | 'separator')[]
  readonly run?: (window: Electron.BrowserWindow) => void
}

const zoomBy = (step: number) => (window: Electron.BrowserWindow) => {
  const page = window.webContents
  page.setZoomLevel(step === 0 ? 0 : page.getZoomLevel() + step)
}

/** Electron's roles, with its labels and its keys outside macOS. Those without `run` throw when clicked. */
const roles: Readonly<Record<string, Role>> = {
  about: { label: 'About' },
  close: { label: 'Close', accelerator: 'CommandOrControl+W', run: window => window.close() },
  copy: { label: 'Copy', accelerator: 'CommandOrControl+C' },
  cut: { label: 'Cut', accelerator: 'CommandOrControl+X' },
  delete: { label: 'Delete' },
  forcereload: {
    label: 'Force Reload',
    accelerator: 'Shift+CommandOrControl+R',
    run: window => window.webContents.reloadIgnoringCache(),
  },
  help: { label: 'Help' },
  hide: { label: 'Hide' },
  hideothers: { label: 'Hide Others' },
  minimize: { label: 'Minimize', accelerator: 'CommandOrControl+M', run: window => window.minimize() },
  paste: { label: 'Paste', accelerator: 'CommandOrControl+V' },
  pasteandmatchstyle: { label: 'Paste and Match Style', accelerator: 'Shift+CommandOrControl+V' },
  quit: { label: 'Quit', accelerator: 'CommandOrControl+Q', run: () => app.quit() },
  redo: { label: 'Redo', accelerator: 'Control+Y' },
  reload: { label: 'Reload', accelerator: 'CommandOrControl+R', run: window => window.reload() },
  resetzoom: { label: 'Actual Size', accelerator: 'CommandOrControl+0', run: zoomBy(0) },
  selectall: { label: 'Select All', accelerator: 'CommandOrControl+A' },
  toggledevtools: { label: 'Toggle Developer Tools', accelerator: 'Ctrl+Shift+I' },
  togglefullscreen: { label: 'Toggle Full Screen', accelerator: 'F11' },
  undo: { label: 'Undo', accelerator: 'CommandOrControl+Z' },
  unhide: { label: 'Show All' },
  window: { label: 'Window' },
  zoomin: { label: 'Zoom In', accelerator: 'CommandOrControl+Plus', run: zoomBy(0.5) },
  zoomout: { label: 'Zoom Out', accelerator: 'CommandOrControl+-', run: zoomBy(-0.5) },
  editmenu: {
    label: 'Edit',
    submenu: ['undo', 'redo', 'separator', 'cut', 'copy', 'paste', 'delete', 'separator', 'selectall'],
  },
  filemenu: { label: 'File', submenu: ['quit'] },
  viewmenu: {
    label: 'View',
    submenu: [
      ...[
        'reload',
        'forcereload',
        'toggledevtools',
        'separator',
        'resetzoom',
        'zoomin',
        'zoomout',
        'separator',
      ],
      'togglefullscreen',
    ],
  },
  windowmenu: { label: 'Window', submenu: ['minimize', 'close'] },
}

/** Throws for a role that Electron has and the stand-in does not. */
export function roleOf(name: string): Role {
  const role = roles[name.toLowerCase()]
  if (!role) throw notImplemented(`the menu role '${name}'`)
  return role
}

/** Does what a click on the role does. */
export function runRole(name: string, window: Electron.BrowserWindow | null): void {
  const { run } = roleOf(name)
  if (!run) throw notImplemented(`clicking the menu role '${name}'`)
  if (window || name.toLowerCase() === 'quit') run(window as Electron.BrowserWindow)
}
