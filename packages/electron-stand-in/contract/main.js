// The app under the contract specs: it runs unchanged on real Electron and on its stand-in, without a build.
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow, ipcMain, Menu, protocol, session } from 'electron'

const here = import.meta.dirname

// What happened, in order: for specs to ask for while the app runs, and in a file for when it has ended.
const record = []
function note(...entry) {
  record.push(entry)
  if (process.env.CONTRACT_LOG) appendFileSync(process.env.CONTRACT_LOG, `${JSON.stringify(entry)}\n`)
}
const beforeReady = { locale: app.getLocale(), languages: app.getPreferredSystemLanguages() }
globalThis.contract = { record, BrowserWindow, openWindow, beforeReady }

note('lock', app.requestSingleInstanceLock({ from: process.env.CONTRACT_NAME ?? '' }), app.isReady())
if (!app.hasSingleInstanceLock()) app.quit()

protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
])

app.on('second-instance', (_event, argv, workingDirectory, additionalData) =>
  note('second-instance', argv, workingDirectory, additionalData),
)
app.on('browser-window-created', () => note('browser-window-created'))
app.on('web-contents-created', (_event, page) => {
  note('web-contents-created')
  page.on('will-navigate', event => {
    note('will-navigate', event.url)
    event.preventDefault()
  })
  page.setWindowOpenHandler(({ url }) => {
    note('window-open', url)
    return { action: 'deny' }
  })
  page.on('render-process-gone', (_event, { reason }) => note('render-process-gone', reason))
  page.on('did-finish-load', () => note('did-finish-load'))
  page.on('preload-error', (_event, path, error) => note('preload-error', path, error.message))
})
app.on('before-quit', event => {
  note('before-quit')
  if (globalThis.contract.keepRunning) event.preventDefault()
})
app.on('will-quit', () => note('will-quit'))
app.on('quit', (_event, code) => note('quit', code))
app.on('window-all-closed', () => {
  note('window-all-closed')
  if (!globalThis.contract.stayOpen) app.quit()
})

ipcMain.handle('echo', (_event, ...args) => args)
ipcMain.handle('fail', () => {
  throw new TypeError('no such line')
})
ipcMain.handle('uncloneable', () => () => 1)
ipcMain.handle('sender', ({ sender, senderFrame }) => ({
  url: senderFrame.url,
  parent: senderFrame.parent,
  isTop: senderFrame.top === senderFrame,
  isMainFrame: senderFrame === sender.mainFrame,
  windows: BrowserWindow.getAllWindows().filter(window => window.webContents === sender).length,
}))
ipcMain.on('told', (_event, ...args) => note('told', ...args))

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "img-src 'self'",
].join('; ')
const types = { html: 'text/html', js: 'text/javascript' }

async function answer(request) {
  const { pathname } = new URL(request.url)
  if (pathname === '/echo') {
    const { method, url } = request
    return Response.json({ method, url, body: await request.text() })
  }
  const type = types[pathname.split('.').at(-1)]
  if (!type || pathname.includes('..')) return new Response('', { status: 404 })
  return new Response(readFileSync(join(here, pathname)), {
    headers: { 'content-type': type, 'content-security-policy': policy },
  })
}

async function openWindow(options = {}) {
  const window = new BrowserWindow({
    width: 640,
    height: 480,
    ...options,
    webPreferences: { sandbox: true, contextIsolation: true, preload: join(here, 'preload.cjs') },
  })
  window.on('close', () => note('close'))
  window.on('closed', () => note('closed'))
  window.on('ready-to-show', () => note('ready-to-show'))
  await window.loadURL('app://contract/index.html')
  return window
}

app.whenReady().then(async () => {
  note('ready')
  protocol.handle('app', answer)
  session.defaultSession.setPermissionRequestHandler((_page, _permission, reply) => reply(false))
  session.defaultSession.setPermissionCheckHandler(() => false)
  session.defaultSession.on('will-download', event => event.preventDefault())
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      { label: 'File', submenu: [{ id: 'greet', label: 'Greet', click: item => note('clicked', item.id) }] },
    ]),
  )
  await openWindow({ name: 'main', windowStatePersistence: true })
  note('loaded')
})
