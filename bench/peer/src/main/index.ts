import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { app, BrowserWindow, protocol } from 'electron'

// The template's window, its page served over app:// as the program's is.
protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
}

void app.whenReady().then(() => {
  protocol.handle('app', async request => {
    const file = join(import.meta.dirname, '../renderer', new URL(request.url).pathname)
    return new Response(new Uint8Array(await readFile(file)), {
      headers: { 'content-type': types[extname(file)] ?? 'application/octet-stream' },
    })
  })
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    webPreferences: { preload: join(import.meta.dirname, '../preload/index.cjs'), sandbox: true },
  })
  window.on('ready-to-show', () => window.show())
  void window.loadURL('app://bundle/index.html')
})
app.on('window-all-closed', () => app.quit())
