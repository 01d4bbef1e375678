import type { BrowserWindowConstructorOptions } from 'electron'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { hardenApp, hardenSession, pagePreferences } from './hardening.ts'
import { openMainWindow } from './window.ts'

const opened = vi.hoisted(() => [] as { options: BrowserWindowConstructorOptions; urls: string[] }[])

vi.mock('electron', () => ({
  BrowserWindow: class {
    readonly #record
    constructor(options: BrowserWindowConstructorOptions) {
      this.#record = { options, urls: [] as string[] }
      opened.push(this.#record)
    }
    once() {}
    async loadURL(url: string) {
      this.#record.urls.push(url)
      throw new Error('ERR_ABORTED')
    }
  },
}))

type Listener = (...args: unknown[]) => unknown

/** Remembers who listens and what was set; anything may be called on it. */
function recording() {
  const listeners = new Map<string, Listener>()
  const calls: string[] = []
  const handlers = new Map<string, Listener>()
  const double = new Proxy(
    {},
    {
      get: (_target, name: string) =>
        name === 'webRequest'
          ? { onBeforeRequest() {} }
          : name === 'on' || name === 'once'
            ? (event: string, listener: Listener) => listeners.set(event, listener)
            : (handler: Listener) => {
                calls.push(name)
                if (typeof handler === 'function') handlers.set(name, handler)
              },
    },
  )
  return { double: double as never, listeners, calls, handlers }
}

const prevented = (listener: Listener | undefined): boolean => {
  let was = false
  listener?.({
    preventDefault: () => {
      was = true
    },
  })
  return was
}

beforeEach(() => {
  opened.length = 0
})

describe('1: a window', () => {
  it('keeps the page from Node, in its own world, in the sandbox', () => {
    openMainWindow({
      title: 'Traffic Desk',
      preload: '/preload.cjs',
      icon: '/icon.png',
      url: 'app://bundle/index.html',
      devTools: false,
    })
    expect(opened[0]?.options.webPreferences).toEqual({
      preload: '/preload.cjs',
      devTools: false,
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
      spellcheck: false,
    })
    expect(opened[0]?.urls).toEqual(['app://bundle/index.html'])
  })

  it('is in the sandbox whatever its options say, before there is one', () => {
    const app = recording()
    hardenApp(app.double)
    expect(app.calls).toEqual(['enableSandbox'])
  })
})

describe('5: a page', () => {
  const harden = () => {
    const app = recording()
    const page = recording()
    hardenApp(app.double)
    app.listeners.get('web-contents-created')?.({}, page.double)
    return page
  }

  it.each(['will-navigate', 'will-redirect', 'will-attach-webview'])('is denied %s', event => {
    expect(prevented(harden().listeners.get(event))).toBe(true)
  })

  it('opens no window, whatever the address', () => {
    const open = harden().handlers.get('setWindowOpenHandler')
    for (const url of ['app://bundle/index.html', 'https://example.com', 'about:blank', 'javascript:0']) {
      expect(open?.({ url })).toEqual({ action: 'deny' })
    }
  })

  it('takes no file that is dropped on it as a place to go', () => {
    expect(pagePreferences.navigateOnDragDrop).toBe(false)
  })
})

describe('5: a session', () => {
  const own = ['app://bundle/index.html']

  it('asks nothing of any address but its own', () => {
    let listener: (details: { url: string }, answer: (said: { cancel?: boolean }) => void) => void = () => {}
    const session = new Proxy(
      {},
      {
        get: (_target, name) =>
          name === 'webRequest'
            ? { onBeforeRequest: (given: typeof listener) => (listener = given) }
            : () => {},
      },
    )
    hardenSession(session as never, { own })
    const cancelled = (url: string): unknown => {
      let said: unknown = null
      listener({ url }, ({ cancel }) => {
        said = cancel
      })
      return said
    }
    for (const url of ['app://bundle/index.html', 'app://bundle/assets/index.js', 'app://bundle/']) {
      expect([url, cancelled(url)]).toEqual([url, false])
    }
    for (const url of [
      'https://evil.example/?09012345678',
      'http://127.0.0.1/',
      'app://evil/',
      'app://bundle.evil/',
      'file:///etc/passwd',
      'ws://127.0.0.1/',
      'devtools://devtools/x',
      'ftp://evil.example',
      'nonsense',
    ]) {
      expect([url, cancelled(url)]).toEqual([url, true])
    }
  })

  it('grants no permission that is asked for, checked, or a device’s', () => {
    const session = recording()
    hardenSession(session.double, { own })
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal']) {
      const answers: unknown[] = []
      session.handlers.get('setPermissionRequestHandler')?.({}, permission, (answer: boolean) =>
        answers.push(answer),
      )
      expect(answers).toEqual([false])
      expect(session.handlers.get('setPermissionCheckHandler')?.({}, permission)).toBe(false)
    }
    expect(session.handlers.get('setDevicePermissionHandler')?.({ deviceType: 'usb' })).toBe(false)
  })

  it('downloads nothing', () => {
    const session = recording()
    hardenSession(session.double, { own })
    expect(prevented(session.listeners.get('will-download'))).toBe(true)
  })
})
