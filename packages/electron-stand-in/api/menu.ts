import { BrowserWindow } from './browser-window.ts'
import { StrictEmitter } from './emitter.ts'
import { roleOf, runRole } from './menu-roles.ts'
import { guarded, refuseUnknownKeys } from './not-implemented.ts'

type Template = Electron.MenuItemConstructorOptions

const known = [
  ...['id', 'label', 'sublabel', 'toolTip', 'type', 'role', 'accelerator', 'registerAccelerator', 'icon'],
  ...['enabled', 'visible', 'checked', 'submenu', 'click', 'acceleratorWorksWhenHidden'],
]
let lastCommandId = 0
let applicationMenu: Electron.Menu | null = null

class HostMenuItem {
  readonly id: string
  label: string
  sublabel: string
  toolTip: string
  readonly type: NonNullable<Template['type']>
  readonly role: Electron.MenuItem['role']
  readonly accelerator: string | null
  readonly registerAccelerator: boolean
  icon: Template['icon']
  enabled: boolean
  visible: boolean
  checked: boolean
  readonly submenu: Electron.Menu | undefined
  readonly commandId = ++lastCommandId
  readonly click: (event?: unknown) => void

  constructor(options: Template) {
    refuseUnknownKeys('MenuItem option', options, known)
    const role = options.role ? roleOf(options.role) : undefined
    const submenu =
      options.submenu ?? role?.submenu?.map(name => (name === 'separator' ? { type: name } : { role: name }))
    this.id = options.id ?? ''
    this.label = options.label ?? role?.label ?? ''
    this.sublabel = options.sublabel ?? ''
    this.toolTip = options.toolTip ?? ''
    this.type = options.type ?? (submenu ? 'submenu' : 'normal')
    this.role = options.role?.toLowerCase() as Electron.MenuItem['role']
    this.accelerator = options.accelerator ?? role?.accelerator ?? null
    this.registerAccelerator = options.registerAccelerator ?? true
    this.icon = options.icon
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.checked = options.checked ?? false
    this.submenu = Array.isArray(submenu)
      ? HostMenu.buildFromTemplate(submenu as Template[])
      : (submenu as Electron.Menu | undefined)
    const item = guarded('MenuItem', this)
    const { click } = options
    this.click = event => {
      if (item.type === 'checkbox' || item.type === 'radio') item.checked = !item.checked
      const window = BrowserWindow.getFocusedWindow() ?? undefined
      if (item.role) runRole(item.role, window ?? null)
      else click?.(item as unknown as Electron.MenuItem, window, (event ?? {}) as Electron.KeyboardEvent)
    }
    // biome-ignore lint/correctness/noConstructorReturn: everybody must hold the guarded object
    return item
  }
}

/** A menu that is nowhere to be seen: a test clicks `getMenuItemById(id).click()`. Accelerators do not fire. */
class HostMenu extends StrictEmitter {
  readonly items: Electron.MenuItem[] = []

  constructor() {
    super('Menu', ['menu-will-show', 'menu-will-close'])
    // biome-ignore lint/correctness/noConstructorReturn: everybody must hold the guarded object
    return guarded('Menu', this)
  }

  append(item: Electron.MenuItem): void {
    this.items.push(item)
  }
  insert(position: number, item: Electron.MenuItem): void {
    this.items.splice(position, 0, item)
  }
  getMenuItemById(id: string): Electron.MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }

  static buildFromTemplate(template: (Template | Electron.MenuItem)[]): Electron.Menu {
    const menu = new HostMenu() as unknown as Electron.Menu
    for (const entry of template) {
      const item = entry instanceof HostMenuItem ? entry : new HostMenuItem(entry as Template)
      menu.append(item as unknown as Electron.MenuItem)
    }
    return menu
  }
  static setApplicationMenu(menu: Electron.Menu | null): void {
    applicationMenu = menu
  }
  static getApplicationMenu(): Electron.Menu | null {
    return applicationMenu
  }
}

export const Menu = guarded('Menu', HostMenu)
export const MenuItem = guarded('MenuItem', HostMenuItem)
